"""Where each article stands and how many flags are open: marked by steps, counted when somebody looks.

A step marks what it touched in its own transaction (``mark_articles``, ``mark_claims``). Whoever counts holds
the article's row first: of two who count at once the later one reads what the earlier one stored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, insert, literal, select, true, update
from sqlalchemy.orm import Session, aliased

from claims.records.decision import VersionState
from claims.records.flag import AnswerKind
from claims.records.people import Role
from claims.records.stage import ArticleStage, FlagCount, Stage
from db.among import among
from db.mapping import Values
from db.models import (
    AnswerRow,
    FlagTallyRow,
    PlacementRow,
    PlanRow,
    ResolutionRow,
    StageRow,
    TallyRow,
    VersionRow,
    WorkloadRow,
)
from db.repositories.inserting import insert_into, insert_many


def mark_articles(session: Session, version_ids: Collection[int]) -> None:
    """Have the articles of these versions looked at anew, each in its newest version."""
    if not version_ids:
        return
    newest = session.execute(_select_newest(among(VersionRow.id, version_ids)))
    # In one order, so that of two at once neither waits for the other.
    for row in sorted(newest, key=lambda row: row.article_id):
        fresh = insert_into(session, StageRow).values(
            article_id=row.article_id,
            version_id=row.id,
            state=VersionState.DRAFT,
            stage=Stage.ASSIGN,
            since=row.ingested_at,
            unanswered=0,
            answered=0,
            marks=1,
            counted=0,
        )
        again = {"version_id": fresh.excluded.version_id, "marks": StageRow.marks + 1}
        session.execute(fresh.on_conflict_do_update(index_elements=["article_id"], set_=again))


def mark_claims(session: Session, newest: Mapping[int, int], gone: Collection[int]) -> None:
    """Have the flags of claims counted anew, by claim the version in which it now stands; of those that
    stand nowhere any more nothing is counted."""
    if gone:
        session.execute(
            delete(FlagTallyRow).where(among(FlagTallyRow.claim_id, gone)),
            execution_options={"synchronize_session": False},
        )
    if newest:
        values = [
            {
                "claim_id": claim_id,
                "version_id": version_id,
                "unanswered": 0,
                "answered": 0,
                "marks": 1,
                "counted": 0,
            }
            for claim_id, version_id in sorted(newest.items())
        ]
        fresh = insert_into(session, FlagTallyRow)
        again = {"version_id": fresh.excluded.version_id, "marks": FlagTallyRow.marks + 1}
        session.execute(fresh.on_conflict_do_update(index_elements=["claim_id"], set_=again), values)


class StageRepository:
    """Keeps what was counted of articles; what pages ask of it is ``DeskRepository``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def fill(self) -> None:
        """Mark every article and claim of a house in which nothing of this was counted yet."""
        draft, assign = (
            literal(VersionState.DRAFT, StageRow.state.type),
            literal(Stage.ASSIGN, StageRow.stage.type),
        )
        columns = (
            "article_id",
            "version_id",
            "since",
            "state",
            "stage",
            "unanswered",
            "answered",
            "marks",
            "counted",
        )
        newest = _select_newest(true()).subquery()
        counts = [literal(number) for number in (0, 0, 1, 0)]
        versions = select(newest.c.article_id, newest.c.id, newest.c.ingested_at, draft, assign, *counts)
        self._session.execute(insert(StageRow).from_select(columns, versions))
        claims = select(TallyRow.claim_id, TallyRow.version_id, *counts).where(TallyRow.newest == true())
        names = ("claim_id", "version_id", "unanswered", "answered", "marks", "counted")
        self._session.execute(insert(FlagTallyRow).from_select(names, claims))

    def mark(self, version_id: int) -> None:
        """Have the version's article counted anew, with all claims of it where the version is its newest."""
        rows = self._session.execute(
            select(TallyRow.claim_id).where(TallyRow.version_id == version_id, TallyRow.newest == true())
        )
        mark_articles(self._session, [version_id])
        mark_claims(self._session, {row.claim_id: version_id for row in rows}, ())

    def list_due(self, limit: int) -> tuple[int, ...]:
        """Articles that are to be counted anew, ``limit`` at most."""
        claims = (
            select(StageRow.article_id)
            .join(FlagTallyRow, FlagTallyRow.version_id == StageRow.version_id)
            .where(FlagTallyRow.marks != FlagTallyRow.counted)
            .limit(limit)
        )
        articles = select(StageRow.article_id).where(StageRow.marks != StageRow.counted).limit(limit)
        found = (*self._session.scalars(articles), *self._session.scalars(claims))
        return tuple(dict.fromkeys(found))[:limit]

    def hold(self, article_id: int) -> tuple[int, int]:
        """The version in which the article is counted, and the mark that it has; nobody else counts it
        before this unit of work ends."""
        held = self._session.execute(
            update(StageRow)
            .where(StageRow.article_id == article_id)
            .values(article_id=StageRow.article_id)
            .returning(StageRow.version_id, StageRow.marks),
            execution_options={"synchronize_session": False},
        ).one()
        return held.version_id, held.marks

    def list_due_claims(self, version_id: int, limit: int) -> dict[int, int]:
        """The claims of a version whose flags are to be counted, ``limit`` at most, by claim its mark."""
        rows = self._session.execute(
            select(FlagTallyRow.claim_id, FlagTallyRow.marks)
            .where(FlagTallyRow.version_id == version_id, FlagTallyRow.marks != FlagTallyRow.counted)
            .order_by(FlagTallyRow.claim_id)
            .limit(limit)
        )
        return {row.claim_id: row.marks for row in rows}

    def keep_flags(self, claim_id: int, count: FlagCount, mark: int) -> None:
        """What was counted of the claim's flags as it stood at this mark."""
        self._session.execute(
            update(FlagTallyRow)
            .where(FlagTallyRow.claim_id == claim_id)
            .values(unanswered=count.unanswered, answered=count.answered, counted=mark),
            execution_options={"synchronize_session": False},
        )

    def sum_flags(self, version_id: int) -> FlagCount:
        """The open flags of all claims of the version, as they were counted."""
        unanswered, answered = self._session.execute(
            select(
                func.coalesce(func.sum(FlagTallyRow.unanswered), 0),
                func.coalesce(func.sum(FlagTallyRow.answered), 0),
            ).where(FlagTallyRow.version_id == version_id)
        ).one()
        return FlagCount(int(unanswered), int(answered))

    def keep(self, at: ArticleStage, mark: int) -> None:
        """Where the article stands, as it was at this mark."""
        self._session.execute(
            update(StageRow)
            .where(StageRow.article_id == at.article_id)
            .values(
                state=at.state,
                stage=at.stage,
                since=at.since,
                due_on=at.due_on,
                unanswered=at.flags.unanswered,
                answered=at.flags.answered,
                counted=mark,
            ),
            execution_options={"synchronize_session": False},
        )

    def share_with_authors(self, at: ArticleStage, names: Collection[str]) -> None:
        """What of the article waits for its authors, by name; ``ANYBODY`` for whoever is one."""
        of_article = select(VersionRow.id).where(VersionRow.article_id == at.article_id)
        self._session.execute(
            delete(WorkloadRow).where(
                WorkloadRow.role == Role.AUTHOR, WorkloadRow.version_id.in_(of_article)
            ),
            execution_options={"synchronize_session": False},
        )
        waits = at.flags.unanswered if at.state.is_open else 0
        rows: list[Values] = [
            {
                "version_id": at.version_id,
                "role": Role.AUTHOR,
                "name": name,
                "waiting": waits,
                "done": at.flags.answered,
            }
            for name in sorted(names)
        ]
        insert_many(self._session, WorkloadRow, rows)

    def find_last_word(self, version_id: int) -> datetime | None:
        """When a flag of the version was answered, settled or opened again last."""
        standing = select(PlacementRow.claim_id).where(PlacementRow.version_id == version_id)
        said = (
            self._session.scalar(select(func.max(moment)).where(claim.in_(standing), *which))
            for claim, moment, *which in (
                (AnswerRow.claim_id, AnswerRow.answered_at, AnswerRow.kind != AnswerKind.REPLY),
                (ResolutionRow.claim_id, ResolutionRow.resolved_at),
            )
        )
        return max((moment for moment in said if moment is not None), default=None)

    def find_planned(self, version_id: int) -> datetime | None:
        """When the plan that holds for the version was made, ``None`` where there is none."""
        of_article = select(VersionRow.article_id).where(VersionRow.id == version_id).scalar_subquery()
        return self._session.scalar(
            select(PlanRow.set_at)
            .where(PlanRow.article_id == of_article, PlanRow.version_id <= version_id)
            .order_by(PlanRow.id.desc())
            .limit(1)
        )


def _select_newest(chosen: ColumnElement[bool]) -> Select[int, int, datetime]:
    """Number, article and moment of the newest version of the article of each chosen version."""
    newest, newer = aliased(VersionRow), aliased(VersionRow)
    articles = select(VersionRow.article_id).where(chosen)
    is_older = select(newer.id).where(newer.article_id == newest.article_id, newer.number > newest.number)
    return select(newest.id, newest.article_id, newest.ingested_at).where(
        newest.article_id.in_(articles), ~is_older.exists()
    )
