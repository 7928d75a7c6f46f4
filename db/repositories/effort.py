"""What work on claims took."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from claims.records.effort import Effort, EffortSum
from db.among import among
from db.mapping import make_row
from db.models import EffortRow, PlacementRow


class EffortRepository:
    """Appends visits and adds them up."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, effort: Effort) -> None:
        """Keep this visit."""
        self._session.add(make_row(EffortRow, effort))
        self._session.flush()

    def sum_of_claim(self, claim_id: int, name: str) -> EffortSum:
        """All visits of this person to the claim; zeros where there was none."""
        found = self._sum((EffortRow.claim_id == claim_id) & (EffortRow.name == name))
        return found[0] if found else EffortSum(claim_id, name, 0.0, 0, 0)

    def sum_of_version(self, version_id: int) -> tuple[EffortSum, ...]:
        """The visits of each person to each claim that stands in a version, by person and claim."""
        standing = select(PlacementRow.claim_id).where(
            PlacementRow.version_id == version_id, PlacementRow.standing
        )
        return self._sum(EffortRow.claim_id.in_(standing))

    def sum_of_claims(self, claim_ids: Collection[int]) -> tuple[EffortSum, ...]:
        """The visits of each person to each of these claims, by person and claim."""
        return self._sum(among(EffortRow.claim_id, claim_ids))

    def _sum(self, chosen: ColumnElement[bool]) -> tuple[EffortSum, ...]:
        rows = self._session.execute(
            select(
                EffortRow.claim_id,
                EffortRow.name,
                func.sum(EffortRow.seconds),
                func.sum(EffortRow.actions),
                func.count(EffortRow.id),
            )
            .where(chosen)
            .group_by(EffortRow.name, EffortRow.claim_id)
            .order_by(EffortRow.name, EffortRow.claim_id)
        )
        return tuple(EffortSum(*row) for row in rows)
