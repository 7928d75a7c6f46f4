"""What editors decide: of a version, and of a low-graded claim that they keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records.assessment import SupportGrade


class VersionState(StrEnum):
    """Where a version of an article stands on its way to the reader."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether its claims are still graded and its flags answered."""
        return self in (VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.CHANGES_REQUESTED)

    def may_become(self, state: VersionState) -> bool:
        """Whether a version goes from here to ``state``.

        >>> VersionState.DRAFT.may_become(VersionState.PUBLISHED)
        False
        """
        return state in _NEXT[self]


_NEXT: dict[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.IN_REVIEW}),
    VersionState.IN_REVIEW: frozenset({VersionState.CHANGES_REQUESTED, VersionState.APPROVED}),
    VersionState.CHANGES_REQUESTED: frozenset({VersionState.IN_REVIEW, VersionState.APPROVED}),
    VersionState.APPROVED: frozenset({VersionState.CHANGES_REQUESTED, VersionState.PUBLISHED}),
    VersionState.PUBLISHED: frozenset({VersionState.WITHDRAWN}),
    VersionState.WITHDRAWN: frozenset(),
}


class ObstacleKind(StrEnum):
    """Why a version cannot be approved; permanent."""

    UNGRADED = "ungraded"
    STALE_GRADE = "stale_grade"
    OPEN_CONFLICT = "open_conflict"
    CANNOT_JUDGE = "cannot_judge"
    SAFETY_CONTRADICTED = "safety_contradicted"
    LOW_GRADE = "low_grade"
    RETRACTED_CITATION = "retracted_citation"
    UNCHECKED_CITATION = "unchecked_citation"
    OPEN_FLAG = "open_flag"


@dataclass(frozen=True, slots=True)
class Decision:
    """A version's step from one state to the next, bound to the hash of its text."""

    version_id: int
    version_hash: str
    state: VersionState
    comment: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Keeping:
    """A low-graded claim that an editor keeps as it stands; it holds for this wording and this grade."""

    claim_id: int
    grade: SupportGrade
    reason: str
    kept_by: str
    kept_at: datetime
    text_hash: str
