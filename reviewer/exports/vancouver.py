"""References in Vancouver style (ICMJE, "Citing Medicine"): at most six authors, then et al."""

from __future__ import annotations

from claims.records.citation import Author, Citation

_MOST_AUTHORS = 6


def format_reference(citation: Citation) -> str:
    """One reference on one line, ending with the PMID; parts that the record lacks are left out.

    >>> from claims.records.citation import Pmid
    >>> format_reference(Citation(Pmid("9000000001"), "[SAMPLE] Title.", journal_abbreviation="Samples",
    ...     published_year=2024, volume="1", pages="2-3", authors=(Author("Sample", "A", "A"),)))
    'Sample A. [SAMPLE] Title. Samples. 2024;1:2-3. PMID: 9000000001'
    """
    authors = _authors(citation.authors or citation.editors)
    issue = f"({citation.issue})" if citation.issue else ""
    place = f"{citation.volume}{issue}" + (f":{citation.pages}" if citation.pages else "")
    when = str(citation.published_year or citation.published or "")
    dated = ";".join(part for part in (when, place) if part)
    source = citation.journal_abbreviation or citation.journal or citation.book
    parts = [authors, citation.title or citation.vernacular_title, source, dated]
    sentences = [part.rstrip(". ") + "." for part in parts if part.strip(". ")]
    doi = [f"doi:{citation.doi}."] if citation.doi else []
    return " ".join([*sentences, *doi, f"PMID: {citation.pmid}"])


def _authors(authors: tuple[Author, ...]) -> str:
    names = [author.collective or f"{author.last_name} {author.initials}".strip() for author in authors]
    named = [name for name in names if name]
    shown = named[:_MOST_AUTHORS] + (["et al"] if len(named) > _MOST_AUTHORS else [])
    return ", ".join(shown)
