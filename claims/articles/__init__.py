"""From a file, a page of the web or pasted text to an Article."""

from claims.articles.decoding import decode_text
from claims.articles.reading import load_file, parse_article, parse_document, read_article, read_document

__all__ = ["decode_text", "load_file", "parse_article", "parse_document", "read_article", "read_document"]
