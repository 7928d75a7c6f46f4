"""From a web page to canonical text."""

from claims.articles.html.page import read_page

__all__ = ["read_page"]
