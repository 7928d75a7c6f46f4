"""Searches of published claims that are asked again for what is new, and what people say to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records.citation import Pmid
from claims.records.retrieval import Rung, SearchStatus


class NewRecordAnswer(StrEnum):
    """What somebody said of a new record: the claim stands as it is, or is to be graded anew; permanent."""

    KEEPS = "keeps"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class LivingRun:
    """One run over ``total`` claims in the order of their numbers: all up to ``cursor`` were asked for.

    ``found`` counts new records on topic, ``failed`` the claims that got no answer. ``ended_at`` is ``None``
    while claims are left, ``failure`` the code of what last held the run up, "" once it went on.
    """

    id: int
    source: str
    begun_at: datetime
    tried_at: datetime
    total: int
    done: int = 0
    found: int = 0
    failed: int = 0
    cursor: int = 0
    ended_at: datetime | None = None
    failure: str = ""

    @property
    def is_open(self) -> bool:
        """Whether claims are left."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class LivingLook:
    """The latest look of a source for what is new to a claim.

    ``asked_at`` is when the source answered in full last, from which the next look goes on; ``None`` where it
    never did. ``status`` and ``failure`` are those of the look at ``tried_at``; ``count`` is how many records
    it brought, on topic or not.
    """

    claim_id: int
    source: str
    tried_at: datetime
    asked_at: datetime | None
    status: SearchStatus
    count: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record on a published claim's topic that came after the version was published.

    ``answer`` is ``None`` until somebody said what it does to the claim.
    """

    claim_id: int
    version_id: int
    pmid: Pmid
    source: str
    rung: Rung
    relevance: float
    found_at: datetime
    answer: NewRecordAnswer | None = None
    comment: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
