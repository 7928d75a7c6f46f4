"""Runs that go on where they stopped: over the papers under live claims, and over published claims."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from claims.records.living import LivingRun
from claims.records.recheck import RecheckRun
from db.mapping import read_record, take_values
from db.models import LivingRunRow, RecheckRow

Run = TypeVar("Run", RecheckRun, LivingRun)


class RunRepository(Generic[Run]):
    """Keeps the runs of one kind, of which one at most is open."""

    record: type[Run]
    row: type[RecheckRow] | type[LivingRunRow]

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, source: str, total: int, at: datetime) -> Run:
        """A new open run. Another that is open refuses it."""
        values = take_values(self.record(0, source, at, at, total))
        row = self.row(**{name: value for name, value in values.items() if name != "id"}, is_open=True)
        self._session.add(row)
        self._session.flush()
        return read_record(self.record, row)

    def list_latest(self, most: int) -> tuple[Run, ...]:
        """The latest runs, the newest first."""
        rows = select(self.row).order_by(self.row.id.desc()).limit(most)
        found = self._session.scalars(rows.execution_options(populate_existing=True))
        return tuple(read_record(self.record, row) for row in found)

    def _advance(self, before: Run, after: Run) -> bool:
        """Whether the run still stood as ``before``; it stands as ``after`` now."""
        moved = self._session.scalar(
            update(self.row)
            .where(self.row.id == before.id, self.row.is_open, self.row.cursor == before.cursor)
            .values(**take_values(after), is_open=after.is_open)
            .returning(self.row.id),
            execution_options={"synchronize_session": False},
        )
        return moved is not None
