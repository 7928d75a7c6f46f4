"""Who reviews an article or a claim of it, and with which interests. All but assignments only grow."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from claims.records.plan import Declaration, ReviewPlan
from claims.records.review import ArticleVersion
from db.among import among
from db.mapping import Values, make_row, read_record
from db.models import ClaimAssignmentRow, DeclarationRow, PlacementRow, PlanRow, VersionRow
from db.repositories.inserting import insert_many, touch_version


class PlanRepository:
    """Appends plans and declarations, of which the latest counts, and keeps to whom claims are assigned."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, version: ArticleVersion, plan: ReviewPlan, set_by: str, at: datetime) -> None:
        """Let this plan hold from ``version`` on, until another is added."""
        self._session.add(
            make_row(
                PlanRow, plan, article_id=version.article_id, version_id=version.id, set_by=set_by, set_at=at
            )
        )
        self._session.flush()
        touch_version(self._session, version.id)

    def load_plans(self, version_ids: Collection[int]) -> dict[int, ReviewPlan]:
        """The plan that holds for each of these versions; a version that has none is absent."""
        latest = (
            select(VersionRow.id.label("of_version"), func.max(PlanRow.id).label("plan"))
            .join(PlanRow, PlanRow.article_id == VersionRow.article_id)
            .where(among(VersionRow.id, version_ids), PlanRow.version_id <= VersionRow.id)
            .group_by(VersionRow.id)
            .subquery()
        )
        rows = self._session.execute(
            select(latest.c.of_version, PlanRow).join(PlanRow, PlanRow.id == latest.c.plan)
        )
        return {version_id: read_record(ReviewPlan, row) for version_id, row in rows}

    def assign_claim(self, version_id: int, claim_id: int, names: Collection[str]) -> None:
        """Let the claim be graded by these reviewers alone; none are those of the plan again."""
        self._session.execute(
            delete(ClaimAssignmentRow).where(ClaimAssignmentRow.claim_id == claim_id),
            execution_options={"synchronize_session": False},
        )
        rows: list[Values] = [{"claim_id": claim_id, "name": name} for name in sorted(names)]
        insert_many(self._session, ClaimAssignmentRow, rows)
        touch_version(self._session, version_id)

    def load_assigned(self, claim_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
        """To whom each of these claims is assigned, by name; one that is graded as planned is absent."""
        return self._read_assigned(among(ClaimAssignmentRow.claim_id, claim_ids))

    def list_assigned(self, article_id: int) -> dict[int, tuple[str, ...]]:
        """The same of all claims that the article has or had."""
        placed = (
            select(PlacementRow.claim_id)
            .join(VersionRow, VersionRow.id == PlacementRow.version_id)
            .where(VersionRow.article_id == article_id)
        )
        return self._read_assigned(ClaimAssignmentRow.claim_id.in_(placed))

    def _read_assigned(self, chosen: ColumnElement[bool]) -> dict[int, tuple[str, ...]]:
        rows = self._session.execute(
            select(ClaimAssignmentRow.claim_id, ClaimAssignmentRow.name).where(chosen)
        )
        assigned: dict[int, tuple[str, ...]] = {}
        for claim_id, name in sorted((row.claim_id, row.name) for row in rows):
            assigned[claim_id] = (*assigned.get(claim_id, ()), name)
        return assigned

    def declare(self, declaration: Declaration) -> None:
        """Keep this declaration; the same person's earlier one for the article counts no longer."""
        self._session.add(make_row(DeclarationRow, declaration))
        self._session.flush()

    def load_declarations(self, version_id: int) -> dict[str, Declaration]:
        """Each person's latest declaration for the article of this version, by name."""
        latest = (
            select(func.max(DeclarationRow.id))
            .join(VersionRow, VersionRow.article_id == DeclarationRow.article_id)
            .where(VersionRow.id == version_id)
            .group_by(DeclarationRow.name)
        )
        rows = self._session.scalars(select(DeclarationRow).where(DeclarationRow.id.in_(latest)))
        return {row.name: read_record(Declaration, row) for row in rows}
