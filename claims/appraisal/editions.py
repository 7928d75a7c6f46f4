"""Which records are editions of one work: a preprint and its paper, a review and its update (ADR 0036)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from claims.appraisal.kind_cues import NEWER_LINKS, OLDER_LINKS
from claims.appraisal.record_kind import read_kind
from claims.records.citation import Citation, Pmid, RecordKind

# A title of fewer words is had by papers that have nothing else in common.
_FEWEST_WORDS = 5


def are_editions(one: Citation, other: Citation) -> bool:
    """Whether two records are of one work: NLM links them, or DOI or title and first author are the same.

    What tells how another paper stands (a notice, an erratum) is no edition of it.

    >>> paper = Citation(Pmid("9000000001"), "SAMPLE", doi="10.5555/sample")
    >>> are_editions(paper, Citation(Pmid("9000000002"), "SAMPLE, printed again", doi="10.5555/SAMPLE"))
    True
    """
    if one.pmid == other.pmid or any(read_kind(record).is_notice for record in (one, other)):
        return False
    if _links_to(one, other) or _links_to(other, one) or (one.doi and one.doi.lower() == other.doi.lower()):
        return True
    title = _fold_title(one)
    return (
        len(title) >= _FEWEST_WORDS
        and title == _fold_title(other)
        and _name_first_author(one) == _name_first_author(other) != ""
    )


def is_newer(one: Citation, other: Citation) -> bool:
    """Which of two editions supersedes the other: as NLM links them, a paper its preprint, then by year."""
    return _rank_edition(one, other) > _rank_edition(other, one)


def find_edition(record: Citation, shown: Iterable[Citation]) -> Pmid | None:
    """The first of the records shown of which this is another edition, ``None`` where there is none."""
    return next((other.pmid for other in shown if are_editions(record, other)), None)


def _rank_edition(one: Citation, other: Citation) -> tuple[bool, bool, int, int]:
    follows = _links_to(one, other, OLDER_LINKS) or _links_to(other, one, NEWER_LINKS)
    is_preprint = read_kind(one) is RecordKind.PREPRINT
    return follows, not is_preprint, one.published_year or 0, int(one.pmid)


def _links_to(one: Citation, other: Citation, kinds: frozenset[str] = NEWER_LINKS | OLDER_LINKS) -> bool:
    return any(link.pmid == other.pmid and link.kind.lower() in kinds for link in one.corrections)


def _fold_title(record: Citation) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", record.shown_title).casefold()
    return tuple("".join(letter if letter.isalnum() else " " for letter in folded).split())


def _name_first_author(record: Citation) -> str:
    first = next(iter(record.authors), None)
    return (first.last_name or first.collective).casefold() if first else ""
