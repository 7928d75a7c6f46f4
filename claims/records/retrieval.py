"""How a claim was searched: its concepts, the queries built from them, and what each search gave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from claims.records.citation import Citation, Pmid


class PicoSlot(StrEnum):
    """The place of a concept in the question (PICO, with the mechanism beside the outcome)."""

    INTERVENTION = "intervention"
    CONDITION = "condition"
    OUTCOME = "outcome"
    POPULATION = "population"
    COMPARATOR = "comparator"


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of the claim with its English: ``mesh`` is a descriptor's name, "" for free text.

    ``inherited`` says that heading or theme supplied it, not the sentence. A ``required`` one is asked for by
    the strict query; the others widen. ``alternative``: named beside the concept before it (A や B), either
    will do.
    """

    source: str
    english: tuple[str, ...]
    mesh: str
    slot: PicoSlot
    inherited: bool = False
    required: bool = True
    alternative: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Its English, and its descriptor where it has one."""
        return (*self.english, self.mesh) if self.mesh else self.english


class Rung(StrEnum):
    """A query's place on the ladder, from the narrow to the wide, and the searches beside it.

    ``words``: a source that ranks was given the claim's words, without operators. ``counter`` looks for
    evidence against the claim; ``systematic`` and ``randomised`` are a query of the ladder filtered by study
    design. ``cited`` is no query: the article's author cites the record for the claim.
    """

    STRICT = "strict"
    RELAXED = "relaxed"
    BROAD = "broad"
    WORDS = "words"
    COUNTER = "counter"
    SYSTEMATIC = "systematic"
    RANDOMISED = "randomised"
    BY_HAND = "by_hand"
    CITED = "cited"


@dataclass(frozen=True, slots=True)
class Query:
    """A query in PubMed's syntax and its rung."""

    rung: Rung
    text: str


class Unsearchable(StrEnum):
    """Why PubMed cannot answer a claim, whatever is asked: what it says stands elsewhere, or is no fact."""

    INSURANCE = "insurance"
    APPROVAL = "approval"
    PRICE = "price"
    OWN_FIGURES = "own_figures"
    SLOGAN = "slogan"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What a claim would be searched for: concepts, the ladder built from them, and what nothing maps.

    A claim that is ``not_searchable`` has no ladder.
    """

    concepts: tuple[Concept, ...]
    ladder: tuple[Query, ...]
    unmapped: tuple[str, ...]
    lexicon_version: str
    not_searchable: Unsearchable | None = None

    @property
    def not_asked(self) -> tuple[str, ...]:
        """The claim's own terms that have English and stand in no query, in the order of the text.

        They are words that half of all records name (blood, children): asked for, they would tell nothing.
        """
        asked = " ".join(query.text for query in self.ladder).lower()
        own = [concept for concept in self.concepts if asked and not concept.inherited]
        return tuple(c.source for c in own if not any(name.lower() in asked for name in c.names))


class SearchStatus(StrEnum):
    """Absent, failed, not tried and not to be found there are different things.

    ``related_only``: records came, and none is on the claim's topic.
    """

    NOT_SEARCHED = "not_searched"
    RUNNING = "running"
    FOUND = "found"
    RELATED_ONLY = "related_only"
    NOTHING_FOUND = "nothing_found"
    FAILED = "failed"
    NOT_SEARCHABLE = "not_searchable"

    @property
    def is_answered(self) -> bool:
        """Whether the source has answered: then a count of 0 is one."""
        return self in ANSWERED


ANSWERED = (SearchStatus.FOUND, SearchStatus.RELATED_ONLY, SearchStatus.NOTHING_FOUND)


class Loss(StrEnum):
    """A kind of warning which tells that hits did not come: without them, absence says nothing.

    ``RecordMissing`` and ``RecordUnreadable`` name a PMID, ``IdsMissing`` counts what a list owes,
    ``LibraryUnfinished`` says that an import was under way, or was broken off and not repeated.
    """

    RECORD_MISSING = "RecordMissing"
    RECORD_UNREADABLE = "RecordUnreadable"
    IDS_MISSING = "IdsMissing"
    LIBRARY_UNFINISHED = "LibraryUnfinished"


_LOSSES = tuple(f"{kind.value}:" for kind in Loss)


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """A source's answer to one query: PMIDs best first, the whole count, and how it read the query.

    ``asked_at`` is when the source was asked, ``None`` until somebody notes it.
    """

    pmids: tuple[Pmid, ...]
    count: int
    translation: str = ""
    warnings: tuple[str, ...] = ()
    asked_at: datetime | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the answer holds all that it should."""
        return not find_losses(self.warnings)


@dataclass(frozen=True, slots=True)
class UnreadableRecord:
    """A record that a source has and that cannot be read: ``reason`` is the reader's words, or a code."""

    pmid: Pmid
    reason: str


FetchedPart: TypeAlias = Citation | UnreadableRecord


@dataclass(frozen=True, slots=True)
class FetchedRecord:
    """A record as a source sent it, and when: what it says of its own retraction was true then."""

    citation: Citation
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class SearchRun:
    """One search as it was sent. ``failure`` is a code, "" unless the status is failed, and
    ``failure_values`` are what its sentence names (reason, tag, HTTP status).

    ``searched_at`` is when the source was asked: for an answer known from an earlier search, that moment.
    ``asked_by`` is the name of who had it run ("" where that was not noted yet). ``warnings`` are
    ``Kind: words``: the source's own, and ours on what became of the answer: those of ``Loss``,
    ``RecordBecame`` (a PMID replaced), ``HeldBy`` (not sent: that search brought all of it).
    ``beside``: a person asked for this query alone. ``search_id`` tells the runs of one search from those of
    another, 0 until they are stored.
    """

    rung: Rung
    query: str
    source: str
    status: SearchStatus
    searched_at: datetime
    count: int = 0
    translation: str = ""
    warnings: tuple[str, ...] = ()
    failure: str = ""
    lexicon_version: str = ""
    ranker_version: str = ""
    asked_by: str = ""
    failure_values: tuple[tuple[str, str], ...] = ()
    beside: bool = False
    search_id: int = field(default=0, compare=False)

    @property
    def losses(self) -> tuple[str, ...]:
        """The warnings that tell of hits which did not come."""
        return find_losses(self.warnings)


def find_losses(warnings: tuple[str, ...]) -> tuple[str, ...]:
    """The warnings that tell of hits which did not come.

    >>> find_losses(("PhraseNotFound: abc", "RecordMissing: 9000000001"))
    ('RecordMissing: 9000000001',)
    """
    return tuple(warning for warning in warnings if warning.startswith(_LOSSES))
