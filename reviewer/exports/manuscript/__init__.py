"""The article for its author, as a Word file in whose margin stands what was said of it."""
