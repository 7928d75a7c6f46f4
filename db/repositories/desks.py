"""What waits for whom over all articles, as it is kept (``db/repositories/stages.py``): never a grade."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from claims.records.decision import VersionState
from claims.records.people import Role
from claims.records.stage import (
    ANYBODY,
    ArticleStage,
    Cycle,
    Finished,
    FlagCount,
    OfArticle,
    Share,
    Stage,
    StagedArticle,
    Waiting,
)
from db.among import among
from db.models import DecisionRow, PlanRow, StageRow, VersionRow, WorkloadRow


class DeskRepository:
    """Answers from kept counts, however many articles there are."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, version_id: int) -> ArticleStage | None:
        """Where the article stands whose newest version this is; ``None`` for an older one."""
        row = self._session.scalar(select(StageRow).where(StageRow.version_id == version_id))
        return None if row is None else _read(row)

    def count_by_stage(self) -> dict[Stage, int]:
        """How many articles wait for what; what none waits for is absent."""
        rows = self._session.execute(select(StageRow.stage, func.count()).group_by(StageRow.stage))
        return dict(rows.all())

    def count_overdue(self, today: date) -> int:
        """How many articles that are still under way were due before ``today``."""
        counted = select(func.count()).select_from(StageRow)
        return self._session.scalar(counted.where(*_overdue(today))) or 0

    def list_staged(
        self, stages: Collection[Stage], limit: int, skip: int = 0, overdue_on: date | None = None
    ) -> tuple[StagedArticle, ...]:
        """The articles at these stages, those due first before those that wait longest.

        ``overdue_on``: those alone that were due before this day.
        """
        where = _overdue(overdue_on) if overdue_on else (StageRow.stage.in_(stages),)
        return self._list(_select_staged().where(*where), limit, skip)

    def list_latest(self, limit: int, skip: int = 0) -> tuple[StagedArticle, ...]:
        """All articles, the one whose newest version was brought in last first."""
        rows = self._session.execute(
            _select_staged()
            .order_by(VersionRow.ingested_at.desc(), VersionRow.id.desc())
            .limit(limit)
            .offset(skip)
        )
        return tuple(StagedArticle(_read(row), title, number, at) for row, title, number, at in rows)

    def sum_waiting(self, names: Collection[str]) -> dict[Role, int]:
        """How many claims or flags wait for these people, added up, in each role.

        Flags of what an editor returned are left out: that waits as a whole.
        """
        returned = select(StageRow.version_id).where(
            StageRow.version_id == WorkloadRow.version_id, StageRow.stage == Stage.REVISE
        )
        rows = self._session.execute(
            select(WorkloadRow.role, func.sum(WorkloadRow.waiting))
            .where(WorkloadRow.name.in_(names), WorkloadRow.waiting > 0)
            .where((WorkloadRow.role != Role.AUTHOR) | ~returned.exists())
            .group_by(WorkloadRow.role)
        )
        return {role: int(waiting) for role, waiting in rows}

    def list_waiting(self, role: Role, names: Collection[str], limit: int) -> tuple[Waiting, ...]:
        """The articles of which something waits for these people in the role: those of a person's own before
        those of anybody, and of them those due first. What an editor returned is left out."""
        rows = self._session.execute(
            _select_staged()
            .add_columns(WorkloadRow.waiting, WorkloadRow.name)
            .join(WorkloadRow, WorkloadRow.version_id == StageRow.version_id)
            .where(WorkloadRow.name.in_(names), WorkloadRow.role == role, WorkloadRow.waiting > 0)
            .where((WorkloadRow.role != Role.AUTHOR) | (StageRow.stage != Stage.REVISE))
            .order_by(WorkloadRow.name == ANYBODY, *_BY_DUE)
            .limit(limit)
        )
        return tuple(
            Waiting(StagedArticle(_read(row), title, number, at), count, name == ANYBODY)
            for row, title, number, at, count, name in rows
        )

    def count_returned(self, names: Collection[str]) -> int:
        """How many articles an editor returned to these authors."""
        counted = select(func.count()).select_from(StageRow).where(*_returned_to(names))
        return self._session.scalar(counted) or 0

    def list_returned(self, names: Collection[str], limit: int) -> tuple[StagedArticle, ...]:
        """The articles that an editor returned to these authors."""
        return self._list(_select_staged().where(*_returned_to(names)), limit)

    def load_shares(self, version_ids: Sequence[int]) -> dict[int, tuple[Share, ...]]:
        """Of each of these versions for whom how much waits, authors also where nothing does."""
        waits = (WorkloadRow.waiting > 0) | (WorkloadRow.role == Role.AUTHOR)
        rows = self._session.execute(
            select(WorkloadRow.version_id, WorkloadRow.role, WorkloadRow.name, WorkloadRow.waiting)
            .where(among(WorkloadRow.version_id, version_ids), waits)
            .order_by(WorkloadRow.version_id, WorkloadRow.role, WorkloadRow.name)
        )
        shares: dict[int, list[Share]] = {version_id: [] for version_id in version_ids}
        for row in rows:
            shares[row.version_id].append(Share(row.role, row.name, row.waiting))
        return {version_id: tuple(found) for version_id, found in shares.items()}

    def list_finished(
        self, since: datetime, viewer: str, roles: Collection[Role] | None, limit: int
    ) -> tuple[Finished, ...]:
        """What others than the viewer decided of versions since then, the latest first; with ``roles`` of
        articles alone in which the viewer has a part, or anybody of these roles."""
        decided = (
            select(DecisionRow.version_id, VersionRow.title, DecisionRow.state, DecisionRow.decided_at)
            .join(VersionRow, VersionRow.id == DecisionRow.version_id)
            .where(
                DecisionRow.decided_at > since,
                DecisionRow.state.in_(
                    (VersionState.APPROVED, VersionState.PUBLISHED, VersionState.WITHDRAWN)
                ),
                DecisionRow.decided_by != viewer,
            )
            .order_by(DecisionRow.decided_at.desc(), DecisionRow.id.desc())
            .limit(limit)
        )
        if roles is not None:
            is_own = (WorkloadRow.name == viewer) | (
                (WorkloadRow.name == ANYBODY) & WorkloadRow.role.in_(roles)
            )
            part = select(WorkloadRow.version_id).where(
                WorkloadRow.version_id == DecisionRow.version_id, is_own
            )
            decided = decided.where(part.exists())
        return tuple(Finished(*row) for row in self._session.execute(decided))

    def list_cycles(self, limit: int) -> tuple[Cycle, ...]:
        """The way of the versions that were published last."""
        approval, planned = aliased(DecisionRow), select(func.min(PlanRow.set_at))
        approved = select(func.max(approval.decided_at)).where(
            approval.version_id == VersionRow.id, approval.state == VersionState.APPROVED
        )
        rows = self._session.execute(
            select(
                VersionRow.ingested_at,
                planned.where(
                    # By the article, which has an index.
                    PlanRow.article_id == VersionRow.article_id,
                    PlanRow.version_id == VersionRow.id,
                ).scalar_subquery(),
                approved.scalar_subquery(),
                DecisionRow.decided_at,
            )
            .join(VersionRow, VersionRow.id == DecisionRow.version_id)
            .where(DecisionRow.state == VersionState.PUBLISHED)
            .order_by(DecisionRow.decided_at.desc(), DecisionRow.id.desc())
            .limit(limit)
        )
        return tuple(Cycle(*row) for row in rows)

    def list_versions(self, article_ids: Collection[int]) -> tuple[OfArticle, ...]:
        """The versions of these articles, the newest first."""
        rows = self._session.execute(
            select(VersionRow.article_id, VersionRow.id, VersionRow.number, VersionRow.ingested_at)
            .where(among(VersionRow.article_id, article_ids))
            .order_by(VersionRow.article_id, VersionRow.number.desc())
        )
        return tuple(OfArticle(*row) for row in rows)

    def _list(
        self, chosen: Select[StageRow, str, int, datetime], limit: int, skip: int = 0
    ) -> tuple[StagedArticle, ...]:
        rows = self._session.execute(chosen.order_by(*_BY_DUE).limit(limit).offset(skip))
        return tuple(StagedArticle(_read(row), title, number, at) for row, title, number, at in rows)


# Whatever has a day before what has none, and what has waited longest first.
_BY_DUE = (StageRow.due_on.is_(None), StageRow.due_on, StageRow.since, StageRow.article_id)


def _select_staged() -> Select[StageRow, str, int, datetime]:
    shown = VersionRow.title, VersionRow.number, VersionRow.ingested_at
    return select(StageRow, *shown).join(VersionRow, VersionRow.id == StageRow.version_id)


def _returned_to(names: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    of_author = select(WorkloadRow.version_id).where(
        WorkloadRow.version_id == StageRow.version_id,
        WorkloadRow.role == Role.AUTHOR,
        WorkloadRow.name.in_(names),
    )
    return StageRow.stage == Stage.REVISE, of_author.exists()


def _overdue(today: date) -> tuple[ColumnElement[bool], ...]:
    return StageRow.due_on < today, StageRow.stage != Stage.DONE


def _read(row: StageRow) -> ArticleStage:
    flags = FlagCount(row.unanswered, row.answered)
    return ArticleStage(row.article_id, row.version_id, row.state, row.stage, row.since, row.due_on, flags)
