"""Counts over many articles at once, for editors, as each step keeps them: never a grade that is blind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, aliased

from claims.records.assessment import ClaimStatus, StepKind
from claims.records.overview import PairCount, VersionCounts, Workload
from claims.records.people import Role
from claims.records.stage import ANYBODY
from db.among import among
from db.models import (
    ArticleRow,
    AssessmentRow,
    PlacementRow,
    TallyRow,
    VersionRow,
    WorkloadRow,
)
from db.repositories.graders import select_unblinded
from db.repositories.latest import still_stands

_SETTLED = tuple(status for status in ClaimStatus if status.is_settled)


class OverviewRepository:
    """Reads what stands in the newest version of each article."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count_articles(self) -> int:
        """The number of articles."""
        return self._session.scalar(select(func.count(ArticleRow.id))) or 0

    def list_newest(self, limit: int, skip: int = 0) -> tuple[VersionCounts, ...]:
        """The newest version of ``limit`` articles after ``skip`` with its claims by status, the latest
        brought in first. Three queries."""
        newer = aliased(VersionRow)
        is_older = select(newer.id).where(
            newer.article_id == VersionRow.article_id, newer.number > VersionRow.number
        )
        versions = self._session.execute(
            select(
                VersionRow.id,
                VersionRow.article_id,
                VersionRow.title,
                VersionRow.number,
                VersionRow.ingested_at,
            )
            .where(~is_older.exists())
            .order_by(VersionRow.ingested_at.desc(), VersionRow.id.desc())
            .limit(limit)
            .offset(skip)
        ).all()
        ids = [row.id for row in versions]
        last, counts = self._load_last_grades(ids), self.count_by_statuses(ids)
        return tuple(VersionCounts(*row, last[row.id], counts[row.id]) for row in versions)

    def _load_last_grades(self, version_ids: Collection[int]) -> dict[int, datetime | None]:
        """When a claim of each of these versions was graded last; beside a list that is paged it would be
        looked up for all that are skipped."""
        of_version = TallyRow.version_id == VersionRow.id
        last = select(func.max(TallyRow.last_graded_at)).where(of_version).scalar_subquery()
        rows = select(VersionRow.id, last.label("last_graded_at")).where(among(VersionRow.id, version_ids))
        return {row.id: row.last_graded_at for row in self._session.execute(rows)}

    def sum_workload(self) -> tuple[Workload, ...]:
        """What lies with everybody whom a plan names, by name; reviewers before adjudicators of one name."""
        rows = self._session.execute(
            select(
                WorkloadRow.name,
                WorkloadRow.role,
                func.count().label("articles"),
                func.sum(WorkloadRow.waiting).label("waiting"),
                func.sum(WorkloadRow.done).label("done"),
            ).group_by(WorkloadRow.name, WorkloadRow.role)
        )
        loads = (Workload(row.name, row.role, row.articles, row.waiting, row.done) for row in rows)
        return tuple(sorted(loads, key=_by_person))

    def count_conflicts(self, settled_by: str = "") -> int:
        """How many claims wait for an adjudicator, or for this one."""
        counted = select(func.count()).select_from(TallyRow).where(*_in_conflict(settled_by))
        return self._session.scalar(counted) or 0

    def list_conflicts(self, limit: int, settled_by: str = "") -> tuple[tuple[int, datetime], ...]:
        """The claims that wait for an adjudicator, or for this one, the longest first, and since when."""
        rows = self._session.execute(
            select(TallyRow.claim_id, TallyRow.last_graded_at)
            .where(*_in_conflict(settled_by))
            .order_by(TallyRow.last_graded_at, TallyRow.claim_id)
            .limit(limit)
        )
        return tuple((claim_id, since) for claim_id, since in rows if since is not None)

    def find_oldest_conflict(self, version_id: int) -> datetime | None:
        """Since when the claim of the version waits that waits for an adjudicator longest."""
        in_conflict = TallyRow.version_id == version_id, TallyRow.status == ClaimStatus.CONFLICT
        return self._session.scalar(select(func.min(TallyRow.last_graded_at)).where(*in_conflict))

    def find_last_grade(self, version_id: int) -> datetime | None:
        """When a claim of the version was graded last, as far as the grade counts."""
        last = select(func.max(TallyRow.last_graded_at)).where(TallyRow.version_id == version_id)
        return self._session.scalar(last)

    def list_first_graded(self, version_id: int) -> tuple[datetime, ...]:
        """When each claim of a version that anybody graded was graded first, in that order."""
        first = func.min(AssessmentRow.graded_at).label("first")
        return tuple(
            self._session.scalars(
                select(first)
                .join(PlacementRow, PlacementRow.claim_id == AssessmentRow.claim_id)
                .where(
                    PlacementRow.version_id == version_id,
                    PlacementRow.standing,
                    still_stands(AssessmentRow, StepKind.GRADE),
                )
                .group_by(AssessmentRow.claim_id)
                .order_by(first)
            )
        )

    def load_titles(self, version_ids: Collection[int]) -> dict[int, str]:
        """The titles of these versions."""
        rows = self._session.execute(
            select(VersionRow.id, VersionRow.title).where(among(VersionRow.id, version_ids))
        )
        return {row.id: row.title for row in rows}

    def count_pairs(self, version_id: int | None = None) -> tuple[PairCount, ...]:
        """How many claims of a version, or of all newest, stand where with which first independent grades.

        A grade that was taken back is none, nor one given after the claim was opened again, when the others
        were known. Claims that nobody graded are left out.
        """
        kinds = (
            TallyRow.claim_type,
            TallyRow.first_by,
            TallyRow.second_by,
            TallyRow.first_grade,
            TallyRow.second_grade,
            TallyRow.status,
        )
        rows = self._session.execute(
            select(*kinds, func.count())
            .where(_of_scope(version_id), TallyRow.first_by.is_not(None))
            .group_by(*kinds)
            .order_by(*kinds)
        )
        return tuple(
            PairCount(kind, first_by, second_by, first, second, status, count)
            for kind, first_by, second_by, first, second, status, count in rows
            if first_by is not None and first is not None
        )

    def count_taken_over(self, version_id: int | None = None) -> int:
        """How many claims of a version, or of all newest, are settled by grades that nobody gave alone."""
        counted = select(func.count()).select_from(TallyRow)
        settled = TallyRow.status.in_(_SETTLED)
        counted = counted.where(_of_scope(version_id), settled, TallyRow.first_by.is_(None))
        return self._session.scalar(counted) or 0

    def count_unblinded(self, version_id: int | None = None) -> tuple[tuple[bool, bool, int], ...]:
        """How many settled claims have a grade that was given unblinded and so are in no pair.

        Told apart by whether no grade of theirs is independent, and whether several gave one by hand.
        """
        by_hand = select_unblinded()
        none = TallyRow.first_by.is_(None)
        several = by_hand.c.graders > 1
        rows = self._session.execute(
            select(none, several, func.count())
            .join(by_hand, by_hand.c.claim_id == TallyRow.claim_id)
            .where(_of_scope(version_id), TallyRow.status.in_(_SETTLED), TallyRow.second_by.is_(None))
            .group_by(none, several)
        )
        return tuple((bool(alone), bool(paired), claims) for alone, paired, claims in rows)

    def count_by_status(self, version_id: int) -> dict[ClaimStatus, int]:
        """How many claims of a version stand where; where none stands is absent."""
        rows = self._session.execute(
            select(TallyRow.status, func.count())
            .where(TallyRow.version_id == version_id)
            .group_by(TallyRow.status)
        )
        return dict(rows.all())

    def count_by_statuses(self, version_ids: Collection[int]) -> dict[int, dict[ClaimStatus, int]]:
        """The same of each of these versions."""
        counts: dict[int, dict[ClaimStatus, int]] = {id: {} for id in version_ids}
        for version_id, status, count in self._session.execute(
            select(TallyRow.version_id, TallyRow.status, func.count())
            .where(among(TallyRow.version_id, list(counts)))
            .group_by(TallyRow.version_id, TallyRow.status)
        ):
            counts[version_id][status] = count
        return counts

    def list_graders(self, version_id: int) -> tuple[tuple[int, ClaimStatus, tuple[str, ...]], ...]:
        """Of each claim of the version where it stands and who has a grade of it that counts."""
        rows = self._session.execute(
            select(TallyRow.claim_id, TallyRow.status, TallyRow.graders)
            .where(TallyRow.version_id == version_id)
            .order_by(TallyRow.claim_id)
        )
        return tuple((row.claim_id, row.status, row.graders) for row in rows)

    def count_status(self, status: ClaimStatus, version_id: int | None = None) -> int:
        """How many claims stand there, of a version or of all newest."""
        counted = select(func.count()).select_from(TallyRow)
        return self._session.scalar(counted.where(TallyRow.status == status, _of_scope(version_id))) or 0


def _of_scope(version_id: int | None) -> ColumnElement[bool]:
    """The claims of a version, or of the newest version of each article."""
    return TallyRow.newest == true() if version_id is None else TallyRow.version_id == version_id


def _in_conflict(settled_by: str) -> tuple[ColumnElement[bool], ...]:
    """In conflict in a newest version; with a name those that no other person is to settle."""
    waits = _of_scope(None), TallyRow.status == ClaimStatus.CONFLICT
    others = select(WorkloadRow.version_id).where(
        WorkloadRow.version_id == TallyRow.version_id,
        WorkloadRow.role == Role.ADJUDICATOR,
        WorkloadRow.name.not_in((settled_by, ANYBODY)),
    )
    return (*waits, ~others.exists()) if settled_by else waits


def _by_person(load: Workload) -> tuple[str, Role]:
    return load.name, load.role
