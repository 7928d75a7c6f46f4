"""Drafts: one a person and claim, the only rows that are written over and leave no trace."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from claims.records.draft import Draft
from db.mapping import make_row, read_record
from db.models import DraftRow


class DraftRepository:
    """Keeps what people are still writing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, draft: Draft) -> None:
        """Keep this draft in place of an earlier one."""
        self._session.merge(make_row(DraftRow, draft))
        self._session.flush()

    def find(self, claim_id: int, name: str) -> Draft | None:
        """The draft of this person at this claim, or ``None``."""
        row = self._session.get(DraftRow, (claim_id, name))
        return None if row is None else read_record(Draft, row)

    def remove(self, claim_id: int, name: str) -> None:
        """There is no draft of this person at this claim any more."""
        self._session.execute(delete(DraftRow).where(DraftRow.claim_id == claim_id, DraftRow.name == name))
