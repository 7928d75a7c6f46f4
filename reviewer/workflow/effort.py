"""Effort: how long people are at claims, so that a clinic knows what a review costs. Off by a setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from claims.records.audit import AuditAction, AuditEntry
from claims.records.effort import Effort, EffortSum
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, may, require_permission

# A page that was left open is no work: a visit counts up to half an hour.
LONGEST_VISIT_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class EffortStatistics:
    """What the claims of a version took one person: the sums, and the middle claim."""

    name: str
    claims: int
    seconds: float
    actions: int
    median_seconds: float
    median_actions: float


def record_effort(
    work: UnitOfWork, claim_id: int, seconds: float, actions: int, actor: User, at: datetime
) -> Effort:
    """The stored visit of ``actor`` to a claim that ended now; the trail tells that there was one."""
    require_permission(actor, Permission.REVIEW)
    spent = min(max(seconds, 0.0), LONGEST_VISIT_SECONDS)
    effort = Effort(claim_id, actor.name, spent, max(actions, 0), at)
    work.effort.add(effort)
    work.commit(AuditEntry(at, actor.name, AuditAction.EFFORT_RECORDED, f"claim:{claim_id}"))
    return effort


def load_own_effort(work: UnitOfWork, claim_id: int, actor: User) -> EffortSum:
    """What the claim has taken ``actor`` so far, for their own eyes."""
    return work.effort.sum_of_claim(claim_id, actor.name)


def find_own_statistics(work: UnitOfWork, version_id: int, actor: User) -> EffortStatistics | None:
    """What the claims of a version have taken ``actor`` so far, ``None`` where nothing was measured."""
    own = [spent for spent in work.effort.sum_of_version(version_id) if spent.name == actor.name]
    return _describe(actor.name, own) if own else None


def load_effort(work: UnitOfWork, version_id: int, viewer: User) -> tuple[EffortStatistics, ...]:
    """What the claims of a version took each person, by name: for editors, and to others their own."""
    sums = work.effort.sum_of_version(version_id)
    editor = may(viewer, Permission.ASSIGN)
    names = dict.fromkeys(spent.name for spent in sums if editor or spent.name == viewer.name)
    return tuple(_describe(name, [spent for spent in sums if spent.name == name]) for name in names)


def _describe(name: str, sums: Sequence[EffortSum]) -> EffortStatistics:
    return EffortStatistics(
        name=name,
        claims=len(sums),
        seconds=sum(spent.seconds for spent in sums),
        actions=sum(spent.actions for spent in sums),
        median_seconds=median(spent.seconds for spent in sums),
        median_actions=median(spent.actions for spent in sums),
    )
