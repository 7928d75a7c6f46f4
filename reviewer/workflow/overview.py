"""What the editor watches: progress, age, workload and conflicts, each in one call and few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from claims.records.assessment import ClaimStatus
from claims.records.decision import VersionState
from claims.records.overview import GradedCount, OpenConflict, VersionCounts
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.review import VersionSummary
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import UNASSIGNED
from reviewer.rules.permissions import Permission, may, require_permission
from reviewer.workflow.states import find_state

_OPEN = (ClaimStatus.EXTRACTED, ClaimStatus.STALE, ClaimStatus.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Progress:
    """The newest version of an article: its state, its plan, and how far its review has come.

    ``last_graded_at`` is ``None`` before the first grade; against today it tells which review lies idle.
    """

    version: VersionCounts
    state: VersionState
    plan: ReviewPlan
    last_graded_at: datetime | None

    @property
    def claims(self) -> int:
        """The number of its claims, the dismissed ones left out."""
        return sum(count for status, count in self.version.counts.items() if status in _COUNTED)

    @property
    def settled(self) -> int:
        """The number of claims whose grade stands."""
        return sum(count for status, count in self.version.counts.items() if status.is_settled)

    @property
    def conflicts(self) -> int:
        """The number of claims that wait for an adjudicator."""
        return self.version.counts.get(ClaimStatus.CONFLICT, 0)


_COUNTED = frozenset(ClaimStatus) - {ClaimStatus.DISMISSED}


@dataclass(frozen=True, slots=True)
class Workload:
    """What lies with one person in one role: articles assigned, claims that wait for them, claims done."""

    name: str
    role: Role
    articles: int
    waiting: int
    done: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All articles in their newest version, the latest brought in first, and who has how much to do.

    ``full_names`` are those of all accounts, by the name of the account.
    """

    progress: tuple[Progress, ...]
    workload: tuple[Workload, ...]
    full_names: Mapping[str, str]


def list_versions(work: UnitOfWork, viewer: User, most: int | None = None) -> tuple[VersionSummary, ...]:
    """All stored versions that ``viewer`` may read, the latest first, ``most`` of them at most."""
    require_permission(viewer, Permission.READ_VERSIONS)
    return work.articles.list_versions(most)


def load_overview(work: UnitOfWork, viewer: User) -> Overview:
    """Progress and workload over all articles; six queries however many. For editors and administrators."""
    require_permission(viewer, Permission.READ_OVERVIEW)
    versions = work.overview.count_claims()
    ids = [version.version_id for version in versions]
    plans, decided = work.plans.load_plans(ids), work.decisions.load_states(ids)
    graded = work.overview.count_graded()
    last: dict[int, datetime] = {}
    for count in graded:
        last[count.version_id] = max(count.last_graded_at, last.get(count.version_id, count.last_graded_at))
    progress = tuple(
        Progress(version, find_state(id, decided, plans), plans.get(id, UNASSIGNED), last.get(id))
        for id, version in zip(ids, versions, strict=True)
    )
    full_names = {person.name: person.full_name for person in work.people.list_users()}
    return Overview(progress, tuple(_share_out(progress, graded)), full_names)


def count_progress(work: UnitOfWork, version_id: int, zone: tzinfo) -> dict[date, int]:
    """How many claims of a version had been graded by the end of each day in ``zone`` on which one was."""
    days: dict[date, int] = {}
    for number, at in enumerate(work.overview.list_first_graded(version_id), start=1):
        days[at.astimezone(zone).date()] = number
    return days


def load_conflicts(work: UnitOfWork, viewer: User) -> tuple[OpenConflict, ...]:
    """The claims that wait for an adjudicator, the longest first: who graded them, never what.

    For editors, and for adjudicators those of the articles they settle.
    """
    require_permission(viewer, Permission.READ_CONFLICTS)
    claims = work.claims.load_claims(work.overview.list_claims(ClaimStatus.CONFLICT))
    versions = {claim.version_id for claim in claims}
    titles, plans = work.overview.load_titles(versions), work.plans.load_plans(versions)
    grades = work.assessments.load_assessments([claim.id for claim in claims])
    conflicts = (
        OpenConflict(
            claim_id=claim.id,
            number=claim.number,
            text=claim.claim.text,
            version_id=claim.version_id,
            title=titles[claim.version_id],
            graders=tuple(grade.graded_by for grade in grades[claim.id]),
            since=max(grade.graded_at for grade in grades[claim.id]),
        )
        for claim in claims
        if may(viewer, Permission.ASSIGN)
        or plans.get(claim.version_id, UNASSIGNED).lets_adjudicate(viewer.name)
    )
    return tuple(sorted(conflicts, key=lambda conflict: conflict.since))


def _share_out(progress: tuple[Progress, ...], graded: tuple[GradedCount, ...]) -> Iterable[Workload]:
    """The workload of everybody whom a plan names, by name; reviewers before adjudicators of one name."""
    by_person: dict[tuple[str, Role], list[Workload]] = {}
    done = {(count.version_id, count.name, count.status): count.count for count in graded}
    for article in progress:
        for name in article.plan.reviewers:
            by_person.setdefault((name, Role.REVIEWER), []).append(_review(name, article, done))
        if article.plan.adjudicator:
            name = article.plan.adjudicator
            load = Workload(
                name, Role.ADJUDICATOR, 1, article.conflicts, _count(article, ClaimStatus.ADJUDICATED)
            )
            by_person.setdefault((name, Role.ADJUDICATOR), []).append(load)
    for (name, role), loads in sorted(by_person.items()):
        yield Workload(
            name,
            role,
            articles=len(loads),
            waiting=sum(load.waiting for load in loads),
            done=sum(load.done for load in loads),
        )


def _review(name: str, article: Progress, done: dict[tuple[int, str, ClaimStatus], int]) -> Workload:
    id = article.version.version_id
    graded = {status: done.get((id, name, status), 0) for status in ClaimStatus}
    waiting = sum(_count(article, status) for status in _OPEN) - graded[ClaimStatus.IN_REVIEW]
    return Workload(name, Role.REVIEWER, 1, max(waiting, 0), sum(graded.values()))


def _count(article: Progress, status: ClaimStatus) -> int:
    return article.version.counts.get(status, 0)
