"""Effort: how long people are at claims, so that a clinic knows what a review costs. Off by a setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from claims.records.audit import AuditAction, AuditEntry
from claims.records.effort import Effort, EffortSum
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, may, require_permission
from reviewer.rules.taking_over import is_copied

# A page that was left open is no work: a visit counts up to half an hour.
LONGEST_VISIT_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class EffortStatistics:
    """What the claims of a version took one person: the sums, and the middle claim.

    ``taken_over`` of them were graded by taking over, of which ``compared`` took ``saved_seconds`` less than
    the claims that the grades come from, as far as the viewer may see what those took.
    """

    name: str
    claims: int
    seconds: float
    actions: int
    median_seconds: float
    median_actions: float
    taken_over: int = 0
    compared: int = 0
    saved_seconds: float = 0.0


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
    return _describe(actor.name, own, _find_sources(work, own, actor)) if own else None


def load_effort(work: UnitOfWork, version_id: int, viewer: User) -> tuple[EffortStatistics, ...]:
    """What the claims of a version took each person, by name: for editors, and to others their own."""
    sums = work.effort.sum_of_version(version_id)
    editor = may(viewer, Permission.ASSIGN)
    names = dict.fromkeys(spent.name for spent in sums if editor or spent.name == viewer.name)
    sources = _find_sources(work, sums, viewer)
    return tuple(_describe(name, [spent for spent in sums if spent.name == name], sources) for name in names)


def _find_sources(
    work: UnitOfWork, sums: Sequence[EffortSum], viewer: User
) -> Mapping[tuple[int, str], float | None]:
    """Of each claim and person who took a grade over: how many seconds the claim took that it comes from.

    ``None`` where nobody was measured there, or none whom the viewer may know. That another took a grade
    over is known once the claim is settled.
    """
    ids = {spent.claim_id for spent in sums}
    given = work.assessments.load_assessments(ids)
    settled = {id for id, status in work.claims.load_statuses(ids).items() if status.is_settled}
    taken = {
        (claim_id, grade.graded_by): grade.taken_from.claim_id
        for claim_id, grades in given.items()
        for grade in grades
        if grade.taken_from is not None and is_copied(grade)
        if claim_id in settled or grade.graded_by == viewer.name
    }
    editor = may(viewer, Permission.ASSIGN)
    took: dict[int, list[float]] = {}
    for spent in work.effort.sum_of_claims(set(taken.values())) if taken else ():
        if editor or spent.name == viewer.name:
            took.setdefault(spent.claim_id, []).append(spent.seconds)
    return {key: median(took[source]) if source in took else None for key, source in taken.items()}


def _describe(
    name: str, sums: Sequence[EffortSum], sources: Mapping[tuple[int, str], float | None]
) -> EffortStatistics:
    taken = [spent for spent in sums if (spent.claim_id, name) in sources]
    saved = [
        former - spent.seconds for spent in taken if (former := sources[spent.claim_id, name]) is not None
    ]
    return EffortStatistics(
        name=name,
        claims=len(sums),
        seconds=sum(spent.seconds for spent in sums),
        actions=sum(spent.actions for spent in sums),
        median_seconds=median(spent.seconds for spent in sums),
        median_actions=median(spent.actions for spent in sums),
        taken_over=len(taken),
        compared=len(saved),
        saved_seconds=sum(saved),
    )
