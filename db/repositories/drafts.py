"""Drafts: one a person and claim, the only rows that are written over and leave no trace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.records.draft import Draft
from db.mapping import take_values
from db.models import DraftRow
from db.repositories.inserting import insert_into

_OWN = ("claim_id", "name")


class DraftRepository:
    """Keeps what people are still writing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, draft: Draft, at: datetime) -> bool:
        """Whether this draft now stands in place of an earlier one: not one whose comment was given since."""
        row = insert_into(self._session, DraftRow).values(take_values(draft, kept_at=at))
        kept = row.on_conflict_do_update(
            index_elements=_OWN,
            set_={"text": draft.text, "kept_at": at},
            where=DraftRow.given_before == draft.given_before,
        )
        return self._session.scalar(kept.returning(DraftRow.claim_id)) is not None

    def load(self, claim_id: int, name: str) -> Draft:
        """The draft of this person at this claim; without text where nothing was written."""
        own = select(DraftRow.text, DraftRow.given_before).where(
            DraftRow.claim_id == claim_id, DraftRow.name == name
        )
        row = self._session.execute(own).one_or_none()
        return Draft(claim_id, name) if row is None else Draft(claim_id, name, row.text, row.given_before)

    def give(self, claim_id: int, name: str, at: datetime) -> None:
        """The comment was given: there is no draft of it any more, and one that comes late is not kept."""
        row = insert_into(self._session, DraftRow).values(
            take_values(Draft(claim_id, name, None, 1), kept_at=at)
        )
        self._session.execute(
            row.on_conflict_do_update(
                index_elements=_OWN,
                set_={"text": None, "kept_at": at, "given_before": DraftRow.given_before + 1},
            )
        )

    def count_characters(self, name: str, besides: int) -> int:
        """How many characters the person's drafts hold, besides that at one claim."""
        length = func.coalesce(func.sum(func.length(DraftRow.text)), 0)
        others = select(length).where(DraftRow.name == name, DraftRow.claim_id != besides)
        return int(self._session.scalars(others).one())
