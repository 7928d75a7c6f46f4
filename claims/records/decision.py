"""What editors decide: of a version, and of a low-graded claim that they keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records.assessment import SupportGrade
from claims.records.people import Role


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

    @property
    def is_signed(self) -> bool:
        """Whether who brings a version here signs for it."""
        return self in (VersionState.APPROVED, VersionState.PUBLISHED)


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
    # The grade that stands is to be given anew.
    NEEDS_REVIEW = "needs_review"
    RETRACTED_CITATION = "retracted_citation"
    UNCHECKED_CITATION = "unchecked_citation"
    EXPIRED_DOCUMENT = "expired_document"
    OPEN_FLAG = "open_flag"


class ProvedBy(StrEnum):
    """By what somebody proved anew who they are, before they signed; permanent."""

    PASSWORD = "password"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who approved or published a version, as what, and by what they had just proved that it is they."""

    full_name: str
    roles: tuple[Role, ...]
    proved_by: ProvedBy
    proved_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A version's step from one state to the next, bound to the hash of its text.

    What is approved or published is signed; ``None`` for other steps, and for those before such was asked.
    """

    version_id: int
    version_hash: str
    state: VersionState
    comment: str
    decided_by: str
    decided_at: datetime
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """A low-graded claim that an editor keeps as it stands; it holds for this wording and this grade."""

    claim_id: int
    grade: SupportGrade
    reason: str
    kept_by: str
    kept_at: datetime
    text_hash: str
