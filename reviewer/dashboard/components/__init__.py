"""Parts of pages: each draws one record."""
