"""Entries as RIS, the format that every reference manager reads.

``AN`` is the PMID as EndNote has it; Zotero keeps the lines of ``M2`` among what is extra, where it looks for
PMID and PMCID. A line is never folded: a fold is read as a blank, which Japanese has none of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.records.citation import Author
from reviewer.exports.bibliography.entry import Bibliography, Entry, keep_on_line


def write_ris(entries: Sequence[Entry]) -> str:
    """The entries in order, lines ended by CR LF as the format has it.

    >>> write_ris([])
    ''
    """
    return "".join(f"{tag}  - {keep_on_line(text)}\r\n" for entry in entries for tag, text in _list(entry))


def _list(entry: Entry) -> Iterator[tuple[str, str]]:
    """The lines of an entry, none without a value but the last, which ends it."""
    citation, (first, last) = entry.citation, entry.page_range
    yield "TY", ("CHAP" if entry.is_chapter else "BOOK") if entry.is_book else "JOUR"
    lines = [
        ("TI", entry.title),
        *(("AU", _name(author)) for author in citation.authors),
        *(("A2" if entry.is_chapter else "A3", _name(editor)) for editor in citation.editors),
        ("T2", citation.book if entry.is_chapter else citation.journal),
        ("J2", citation.journal_abbreviation),
        ("PY", str(citation.published_year or "")),
        ("DA", "/".join(f"{part:02}" for part in entry.date_parts)),
        ("VL", citation.volume),
        ("IS", citation.issue),
        *(("SP", first), ("EP", last)),
        ("SN", entry.isbn or citation.issn),
        ("PB", citation.publisher),
        ("LA", citation.languages[0] if citation.languages else ""),
        ("DO", citation.doi),
        ("AN", citation.pmid),
        ("M2", f"PMID: {citation.pmid}"),
        ("M2", f"PMCID: {citation.pmc}" if citation.pmc else ""),
        ("UR", entry.address),
        *(("N1", remark) for remark in entry.remarks),
    ]
    yield from ((tag, text) for tag, text in lines if text)
    yield "ER", ""


def _name(author: Author) -> str:
    """``Last, First, Suffix``; what is one name only, a group's too, stands alone."""
    if author.collective:
        return author.collective
    given = author.fore_name or author.initials
    return ", ".join(part for part in (author.last_name, given, author.suffix) if part)


RIS = Bibliography("RIS", "ris", "application/x-research-info-systems", write_ris)
