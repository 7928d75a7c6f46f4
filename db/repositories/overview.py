"""Counts over many articles at once, each in one query: for editors, and never a grade that is blind."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import JSON, ColumnElement, Select, func, select, type_coerce
from sqlalchemy.orm import Session

from claims.records.assessment import ClaimStatus, StepKind
from claims.records.claim import ClaimType
from claims.records.overview import GradedCount, IndependentGrade, VersionCounts
from db.models import AssessmentRow, ClaimRow, PlacementRow, ReopeningRow, VersionRow
from db.repositories.latest import still_stands


class OverviewRepository:
    """Reads what stands in the newest version of each article."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count_claims(self) -> tuple[VersionCounts, ...]:
        """The newest version of each article with its claims by status, the latest brought in first."""
        counts: dict[int, dict[ClaimStatus, int]] = {}
        for version_id, status, count in self._session.execute(
            select(PlacementRow.version_id, ClaimRow.status, func.count())
            .join(ClaimRow, ClaimRow.id == PlacementRow.claim_id)
            .join(_NEWEST, _NEWEST.c.id == PlacementRow.version_id)
            .where(PlacementRow.standing)
            .group_by(PlacementRow.version_id, ClaimRow.status)
        ):
            counts.setdefault(version_id, {})[status] = count
        versions = self._session.execute(
            select(
                VersionRow.id,
                VersionRow.article_id,
                VersionRow.title,
                VersionRow.number,
                VersionRow.ingested_at,
            )
            .join(_NEWEST, _NEWEST.c.id == VersionRow.id)
            .order_by(VersionRow.ingested_at.desc(), VersionRow.id.desc())
        )
        return tuple(VersionCounts(*row, counts=counts.get(row.id, {})) for row in versions)

    def count_graded(self) -> tuple[GradedCount, ...]:
        """How many claims of each newest version each person graded and when last, by where these now stand.

        Grades that were taken back or came before the claim was opened again do not count.
        """
        rows = self._session.execute(
            select(
                PlacementRow.version_id,
                AssessmentRow.graded_by,
                ClaimRow.status,
                func.count(AssessmentRow.claim_id.distinct()),
                func.max(AssessmentRow.graded_at),
            )
            .join(PlacementRow, PlacementRow.claim_id == AssessmentRow.claim_id)
            .join(ClaimRow, ClaimRow.id == AssessmentRow.claim_id)
            .join(_NEWEST, _NEWEST.c.id == PlacementRow.version_id)
            .where(
                PlacementRow.standing,
                still_stands(AssessmentRow, StepKind.GRADE),
                ~_reopened(ReopeningRow.sequence >= AssessmentRow.sequence),
            )
            .group_by(PlacementRow.version_id, AssessmentRow.graded_by, ClaimRow.status)
            .order_by(PlacementRow.version_id, AssessmentRow.graded_by)
        )
        return tuple(GradedCount(*row) for row in rows)

    def list_claims(self, status: ClaimStatus, version_id: int | None = None) -> tuple[int, ...]:
        """The claims at this status that stand in a version, or in the newest of any article."""
        return tuple(
            self._session.scalars(
                _of_scope(
                    select(PlacementRow.claim_id)
                    .join(ClaimRow, ClaimRow.id == PlacementRow.claim_id)
                    .where(ClaimRow.status == status, PlacementRow.standing)
                    .order_by(PlacementRow.claim_id),
                    version_id,
                )
            )
        )

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

    def load_titles(self, version_ids: set[int]) -> dict[int, str]:
        """The titles of these versions."""
        rows = self._session.execute(
            select(VersionRow.id, VersionRow.title).where(VersionRow.id.in_(version_ids))
        )
        return {row.id: row.title for row in rows}

    def load_independent_grades(self, version_id: int | None = None) -> tuple[IndependentGrade, ...]:
        """Each person's first grade of each claim, of one version or of all newest, in the order given.

        A grade that was taken back is none, nor one given after the claim was opened again, when the others
        were known. Two queries.
        """
        types = self._load_types(version_id)
        first = (
            select(func.min(AssessmentRow.id))
            .where(
                still_stands(AssessmentRow, StepKind.GRADE),
                ~_reopened(ReopeningRow.sequence < AssessmentRow.sequence),
            )
            .group_by(AssessmentRow.claim_id, AssessmentRow.graded_by)
        )
        if version_id is not None:
            placed = select(PlacementRow.claim_id).where(PlacementRow.version_id == version_id)
            first = first.where(AssessmentRow.claim_id.in_(placed))
        rows = self._session.execute(
            select(AssessmentRow.claim_id, ClaimRow.status, AssessmentRow.graded_by, AssessmentRow.grade)
            .join(ClaimRow, ClaimRow.id == AssessmentRow.claim_id)
            .where(AssessmentRow.id.in_(first), ClaimRow.status != ClaimStatus.DISMISSED)
            .order_by(AssessmentRow.id)
        )
        return tuple(
            IndependentGrade(claim_id, status, types[claim_id], grader, grade)
            for claim_id, status, grader, grade in rows
            if claim_id in types
        )

    def _load_types(self, version_id: int | None) -> dict[int, ClaimType]:
        """The type of each claim that stands in the version, or in the newest of any article."""
        kind = type_coerce(PlacementRow.claim, JSON)["type"].as_string().label("kind")
        rows = self._session.execute(
            _of_scope(select(PlacementRow.claim_id, kind).where(PlacementRow.standing), version_id)
        )
        return {row.claim_id: ClaimType(row.kind) for row in rows}


# Joined and not asked for with IN, for which SQLite tries each version for each claim.
_NEWEST = select(func.max(VersionRow.id).label("id")).group_by(VersionRow.article_id).subquery()
_Columns = TypeVarTuple("_Columns")


def _of_scope(placed: Select[*_Columns], version_id: int | None) -> Select[*_Columns]:
    """The placements of a version, or of the newest version of each article."""
    if version_id is None:
        return placed.join(_NEWEST, _NEWEST.c.id == PlacementRow.version_id)
    return placed.where(PlacementRow.version_id == version_id)


def _reopened(when: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the claim of a grade was opened again as such a step."""
    return select(ReopeningRow.id).where(ReopeningRow.claim_id == AssessmentRow.claim_id, when).exists()
