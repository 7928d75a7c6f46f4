"""What editors decided of versions and of low-graded claims, and what they closed. All only ever grow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from claims.records.decision import Decision, Keeping, VersionState
from claims.records.plan import Declaration
from claims.records.record_json import Json
from db.among import among
from db.mapping import make_row, read_record
from db.models import ClosedVersionRow, DecisionRow, KeepingRow
from db.repositories.inserting import note_decided
from db.repositories.latest import load_latest

_CLOSED = tuple(state for state in VersionState if not state.is_open)


class DecisionRepository:
    """Appends; the latest decision tells where a version stands."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, decision: Decision) -> None:
        """Keep this decision."""
        self._session.add(make_row(DecisionRow, decision))
        self._session.flush()
        note_decided(self._session, decision.version_id)

    def add_keeping(self, keeping: Keeping) -> None:
        """Keep that the claim is kept."""
        self._session.add(make_row(KeepingRow, keeping))
        self._session.flush()

    def load_states(self, version_ids: Collection[int]) -> dict[int, VersionState]:
        """Where each of these versions was put last; one that nobody decided on is absent."""
        latest = (
            select(func.max(DecisionRow.id))
            .where(among(DecisionRow.version_id, version_ids))
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

    def keep_closed(
        self,
        version_id: int,
        dossiers: Json,
        citations: Json,
        declarations: Sequence[Declaration],
    ) -> None:
        """Keep with the latest decision on the version what it closed."""
        decision = select(func.max(DecisionRow.id)).where(DecisionRow.version_id == version_id)
        self._session.add(
            ClosedVersionRow(
                decision_id=self._session.scalars(decision).one(),
                dossiers=dossiers,
                citations=citations,
                declarations=tuple(declarations),
            )
        )
        self._session.flush()

    def find_closing(self, version_id: int) -> Decision | None:
        """The decision with which the closed version was kept.

        ``None`` for an open one, and for one that was closed before such was kept.
        """
        closing = select(DecisionRow).where(DecisionRow.id == _find_kept(version_id))
        row = self._session.scalars(closing).one_or_none()
        return None if row is None else read_record(Decision, row)

    def load_closed(self, version_id: int) -> tuple[Any, Any] | None:
        """The JSON of the dossiers and of the records that the decision of ``find_closing`` kept, if any."""
        kept = select(ClosedVersionRow.dossiers, ClosedVersionRow.citations)
        row = self._session.execute(
            kept.where(ClosedVersionRow.decision_id == _find_kept(version_id))
        ).one_or_none()
        return None if row is None else (row.dossiers, row.citations)

    def load_closed_declarations(self, version_id: int) -> dict[str, Declaration] | None:
        """Each person's declaration as the decision of ``find_closing`` kept it, by name."""
        kept = select(ClosedVersionRow.declarations)
        declared = self._session.scalars(
            kept.where(ClosedVersionRow.decision_id == _find_kept(version_id))
        ).one_or_none()
        return None if declared is None else {one.name: one for one in declared}


def _find_kept(version_id: int) -> ScalarSelect[Any]:
    """The latest decision that kept something of the version, none while the version is open."""
    of_version = DecisionRow.version_id == version_id
    latest = select(func.max(DecisionRow.id)).where(of_version).scalar_subquery()
    closed = select(DecisionRow.id).where(DecisionRow.id == latest, DecisionRow.state.in_(_CLOSED)).exists()
    kept = select(func.max(ClosedVersionRow.decision_id)).join(
        DecisionRow, DecisionRow.id == ClosedVersionRow.decision_id
    )
    return kept.where(of_version, closed).scalar_subquery()
