"""Claims as they stand in a version: reading them, and beginning new ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, insert, select, update
from sqlalchemy.orm import Session

from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim
from claims.records.lineage import HandStep
from claims.records.review import ReviewClaim
from db.mapping import Values, claim_record, claim_values, placement_values
from db.models import ClaimRow, PlacementRow
from db.repositories.inserting import insert_many


def load_placed(session: Session, chosen: ColumnElement[bool]) -> tuple[ReviewClaim, ...]:
    """The claims of the chosen placements as they now stand, by version and number, in one query.

    A claim whose place others took has the number 0.
    """
    versions = select(PlacementRow.version_id).where(chosen)
    place = (PlacementRow.start_char, PlacementRow.end_char, PlacementRow.claim_id)
    numbers = (
        select(
            PlacementRow.id,
            func.row_number().over(partition_by=PlacementRow.version_id, order_by=place).label("number"),
        )
        .where(PlacementRow.standing, PlacementRow.version_id.in_(versions))
        .subquery()
    )
    number = func.coalesce(numbers.c.number, 0)
    rows = session.execute(
        select(ClaimRow, PlacementRow, number)
        .join(PlacementRow, PlacementRow.claim_id == ClaimRow.id)
        .outerjoin(numbers, numbers.c.id == PlacementRow.id)
        .where(chosen)
        .order_by(PlacementRow.version_id, number, PlacementRow.id)
        .execution_options(populate_existing=True)
    )
    return tuple(claim_record(row, placement, number) for row, placement, number in rows)


def latest_placements(claim_ids: Sequence[int]) -> Select[int]:
    """The placement of each of these claims in the newest version that it came to."""
    return (
        select(func.max(PlacementRow.id))
        .where(PlacementRow.claim_id.in_(claim_ids))
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
    insert_many(
        session,
        PlacementRow,
        [
            placement_values(new.claim, version_id, claim_id)
            for new, claim_id in zip(claims, ids, strict=True)
        ],
    )
    return ids


def set_standing(session: Session, version_id: int, claim_ids: Sequence[int], standing: bool) -> None:
    """Take claims out of a version's list, or put them back; both leave what was said of them."""
    session.execute(
        update(PlacementRow)
        .where(PlacementRow.version_id == version_id, PlacementRow.claim_id.in_(claim_ids))
        .values(standing=standing),
        execution_options={"synchronize_session": False},
    )
