"""What an editor sees of many articles at once: counts, never a grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.claim import ClaimType


@dataclass(frozen=True, slots=True)
class VersionCounts:
    """The newest version of an article and how many of its claims stand where."""

    version_id: int
    article_id: int
    title: str
    number: int
    ingested_at: datetime
    counts: dict[ClaimStatus, int]


@dataclass(frozen=True, slots=True)
class GradedCount:
    """How many claims of a version that now stand at ``status`` a person has graded, and when last."""

    version_id: int
    name: str
    status: ClaimStatus
    count: int
    last_graded_at: datetime


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
class IndependentGrade:
    """The first grade that a person gave to a claim before it was settled; ``status`` is the claim's now."""

    claim_id: int
    status: ClaimStatus
    claim_type: ClaimType
    grader: str
    grade: SupportGrade


class WhyUndefined(StrEnum):
    """Why there is no figure; permanent."""

    NO_PAIRS = "no_pairs"
    TOO_FEW = "too_few"
    ONE_GRADE_ONLY = "one_grade_only"


class WhyLeftOut(StrEnum):
    """Why a claim is in no figure, or in some only; permanent."""

    SINGLE_GRADED = "single_graded"
    OUTSIDE_ORDER = "outside_order"
    STALE = "stale"
    OPEN = "open"
