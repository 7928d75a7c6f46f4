"""References that are no papers of PubMed, read as documents: who published what, when, at which address."""

from __future__ import annotations

import re

from claims.records.document import DocumentDetails
from claims.records.lengths import LENGTHS
from claims.records.reference import NamedPaper

_ADDRESS = re.compile(r"https?://[^\s<>\"'、。）)]{4,500}")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_PART = re.compile(r"(?<=[^.\s]{3})[.．]\s+|[.．]\s*$|。")


def read_document(said: NamedPaper) -> DocumentDetails:
    """The document of a reference: its first part published it, the rest is its title.

    >>> read_document(NamedPaper("見本省. 食事摂取基準（2020年版）. https://example.org/drv"))
    ... # doctest: +NORMALIZE_WHITESPACE
    DocumentDetails(title='食事摂取基準（2020年版）', body='見本省', published='2020',
    address='https://example.org/drv', quotation='', place='', accessed_on=None)
    """
    address, year = _ADDRESS.search(said.words), _YEAR.search(said.words)
    words = " ".join(_ADDRESS.sub(" ", said.words).split()).strip(" .,;")
    parts = [part.strip() for part in _PART.split(words) if part.strip()]
    body, title = (parts[0], ". ".join(parts[1:])) if len(parts) > 1 else ("", words)
    return DocumentDetails(
        title=(title or said.words)[: LENGTHS["document.title"]],
        body=body[: LENGTHS["document.body"]],
        published=year[0] if year else "",
        address=address[0].rstrip(".,;") if address else "",
    )
