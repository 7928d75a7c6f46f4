"""From a Word file to canonical text."""

from claims.articles.docx.word_file import read_word_file

__all__ = ["read_word_file"]
