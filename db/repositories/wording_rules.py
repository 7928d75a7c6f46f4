"""The clinic's own rules on wording as people put them in force, one change after another."""

from __future__ import annotations

from sqlalchemy import exists, literal, select
from sqlalchemy.orm import Session

from claims.errors import VersionConflict
from claims.extraction.house_rules import KeptRules
from db.mapping import read_record
from db.models import WordingRulesRow
from db.repositories.inserting import insert_into, note_stored


class WordingRuleRepository:
    """Keeps every table of rules; the latest is in force."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_latest(self) -> KeptRules | None:
        """The rules in force, ``None`` where nobody has kept any."""
        row = self._session.scalars(
            select(WordingRulesRow).order_by(WordingRulesRow.number.desc()).limit(1)
        ).one_or_none()
        return None if row is None else read_record(KeptRules, row)

    def keep(self, kept: KeptRules) -> None:
        """Put these in force. Raises ``VersionConflict`` when there are some of this number already."""
        columns = WordingRulesRow.__table__.columns
        values = [literal(getattr(kept, column.name), column.type) for column in columns]
        # SQLite's trigger refuses a number before any ON CONFLICT is asked; PostgreSQL may not see it yet.
        free = select(*values).where(~exists().where(WordingRulesRow.number >= kept.number))
        insert = insert_into(self._session, WordingRulesRow).from_select(list(columns.keys()), free)
        inserted = insert.on_conflict_do_nothing().returning(WordingRulesRow.number)
        if self._session.scalar(inserted) is None:
            raise VersionConflict("wording_rules_changed")
        note_stored(self._session, WordingRulesRow, kept.number)
