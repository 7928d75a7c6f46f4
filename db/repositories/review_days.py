"""By when published versions are to be looked at again: marked by decisions, counted when somebody looks.

A row whose ``rules`` are not those in force is counted anew (``reviewer/workflow/review_days.py``); a
decision on any version of the article empties them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from claims.records.review_day import ReviewDay, SetDay
from db.among import among
from db.mapping import make_row, read_record, take_values
from db.models import ReviewDayRow, SetDayRow, VersionRow
from db.repositories.inserting import insert_into

_QUIET = {"synchronize_session": False}


def mark_days(session: Session, version_ids: Collection[int]) -> None:
    """Have the days of these versions, and of their articles' others, counted anew."""
    for version_id in sorted(version_ids):
        fresh = insert_into(session, ReviewDayRow).values(**take_values(ReviewDay(version_id, None)))
        session.execute(fresh.on_conflict_do_nothing())
        article = select(VersionRow.article_id).where(VersionRow.id == version_id).scalar_subquery()
        of_article = select(VersionRow.id).where(VersionRow.article_id == article)
        session.execute(
            update(ReviewDayRow).where(ReviewDayRow.version_id.in_(of_article)).values(rules=""),
            execution_options=_QUIET,
        )


class ReviewDayRepository:
    """Keeps a row for each version that readers have, and every day that an editor set."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_uncounted(self, rules: str, limit: int) -> tuple[int, ...]:
        """Versions that were not counted by these rules, ``limit`` at most."""
        found: list[int] = []
        # Both sides by the index: that of all that are not equal would be read whole.
        for other in (ReviewDayRow.rules < rules, ReviewDayRow.rules > rules):
            rows = select(ReviewDayRow.version_id).where(other).order_by(ReviewDayRow.rules)
            found += self._session.scalars(rows.limit(limit - len(found)))
        return tuple(found)

    def hold(self, version_id: int) -> ReviewDay | None:
        """The day of the version, which nobody else changes before this unit of work ends."""
        held = update(ReviewDayRow).where(ReviewDayRow.version_id == version_id)
        self._session.execute(held.values(due_on=ReviewDayRow.due_on), execution_options=_QUIET)
        return self.load([version_id]).get(version_id)

    def keep(self, day: ReviewDay) -> None:
        """The version's day is this from now on."""
        self._session.execute(
            update(ReviewDayRow).where(ReviewDayRow.version_id == day.version_id).values(**take_values(day)),
            execution_options=_QUIET,
        )

    def drop(self, version_id: int) -> None:
        """Readers have the version no longer, or not yet."""
        self._session.execute(
            delete(ReviewDayRow).where(ReviewDayRow.version_id == version_id), execution_options=_QUIET
        )

    def load(self, version_ids: Collection[int]) -> dict[int, ReviewDay]:
        """The days of these versions; one that has none is absent."""
        rows = self._list(among(ReviewDayRow.version_id, version_ids))
        return {day.version_id: day for day in rows}

    def list_due(self, until: date, limit: int, skip: int = 0) -> tuple[ReviewDay, ...]:
        """The days that come until then, the earliest first."""
        return self._list(ReviewDayRow.due_on <= until, limit=limit, skip=skip)

    def count_due(self, until: date) -> int:
        """How many days come until then."""
        counted = select(func.count()).select_from(ReviewDayRow).where(ReviewDayRow.due_on <= until)
        return self._session.scalar(counted) or 0

    def list_untold(self, today: date, soon: date, limit: int) -> tuple[ReviewDay, ...]:
        """The days that have come and that nobody was told of then, those until ``soon`` of which nobody was
        told yet, and those that a clock told which had jumped ahead of ``today``."""
        never, ahead = ReviewDayRow.told_on.is_(None), ReviewDayRow.told_on > today
        come = (ReviewDayRow.due_on <= today) & (never | (ReviewDayRow.told_on < ReviewDayRow.due_on))
        early = (ReviewDayRow.due_on <= soon) & (come | never)
        return self._list(early | (ahead & ReviewDayRow.due_on.is_not(None)), limit=limit)

    def add_set(self, day: SetDay) -> None:
        """Keep that an editor set this day."""
        self._session.add(make_row(SetDayRow, day))
        self._session.flush()

    def find_set(self, version_id: int) -> SetDay | None:
        """The day that an editor set last, ``None`` where nobody did or the rules' holds again."""
        row = self._session.scalars(
            select(SetDayRow).where(SetDayRow.version_id == version_id).order_by(SetDayRow.id.desc()).limit(1)
        ).one_or_none()
        return read_record(SetDay, row) if row is not None and row.due_on is not None else None

    def _list(
        self, *chosen: ColumnElement[bool], limit: int | None = None, skip: int = 0
    ) -> tuple[ReviewDay, ...]:
        rows = self._session.scalars(
            select(ReviewDayRow)
            .where(*chosen)
            .order_by(ReviewDayRow.due_on, ReviewDayRow.version_id)
            .limit(limit)
            .offset(skip)
            .execution_options(populate_existing=True)
        )
        return tuple(read_record(ReviewDay, row) for row in rows)
