"""BibTeX, read by bibtexparser: its accents as letters, its names in order."""

from __future__ import annotations

import logging
import re

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import DuplicateBlockKeyBlock, Entry

from claims.bibliography.entry import ListEntry, shorten_name
from claims.errors import RecordError

# What it logs is raised here.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_READ = frozenset(
    [
        *("author", "title", "journal", "journaltitle", "booktitle", "publisher", "institution"),
        *("organization", "year", "date", "volume", "number", "issue", "pages", "pmid", "eprint"),
        *("eprinttype", "doi", "pmcid", "pmc", "url", "howpublished"),
    ]
)
_MOST_READ = 500_000


def read_bibtex(text: str) -> tuple[ListEntry, ...]:
    """The entries in their order; of several with one key each counts.

    Raises ``RecordError``: ``bibtex_broken`` with the line on which an entry begins that cannot be read,
    ``bibliography_too_large``.
    """
    library = parse_string(text)
    for block in library.failed_blocks:
        if not isinstance(block, DuplicateBlockKeyBlock):
            raise RecordError("bibtex_broken", line=(block.start_line or 0) + 1)
    blocks = (
        block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        for block in library.blocks
    )
    entries = [block for block in blocks if isinstance(block, Entry)]
    for entry in entries:
        entry.fields = [field for field in entry.fields if field.key.lower() in _READ]
    # An abstract is not read, and what is takes a second for a hundred thousand signs.
    signs = sum(len(str(field.value)) for entry in entries for field in entry.fields)
    if signs > _MOST_READ:
        raise RecordError("bibliography_too_large", signs=signs, most=_MOST_READ)
    return tuple(map(_read_entry, LatexDecodingMiddleware().transform(Library([*entries])).entries))


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
