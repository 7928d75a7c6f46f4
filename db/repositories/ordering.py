"""The order of a claim's steps, counted in the database: what counts is never decided by machines' clocks."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.models import ClaimRow
from db.models.assessments import OrderedStepRow
from db.repositories.inserting import touch_claims

_Row = TypeVar("_Row", bound=OrderedStepRow)


def add_step(session: Session, row: _Row) -> _Row:
    """The stored row, as the claim's next step; of two at once one is the later."""
    row.sequence = session.execute(
        update(ClaimRow)
        .where(ClaimRow.id == row.claim_id)
        .values(steps=ClaimRow.steps + 1)
        .returning(ClaimRow.steps),
        execution_options={"synchronize_session": False},
    ).scalar_one()
    touch_claims(session, [row.claim_id])
    session.add(row)
    session.flush()
    return row
