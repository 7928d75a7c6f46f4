"""References for reference managers: a file a format, each a function from entries to text."""
