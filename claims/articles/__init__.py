"""From a file or pasted text to an Article."""
