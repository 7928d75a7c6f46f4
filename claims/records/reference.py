"""What the author of an article cites: what each reference says, where it is cited, what PubMed has of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter, itemgetter

from claims.records.citation import Pmid
from claims.records.claim import Claim

Span = tuple[int, int]


class Identity(StrEnum):
    """What is known of a reference's paper; permanent.

    ``differs``: the record is the paper's, and the reference says something else of it than the record does.
    ``other_paper``: its PMID or DOI belongs to another paper. ``not_in_pubmed``: a book, a guideline, a page
    of the web or a paper in Japanese, which PubMed was not asked for.
    """

    NOT_CHECKED = "not_checked"
    SAME = "same"
    DIFFERS = "differs"
    OTHER_PAPER = "other_paper"
    NO_RECORD = "no_record"
    LOOKUP_FAILED = "lookup_failed"
    NOT_IN_PUBMED = "not_in_pubmed"

    @property
    def is_paper(self) -> bool:
        """Whether the record that was found is the paper that the reference names."""
        return self in (Identity.SAME, Identity.DIFFERS)

    @property
    def is_open(self) -> bool:
        """Whether a look-up may tell more."""
        return self in (Identity.NOT_CHECKED, Identity.LOOKUP_FAILED)


class Detail(StrEnum):
    """What a reference may say otherwise than the record; permanent.

    ``identifier``: one of them is another paper's; ``pmid_without_record``: its PMID is none's, but
    the record was found otherwise; ``not_compared``: nothing of it could be compared.
    """

    TITLE = "title"
    YEAR = "year"
    AUTHOR = "author"
    JOURNAL = "journal"
    VOLUME = "volume"
    PAGE = "page"
    IDENTIFIER = "identifier"
    PMID_WITHOUT_RECORD = "pmid_without_record"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """What a reference says: its ``words``, and the identifiers among them ("" where it has none)."""

    words: str
    pmid: str = ""
    doi: str = ""
    pmcid: str = ""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What a look-up told of a reference, of which source and when; nothing while nobody looked.

    ``pmid``: the record that was found, of another paper too. ``failure`` is a code with the values of its
    sentence, "" unless the look-up failed.
    """

    identity: Identity = Identity.NOT_CHECKED
    pmid: Pmid | None = None
    differs: tuple[Detail, ...] = ()
    failure: str = ""
    failure_values: tuple[tuple[str, str], ...] = ()
    source: str = ""
    looked_at: datetime | None = None

    @property
    def paper(self) -> Pmid | None:
        """The record of the paper that the reference names; ``None`` where none is known."""
        return self.pmid if self.identity.is_paper else None


@dataclass(frozen=True, slots=True)
class AuthorReference:
    """A reference of one version, ``position`` from 1 in its order.

    ``label`` is the number or name by which the text points at it, ``marks`` where it does. What a sentence
    alone names stands in no list and is not ``listed``. ``added_by`` brought it in beside the text, for the
    claim ``claim_id`` or the whole article; "" for what the text has.
    """

    version_id: int
    position: int
    said: NamedPaper
    label: str = ""
    listed: bool = True
    marks: tuple[Span, ...] = ()
    look_up: LookUp = LookUp()
    added_by: str = ""
    claim_id: int | None = None


def is_cited(marks: Iterable[Span], brought_for: int | None, claim: Claim, claim_id: int) -> bool:
    """Whether a reference with these marks, or brought in for that claim, is one of the claim."""
    return brought_for == claim_id or any(claim.start <= start < claim.end for start, _ in marks)


class CitedReferences:
    """The references of one version, found by the claims that cite them, however many there are of both."""

    def __init__(self, references: Iterable[AuthorReference]) -> None:
        kept = tuple(references)
        self._marks = sorted(
            ((start, one.position, one) for one in kept for start, _ in one.marks), key=itemgetter(0, 1)
        )
        self._brought: dict[int, list[AuthorReference]] = {}
        for one in sorted(kept, key=attrgetter("position")):
            if one.claim_id is not None:
                self._brought.setdefault(one.claim_id, []).append(one)

    def find(self, claim: Claim, claim_id: int) -> tuple[AuthorReference, ...]:
        """Those of one claim: in the order of its marks, then what was brought in for it."""
        places = (claim.start, claim.end)
        first, end = (bisect_left(self._marks, place, key=itemgetter(0)) for place in places)
        pointed = (one for _, _, one in self._marks[first:end])
        return tuple(dict.fromkeys((*pointed, *self._brought.get(claim_id, ()))))
