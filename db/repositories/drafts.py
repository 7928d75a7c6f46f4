"""Drafts: one a person, claim and field, the only rows that are written over and leave no trace."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from claims.records.draft import Draft
from claims.records.flag import AnswerKind
from db.mapping import Values
from db.models import DraftRow
from db.repositories.inserting import insert_into

_OWN = ("claim_id", "name")


class DraftRepository:
    """Keeps what people are still writing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, draft: Draft, at: datetime) -> bool:
        """Whether this draft now stands in place of an earlier one: not one that was given since."""
        row = insert_into(self._session, DraftRow).values(_write(draft, at))
        kept = row.on_conflict_do_update(
            index_elements=_OWN,
            set_={"text": draft.text, "kept_at": at},
            where=DraftRow.given_before == draft.given_before,
        )
        return self._session.scalar(kept.returning(DraftRow.claim_id)) is not None

    def load(self, claim_id: int, name: str) -> Draft:
        """The person's draft of the comment at this claim; without text where nothing was written."""
        own = select(DraftRow.text, DraftRow.given_before).where(
            DraftRow.claim_id == claim_id, DraftRow.name == name
        )
        row = self._session.execute(own).one_or_none()
        return Draft(claim_id, name) if row is None else Draft(claim_id, name, row.text, row.given_before)

    def load_fields(self, claim_id: int, name: str) -> tuple[Draft, ...]:
        """The person's drafts in the other fields of this claim, the one that was kept last first."""
        fields = {_name(name, field): field for field in AnswerKind}
        own = select(DraftRow).where(DraftRow.claim_id == claim_id, DraftRow.name.in_(fields))
        rows = self._session.scalars(own.order_by(DraftRow.kept_at.desc(), DraftRow.name))
        return tuple(Draft(claim_id, name, row.text, row.given_before, fields[row.name]) for row in rows)

    def give(self, claim_id: int, name: str, at: datetime, field: AnswerKind | None = None) -> None:
        """It was given: there is no draft of it any more, and one that comes late is not kept."""
        row = insert_into(self._session, DraftRow).values(_write(Draft(claim_id, name, None, 1, field), at))
        self._session.execute(
            row.on_conflict_do_update(
                index_elements=_OWN,
                set_={"text": None, "kept_at": at, "given_before": DraftRow.given_before + 1},
            )
        )

    def count_characters(self, name: str, besides: int, field: AnswerKind | None = None) -> int:
        """How many characters the person's drafts hold, besides that in one field of one claim."""
        own = [_name(name, one) for one in (None, *AnswerKind)]
        is_other = or_(DraftRow.claim_id != besides, DraftRow.name != _name(name, field))
        held = select(func.coalesce(func.sum(func.length(DraftRow.text)), 0)).where(
            DraftRow.name.in_(own), is_other
        )
        return int(self._session.scalars(held).one())


def _name(name: str, field: AnswerKind | None) -> str:
    """The name that a draft is kept under: no longer than that of an account, whatever the account's is."""
    return name if field is None else f"{field.value}:{sha256(name.encode()).hexdigest()[:40]}"


def _write(draft: Draft, at: datetime) -> Values:
    return {
        "claim_id": draft.claim_id,
        "name": _name(draft.name, draft.field),
        "text": draft.text,
        "given_before": draft.given_before,
        "kept_at": at,
    }
