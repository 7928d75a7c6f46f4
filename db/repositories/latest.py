"""What one query brings for many claims: all of it by claim, or the latest step that was not taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims.records.assessment import StepKind
from db.among import among
from db.models import TakenBackRow
from db.models.assessments import ClaimStepRow

_Record = TypeVar("_Record")
_Row = TypeVar("_Row", bound=ClaimStepRow)


def load_latest(
    session: Session,
    kind: type[_Row],
    claim_ids: Collection[int],
    *within: InstrumentedAttribute[Any],
    step: StepKind | None = None,
) -> tuple[_Row, ...]:
    """The last row of each claim, or of each claim and ``within``, in the order they were written.

    With ``step``, rows that were taken back are passed over. One query however many claims.
    """
    latest = select(func.max(kind.id)).where(among(kind.claim_id, claim_ids)).group_by(kind.claim_id, *within)
    if step is not None:
        latest = latest.where(still_stands(kind, step))
    return tuple(session.scalars(select(kind).where(kind.id.in_(latest)).order_by(kind.id)))


def still_stands(kind: type[ClaimStepRow], step: StepKind) -> ColumnElement[bool]:
    """The condition that a row was not taken back."""
    taken = select(TakenBackRow.id).where(TakenBackRow.kind == step, TakenBackRow.step_id == kind.id)
    return ~taken.exists()


def group_by_claim(
    claim_ids: Iterable[int], found: Iterable[tuple[int, _Record]]
) -> dict[int, tuple[_Record, ...]]:
    """The records of each claim in the order they came; every claim asked for is there.

    >>> group_by_claim([1, 2], [(1, "a"), (1, "b")])
    {1: ('a', 'b'), 2: ()}
    """
    gathered: dict[int, list[_Record]] = {}
    for claim_id, record in found:
        gathered.setdefault(claim_id, []).append(record)
    none: tuple[_Record, ...] = ()
    return dict.fromkeys(claim_ids, none) | {
        claim_id: tuple(records) for claim_id, records in gathered.items()
    }
