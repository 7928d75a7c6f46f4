"""BibTeX, read by bibtexparser: its accents as letters, its names in order."""

from __future__ import annotations

import logging
import re

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import DuplicateBlockKeyBlock, Entry

from claims.bibliography.entry import ListEntry, shorten_name
from claims.errors import RecordError

# What it logs is raised here.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def read_bibtex(text: str) -> tuple[ListEntry, ...]:
    """The entries in their order; of several with one key each counts.

    Raises ``RecordError`` (``bibtex_broken``) with the line on which an entry begins that cannot be read.
    """
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    for block in library.failed_blocks:
        if not isinstance(block, DuplicateBlockKeyBlock):
            raise RecordError("bibtex_broken", line=(block.start_line or 0) + 1)
    entries = (
        block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        for block in library.blocks
    )
    return tuple(_read_entry(entry) for entry in entries if isinstance(entry, Entry))


def _read_entry(entry: Entry) -> ListEntry:
    fields = {field.key.lower(): " ".join(str(field.value).split()) for field in entry.fields}

    def first(*names: str) -> str:
        return next((fields[name] for name in names if fields.get(name)), "")

    year = first("year", "date")[:4]
    return ListEntry(
        authors=tuple(shorten_name(name) for name in first("author").split(" and ") if name),
        title=first("title"),
        journal=first("journal", "journaltitle", "booktitle"),
        publisher=first("publisher", "institution", "organization"),
        year=year if year.isdecimal() else "",
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=re.sub("-{2,}|[–—]", "-", first("pages")),
        pmid=first("pmid") or (first("eprint") if first("eprinttype") == "pubmed" else ""),
        doi=first("doi"),
        pmcid=first("pmcid", "pmc"),
        address=first("url", "howpublished"),
    )
