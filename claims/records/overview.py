"""What an editor sees of many articles at once: counts, never a grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.claim import ClaimType
from claims.records.people import Role


@dataclass(frozen=True, slots=True)
class VersionCounts:
    """The newest version of an article and how many of its claims stand where.

    ``last_graded_at`` is ``None`` where no grade of a claim counts.
    """

    version_id: int
    article_id: int
    title: str
    number: int
    ingested_at: datetime
    last_graded_at: datetime | None
    counts: dict[ClaimStatus, int]


@dataclass(frozen=True, slots=True)
class Workload:
    """What lies with one person in one role: articles assigned, claims that wait for them, claims done."""

    name: str
    role: Role
    articles: int
    waiting: int
    done: int


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A claim whose grades differ: who graded it, and since when it waits. What they gave is not in it."""

    claim_id: int
    number: int
    text: str
    version_id: int
    title: str
    graders: tuple[str, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class PairCount:
    """So many claims of one type and status with the same first two independent grades of the same people.

    The graders are in the alphabet of their names; ``second_by`` is ``None`` where only one has graded.
    """

    claim_type: ClaimType
    first_by: str
    second_by: str | None
    first_grade: SupportGrade
    second_grade: SupportGrade | None
    status: ClaimStatus
    claims: int


class WhyUndefined(StrEnum):
    """Why there is no figure; permanent."""

    NO_PAIRS = "no_pairs"
    TOO_FEW = "too_few"
    ONE_GRADE_ONLY = "one_grade_only"


class WhyLeftOut(StrEnum):
    """Why a claim is in no figure, or in some only; permanent."""

    TAKEN_OVER = "taken_over"
    UNBLINDED = "unblinded"
    SINGLE_GRADED = "single_graded"
    OUTSIDE_ORDER = "outside_order"
    STALE = "stale"
    OPEN = "open"
