"""Who reviews an article, and with which interests. Both only ever grow."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.records.plan import Declaration, ReviewPlan
from claims.records.review import ArticleVersion
from db.among import among
from db.mapping import make_row, read_record
from db.models import DeclarationRow, PlanRow, VersionRow
from db.repositories.inserting import touch_version


class PlanRepository:
    """Appends plans and declarations; the latest counts."""

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
