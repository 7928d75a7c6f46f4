"""Entries as NBIB, PubMed's own text format, as ``claims.medline.nbib`` reads it.

Without abstracts, which may be their publishers'. A line is never folded, as in RIS.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.medline.nbib import REF_TYPES
from claims.records.citation import Author, Citation
from reviewer.exports.bibliography.entry import Bibliography, Entry, keep_on_line

_LINK_TAGS = {kind: tag for tag, kind in REF_TYPES.items()}


def write_nbib(entries: Sequence[Entry]) -> str:
    """The entries in order, parted by an empty line.

    >>> write_nbib([])
    ''
    """
    return "\n".join(
        "".join(f"{tag:<4}- {keep_on_line(text)}\n" for tag, text in _list(entry) if text)
        for entry in entries
    )


def _list(entry: Entry) -> Iterator[tuple[str, str]]:
    citation = entry.citation
    day = citation.electronic_date
    yield from (
        ("PMID", citation.pmid),
        ("STAT", citation.status),
        ("IS", citation.issn),
        ("ISBN", entry.isbn),
        ("VI", citation.volume),
        ("IP", citation.issue),
        ("DP", citation.published or str(citation.published_year or "")),
        ("TI", citation.title if not entry.is_book or entry.is_chapter else ""),
        ("BTI", citation.book),
        ("TT", citation.vernacular_title),
        ("PG", citation.pages),
        ("LID", f"{citation.doi} [doi]" if citation.doi else ""),
    )
    yield from _list_people(citation)
    yield from (("LA", language) for language in citation.languages)
    yield from (("PT", kind.name) for kind in citation.publication_types)
    yield from (
        ("DEP", f"{day.year:04}{day.month:02}{day.day:02}" if day else ""),
        ("PB", citation.publisher),
        ("TA", citation.journal_abbreviation),
        ("JT", citation.journal),
    )
    for link in citation.corrections:
        if link.kind in _LINK_TAGS:
            yield _LINK_TAGS[link.kind], f"{link.source} PMID: {link.pmid}" if link.pmid else link.source
    yield from (("GN", remark) for remark in entry.remarks)
    yield from (
        ("PMC", citation.pmc),
        ("AID", f"{citation.doi} [doi]" if citation.doi else ""),
    )


def _list_people(citation: Citation) -> Iterator[tuple[str, str]]:
    """Each person by full and short name, as they come; groups have a tag of their own."""
    for people, full, short in ((citation.authors, "FAU", "AU"), (citation.editors, "FED", "ED")):
        for person in people:
            if person.collective:
                yield "CN", person.collective
            else:
                yield from ((full, _full_name(person)), (short, _short_name(person)))


def _full_name(person: Author) -> str:
    given = " ".join(part for part in (person.fore_name or person.initials, person.suffix) if part)
    return ", ".join(part for part in (person.last_name, given) if part)


def _short_name(person: Author) -> str:
    if not person.last_name:
        return person.fore_name or person.initials
    return " ".join(part for part in (person.last_name, person.initials, person.suffix) if part)


NBIB = Bibliography("NBIB", "nbib", "application/nbib", write_nbib)
