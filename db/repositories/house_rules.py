"""The clinic's own rules as people put them in force, one change after another."""

from __future__ import annotations

from typing import Generic, TypeVar

from sqlalchemy import exists, literal, select
from sqlalchemy.orm import Session

from claims.errors import VersionConflict
from claims.extraction.house_rules import KeptRules
from claims.records.review_day import KeptReviewRules
from db.mapping import read_record
from db.models import ReviewRulesRow, WordingRulesRow
from db.repositories.inserting import insert_into, note_stored

_Kept = TypeVar("_Kept", KeptRules, KeptReviewRules)


class HouseRuleRepository(Generic[_Kept]):
    """Keeps every table of rules of one kind; the latest is in force."""

    def __init__(
        self, session: Session, row: type[WordingRulesRow | ReviewRulesRow], record: type[_Kept]
    ) -> None:
        self._session = session
        self._row = row
        self._record: type[_Kept] = record

    def find_latest(self) -> _Kept | None:
        """The rules in force, ``None`` where nobody has kept any."""
        row = self._session.scalars(
            select(self._row).order_by(self._row.number.desc()).limit(1)
        ).one_or_none()
        return None if row is None else read_record(self._record, row)

    def keep(self, kept: _Kept) -> None:
        """Put these in force. Raises ``VersionConflict`` when there are some of this number already."""
        columns = self._row.__table__.columns
        values = [literal(getattr(kept, column.name), column.type) for column in columns]
        # SQLite's trigger refuses a number before any ON CONFLICT is asked; PostgreSQL may not see it yet.
        free = select(*values).where(~exists().where(self._row.number >= kept.number))
        insert = insert_into(self._session, self._row).from_select(list(columns.keys()), free)
        inserted = insert.on_conflict_do_nothing().returning(self._row.number)
        if self._session.scalar(inserted) is None:
            raise VersionConflict("wording_rules_changed")
        note_stored(self._session, self._row, kept.number)
