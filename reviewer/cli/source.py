"""What a command reads: a file of any format, or an address of the web."""

from __future__ import annotations

from pathlib import Path

from claims.articles import read_document
from claims.articles.web.addresses import is_address
from claims.records.article import Document


def bring_document(source: str) -> Document:
    """The document in a file, or at an address that begins with ``http://`` or ``https://``."""
    if is_address(source):
        from claims.articles.web.fetching import fetch_document

        return fetch_document(source)
    return read_document(Path(source))
