"""From a file or pasted text to an Article."""

from claims.articles.decoding import decode_text
from claims.articles.reading import parse_article, read_article

__all__ = ["decode_text", "parse_article", "read_article"]
