"""What editors decided of versions and of low-graded claims. Both only ever grow."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.records.decision import Decision, Keeping, VersionState
from db.mapping import make_row, read_record
from db.models import DecisionRow, KeepingRow
from db.repositories.latest import load_latest


class DecisionRepository:
    """Appends; the latest decision tells where a version stands."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, decision: Decision) -> None:
        """Keep this decision."""
        self._session.add(make_row(DecisionRow, decision))
        self._session.flush()

    def add_keeping(self, keeping: Keeping) -> None:
        """Keep that the claim is kept."""
        self._session.add(make_row(KeepingRow, keeping))
        self._session.flush()

    def load_states(self, version_ids: Collection[int]) -> dict[int, VersionState]:
        """Where each of these versions was put last; one that nobody decided on is absent."""
        latest = (
            select(func.max(DecisionRow.id))
            .where(DecisionRow.version_id.in_(version_ids))
            .group_by(DecisionRow.version_id)
        )
        rows = self._session.execute(
            select(DecisionRow.version_id, DecisionRow.state).where(DecisionRow.id.in_(latest))
        )
        return {row.version_id: row.state for row in rows}

    def list_decisions(self, version_id: int) -> tuple[Decision, ...]:
        """All decisions on a version, oldest first."""
        rows = self._session.scalars(
            select(DecisionRow).where(DecisionRow.version_id == version_id).order_by(DecisionRow.id)
        )
        return tuple(read_record(Decision, row) for row in rows)

    def load_keepings(self, claim_ids: Collection[int]) -> dict[int, Keeping]:
        """The latest keeping of each of these claims; a claim that was never kept is absent."""
        rows = load_latest(self._session, KeepingRow, claim_ids)
        return {row.claim_id: read_record(Keeping, row) for row in rows}
