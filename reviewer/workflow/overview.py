"""What the editor watches: progress, age, workload and conflicts, each in one call and few queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo

from claims.records.assessment import ClaimStatus
from claims.records.decision import VersionState
from claims.records.overview import OpenConflict, VersionCounts, Workload
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.review import VersionSummary
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import UNASSIGNED
from reviewer.rules.permissions import Permission, may, require_permission
from reviewer.workflow.states import find_state


@dataclass(frozen=True, slots=True)
class Progress:
    """The newest version of an article: its state, its plan, and how far its review has come.

    When it was graded last tells, against today, which review lies idle.
    """

    version: VersionCounts
    state: VersionState
    plan: ReviewPlan

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
class Overview:
    """Some articles in their newest version, the latest brought in first, and who has how much to do in all.

    ``full_names`` are those of all accounts, by the name of the account.
    """

    progress: tuple[Progress, ...]
    workload: tuple[Workload, ...]
    full_names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """How many claims wait for an adjudicator, and those that have waited longest."""

    count: int
    longest: tuple[OpenConflict, ...]


NO_CONFLICTS = Conflicts(0, ())


def list_versions(work: UnitOfWork, viewer: User, most: int | None = None) -> tuple[VersionSummary, ...]:
    """All stored versions that ``viewer`` may read, the latest first, ``most`` of them at most."""
    require_permission(viewer, Permission.READ_VERSIONS)
    return work.articles.list_versions(most)


def count_articles(work: UnitOfWork, viewer: User) -> int:
    """How many articles ``load_overview`` has in all."""
    require_permission(viewer, Permission.READ_OVERVIEW)
    return work.overview.count_articles()


def load_overview(work: UnitOfWork, viewer: User, most: int, skip: int = 0) -> Overview:
    """Progress of ``most`` articles after ``skip``, and the workload of all; six queries however many.

    For editors and administrators.
    """
    require_permission(viewer, Permission.READ_OVERVIEW)
    versions = work.overview.list_newest(most, skip)
    ids = [version.version_id for version in versions]
    plans, decided = work.plans.load_plans(ids), work.decisions.load_states(ids)
    progress = tuple(
        Progress(version, find_state(id, decided, plans), plans.get(id, UNASSIGNED))
        for id, version in zip(ids, versions, strict=True)
    )
    full_names = {person.name: person.full_name for person in work.people.list_users()}
    return Overview(progress, work.overview.sum_workload(), full_names)


def count_progress(work: UnitOfWork, version_id: int, zone: tzinfo) -> dict[date, int]:
    """How many claims of a version had been graded by the end of each day in ``zone`` on which one was."""
    days: dict[date, int] = {}
    for number, at in enumerate(work.overview.list_first_graded(version_id), start=1):
        days[at.astimezone(zone).date()] = number
    return days


def load_conflicts(work: UnitOfWork, viewer: User, most: int) -> Conflicts:
    """The claims that wait for an adjudicator, the longest first: who graded them, never what.

    For editors, and for adjudicators those of the articles they settle.
    """
    require_permission(viewer, Permission.READ_CONFLICTS)
    settled_by = "" if may(viewer, Permission.ASSIGN) else viewer.name
    waiting = dict(work.overview.list_conflicts(most, settled_by))
    claims = {claim.id: claim for claim in work.claims.load_claims(list(waiting))}
    titles = work.overview.load_titles({claim.version_id for claim in claims.values()})
    grades = work.assessments.load_assessments(list(waiting))
    return Conflicts(
        work.overview.count_conflicts(settled_by),
        tuple(
            OpenConflict(
                claim_id=claim_id,
                number=claims[claim_id].number,
                text=claims[claim_id].claim.text,
                version_id=claims[claim_id].version_id,
                title=titles[claims[claim_id].version_id],
                graders=tuple(grade.graded_by for grade in grades[claim_id]),
                since=since,
            )
            for claim_id, since in waiting.items()
        ),
    )
