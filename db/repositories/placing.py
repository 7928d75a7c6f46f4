"""Claims as they stand in a version: reading them, and beginning new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, case, func, insert, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim
from claims.records.lineage import HandStep
from claims.records.review import ReviewClaim
from db.among import among
from db.mapping import (
    Values,
    claim_record,
    claim_values,
    placement_values,
    select_claims,
    words_values,
)
from db.models import ClaimRow, ClaimWordsRow, PlacementRow
from db.repositories.inserting import insert_many, touch_claims

# So many claims are each counted to, which takes 2 ms in a version of 50,000; for more its claims are all
# numbered at once, which takes 60 ms there (ADR 0043).
_COUNTED_TO = 25


def load_placed(
    session: Session, chosen: ColumnElement[bool], most: int | None = None
) -> tuple[ReviewClaim, ...]:
    """The claims of the chosen placements as they now stand, by version and number, in one query.

    ``most``: how many they are at most, where that is known. A claim whose place others took has the
    number 0.
    """
    rows = select_claims()
    if most is not None and most <= _COUNTED_TO:
        number = _count_to(PlacementRow)
        numbered = rows.add_columns(number)
    else:
        numbers = number_all(select(PlacementRow.version_id).where(chosen))
        number = func.coalesce(numbers.c.number, 0)
        numbered = rows.add_columns(number).outerjoin(numbers, numbers.c.id == PlacementRow.id)
    found = session.execute(numbered.where(chosen).order_by(PlacementRow.version_id, number, PlacementRow.id))
    return tuple(claim_record(row, row[-1]) for row in found)


def iterate_standing(session: Session, version_id: int, at_once: int) -> Iterator[tuple[ReviewClaim, ...]]:
    """The claims that stand in the version by number, so many at once."""
    place = (PlacementRow.start_char, PlacementRow.end_char, PlacementRow.claim_id)
    standing = (PlacementRow.version_id == version_id) & PlacementRow.standing
    ids = session.scalars(select(PlacementRow.id).where(standing).order_by(*place)).all()
    for first in range(0, len(ids), at_once):
        part = ids[first : first + at_once]
        rows = session.execute(select_claims().where(among(PlacementRow.id, part)).order_by(*place))
        yield tuple(claim_record(row, number) for number, row in enumerate(rows, start=first + 1))


def number_all(versions: Select[int]) -> Subquery:
    """By the ids of their places the numbers of all claims that stand in these versions."""
    place = (PlacementRow.start_char, PlacementRow.end_char, PlacementRow.claim_id)
    number = func.row_number().over(partition_by=PlacementRow.version_id, order_by=place)
    return (
        select(PlacementRow.id, number.label("number"))
        .where(PlacementRow.standing, PlacementRow.version_id.in_(versions))
        .subquery()
    )


def _count_to(placement: type[PlacementRow]) -> ColumnElement[int]:
    """How many claims stand in the version up to this one, 0 where it does not stand itself."""
    other = aliased(PlacementRow)
    until = tuple_(other.start_char, other.end_char, other.claim_id) <= tuple_(
        placement.start_char, placement.end_char, placement.claim_id
    )
    counted = select(func.count()).where(other.version_id == placement.version_id, other.standing, until)
    return case((placement.standing, counted.scalar_subquery()), else_=0)


def latest_placements(claim_ids: Sequence[int]) -> Select[int]:
    """The placement of each of these claims in the newest version that it came to."""
    return (
        select(func.max(PlacementRow.id))
        .where(among(PlacementRow.claim_id, claim_ids))
        .group_by(PlacementRow.claim_id)
    )


class NewClaim(NamedTuple):
    """A claim that begins; ``by_hand`` is what a person did to it already."""

    claim: Claim
    status: ClaimStatus = ClaimStatus.EXTRACTED
    by_hand: tuple[HandStep, ...] = ()


def begin_claims(session: Session, version_id: int, claims: Sequence[NewClaim]) -> list[int]:
    """The ids of new claims of a version, in the order given, each with its place, however many at once."""
    latest = session.scalar(select(func.max(ClaimRow.number)).where(ClaimRow.version_id == version_id)) or 0
    rows: list[Values] = [
        claim_values(version_id, number, new.status, new.by_hand)
        for number, new in enumerate(claims, start=latest + 1)
    ]
    if not rows:
        return []
    begun = session.execute(insert(ClaimRow).returning(ClaimRow.number, ClaimRow.id), rows)
    ids = [claim_id for _, claim_id in sorted((number, claim_id) for number, claim_id in begun)]
    touch_claims(session, ids)
    places = (placement_values(new.claim, version_id, id) for new, id in zip(claims, ids, strict=True))
    place_claims(session, list(places))
    return ids


def place_claims(session: Session, places: list[Values]) -> None:
    """Store these rows of ``placement``, and the words of each as they are searched."""
    insert_many(session, PlacementRow, places)
    insert_many(
        session, ClaimWordsRow, [words_values(r["version_id"], r["claim_id"], r["claim"]) for r in places]
    )


def set_standing(session: Session, version_id: int, claim_ids: Sequence[int], standing: bool) -> None:
    """Take claims out of a version's list, or put them back; both leave what was said of them."""
    touch_claims(session, claim_ids)
    session.execute(
        update(PlacementRow)
        .where(PlacementRow.version_id == version_id, among(PlacementRow.claim_id, claim_ids))
        .values(standing=standing),
        execution_options={"synchronize_session": False},
    )
