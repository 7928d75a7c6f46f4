"""From an address of the web to a document."""
