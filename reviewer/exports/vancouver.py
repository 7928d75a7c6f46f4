"""References in Vancouver style (ICMJE, "Citing Medicine"): at most six authors, then et al."""

from __future__ import annotations

import re
from itertools import pairwise

from claims.appraisal.record_kind import read_kind
from claims.records.citation import Author, Citation, RecordKind

_MOST_AUTHORS = 6
_MOST_INITIALS = 2
_ORDINALS = {"II": "2nd", "III": "3rd", "IV": "4th", "V": "5th", "VI": "6th"}
_PART = re.compile(r"[\s.\-\u2010\u2011]+")


def format_reference(citation: Citation) -> str:
    """One reference on one line, ending with the PMID; parts that the record lacks are left out.

    >>> from claims.records.citation import Pmid
    >>> format_reference(Citation(Pmid("9000000001"), "[SAMPLE] Title.", journal_abbreviation="Samples",
    ...     published_year=2024, volume="1", pages="2-3", authors=(Author("Sample", "A", "A"),)))
    'Sample A. [SAMPLE] Title. Samples. 2024;1:2-3. PMID: 9000000001'
    """
    authors = format_authors(citation.authors or citation.editors)
    issue = f"({citation.issue})" if citation.issue else ""
    place = f"{citation.volume}{issue}" + (f":{citation.pages}" if citation.pages else "")
    when = str(citation.published_year or citation.published or "")
    dated = ";".join(part for part in (when, place) if part)
    source = citation.journal_abbreviation or citation.journal or citation.book
    parts = [authors, _title(citation), source, dated]
    sentences = [part.rstrip(". ") + "." for part in parts if part.strip(". ")]
    doi = [f"doi:{citation.doi}."] if citation.doi else []
    return " ".join([*sentences, *doi, f"PMID: {citation.pmid}"])


def _title(citation: Citation) -> str:
    """The title with the kind of record in brackets, where that is no plain paper."""
    kind = read_kind(citation)
    title = citation.shown_title
    return title if kind is RecordKind.PAPER else f"{title.rstrip('. ')} [{kind.value.replace('_', ' ')}]"


def format_authors(authors: tuple[Author, ...]) -> str:
    """The names parted by commas, a group from its neighbours by a semicolon.

    >>> format_authors((Author("King", "Charles R", "CR", "Jr"), Author(collective="Sample Group")))
    'King CR Jr; Sample Group'
    """
    named = [(name, bool(author.collective)) for author in authors if (name := _name(author))]
    shown = named[:_MOST_AUTHORS] + ([("et al", False)] if len(named) > _MOST_AUTHORS else [])
    told = shown[0][0] if shown else ""
    for (_, group_before), (name, group) in pairwise(shown):
        told += f"{'; ' if group or (group_before and name != 'et al') else ', '}{name}"
    return told


def _name(author: Author) -> str:
    if author.collective:
        return author.collective
    initials = _PART.sub("", author.initials)
    given = (initials or _derive_initials(author.fore_name)) if author.last_name else ""
    suffix = author.suffix.rstrip(".")
    parts = (author.last_name or author.fore_name or initials, given, _ORDINALS.get(suffix, suffix))
    return " ".join(part for part in parts if part)


def _derive_initials(fore_name: str) -> str:
    """The first letters of the given names, of hyphenated ones too; names without capitals stay whole."""
    letters = [part[0] for part in _PART.split(fore_name) if part and part[0].isupper()]
    return "".join(letters[:_MOST_INITIALS]) or fore_name
