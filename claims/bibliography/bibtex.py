"""BibTeX, read by bibtexparser: its accents as letters, its names in order."""

from __future__ import annotations

import logging
import re
from itertools import accumulate

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.middlewares.names import split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, Field

from claims.bibliography.entry import ListEntry, read_noted, shorten_name
from claims.errors import RecordError

# What it logs is raised here.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_NOTES = ("note", "annote", "annotation", "addendum")
# Each name as a field of its own: what stands in braces is the name of a group, and is not cut.
_PERSON, _GROUP = "author ", "group "
_READ = frozenset(
    [
        *("author", "title", "journal", "journaltitle", "booktitle", "publisher", "institution"),
        *("organization", "year", "date", "volume", "number", "issue", "pages", "pmid", "eprint"),
        *("eprinttype", "doi", "pmcid", "pmc", "url", "howpublished", *_NOTES),
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
        read = (field for field in entry.fields if field.key.lower() in _READ)
        entry.fields = [part for field in read for part in _part_names(field)]
    # An abstract is not read, and what is takes a second for a hundred thousand signs.
    signs = sum(len(str(field.value)) for entry in entries for field in entry.fields)
    if signs > _MOST_READ:
        raise RecordError("bibliography_too_large", signs=signs, most=_MOST_READ)
    return tuple(map(_read_entry, LatexDecodingMiddleware().transform(Library([*entries])).entries))


def _part_names(field: Field) -> list[Field]:
    """A field of authors as one field a name; any other as it is."""
    if field.key.lower() != "author":
        return [field]
    names = map(str.strip, split_multiple_persons_names(str(field.value)))
    return [
        Field(f"{_GROUP if _is_braced(name) else _PERSON}{position:06}", name)
        for position, name in enumerate(names)
    ]


def _is_braced(name: str) -> bool:
    """Whether one pair of braces is round the whole name."""
    depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in name))
    return name[:1] == "{" and name[-1:] == "}" and 0 not in depths[:-1]


def _read_entry(entry: Entry) -> ListEntry:
    noted = read_noted("\n".join(str(field.value) for field in entry.fields if field.key.lower() in _NOTES))
    fields = {field.key.lower(): " ".join(str(field.value).split()) for field in entry.fields}

    def first(*names: str) -> str:
        return next((fields[name] for name in names if fields.get(name)), "")

    year = first("year", "date")[:4]
    return ListEntry(
        authors=tuple(_read_name(key, name) for key, name in fields.items() if name and _is_name(key)),
        title=first("title"),
        journal=first("journal", "journaltitle", "booktitle"),
        publisher=first("publisher", "institution", "organization"),
        year=year if year.isdecimal() else "",
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=re.sub("-{2,}|[–—]", "-", first("pages")),
        pmid=first("pmid") or (first("eprint") if first("eprinttype") == "pubmed" else noted.get("pmid", "")),
        doi=first("doi") or noted.get("doi", ""),
        pmcid=first("pmcid", "pmc") or noted.get("pmcid", ""),
        address=first("url", "howpublished"),
    )


def _is_name(key: str) -> bool:
    return key.startswith((_PERSON, _GROUP))


def _read_name(key: str, name: str) -> str:
    return name if key.startswith(_GROUP) else shorten_name(name)
