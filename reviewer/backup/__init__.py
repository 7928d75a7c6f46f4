"""The house in one file, and a house from such a file."""
