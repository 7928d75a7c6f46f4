"""The article with numbered citations, the list of them, and who reviewed it."""
