"""What an article waits for next on its way from intake to publication."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records.assessment import ClaimStatus
from claims.records.decision import VersionState
from claims.records.stage import FlagCount, Stage

_DECIDED = {
    VersionState.CHANGES_REQUESTED: Stage.REVISE,
    VersionState.APPROVED: Stage.PUBLISH,
    VersionState.PUBLISHED: Stage.DONE,
    VersionState.WITHDRAWN: Stage.DONE,
}
_UNGRADED = (ClaimStatus.EXTRACTED, ClaimStatus.IN_REVIEW, ClaimStatus.STALE)


def find_stage(
    state: VersionState, is_planned: bool, claims: Mapping[ClaimStatus, int], flags: FlagCount
) -> Stage:
    """The one thing that holds the article up: what is earlier on its way comes first.

    ``claims`` are those of its newest version by status, ``flags`` those of it that are open.

    >>> find_stage(VersionState.DRAFT, False, {ClaimStatus.EXTRACTED: 3}, FlagCount(1))
    <Stage.ASSIGN: 'assign'>
    >>> find_stage(VersionState.IN_REVIEW, True, {ClaimStatus.GRADED: 3}, FlagCount(1))
    <Stage.ANSWER: 'answer'>
    """
    decided = _DECIDED.get(state)
    if decided is not None:
        return decided
    if state is VersionState.DRAFT and not is_planned:
        return Stage.ASSIGN
    if any(claims.get(status) for status in _UNGRADED):
        return Stage.GRADE
    if claims.get(ClaimStatus.CONFLICT):
        return Stage.ADJUDICATE
    if flags.unanswered:
        return Stage.ANSWER
    return Stage.SETTLE if flags.answered else Stage.APPROVE
