"""The claims around one in its version: by the index of their places, however many the version has."""

from __future__ import annotations

from sqlalchemy import ColumnElement, UnaryExpression, func, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import Tuple

from claims.records.review import ReviewClaim
from db.mapping import claim_record, select_claims
from db.models import PlacementRow

_ORDER = PlacementRow.start_char, PlacementRow.end_char, PlacementRow.claim_id
_place = tuple_(*_ORDER)


def load_nearby(session: Session, claim: ReviewClaim, most: int) -> tuple[ReviewClaim, ...]:
    """The claims that stand around ``claim``, as they now stand, with their numbers."""
    here = _name_place(claim)
    of_version = select_claims().where(_stand_with(claim))
    before = session.execute(of_version.where(_place < here).order_by(*_from_here_back()).limit(most)).all()
    onward = session.execute(of_version.where(_place >= here).order_by(*_ORDER).limit(most + 1)).all()
    number = claim.number
    if not number:
        counted = select(func.count()).select_from(PlacementRow).where(_stand_with(claim), _place < here)
        number = 1 + (session.scalar(counted) or 0)
    first = number - len(before)
    return tuple(
        claim_record(row, place) for place, row in enumerate([*reversed(before), *onward], start=first)
    )


def _name_place(claim: ReviewClaim) -> Tuple:
    return tuple_(claim.claim.start, claim.claim.end, claim.id)


def _stand_with(claim: ReviewClaim) -> ColumnElement[bool]:
    return (PlacementRow.version_id == claim.version_id) & PlacementRow.standing


def _from_here_back() -> list[UnaryExpression[int]]:
    return [column.desc() for column in _ORDER]
