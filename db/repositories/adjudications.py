"""How conflicts were settled, and what was opened again. All only ever grow."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from claims.records.adjudication import Adjudication, OwnView
from claims.records.assessment import Reopening, StepKind
from db.mapping import make_row, read_record
from db.models import AdjudicationRow, OwnViewRow, ReopeningRow
from db.repositories.latest import group_by_claim, load_latest
from db.repositories.ordering import add_step


class AdjudicationRepository:
    """Appends views, decisions and reopenings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_view(self, view: OwnView) -> None:
        """Keep the adjudicator's view."""
        add_step(self._session, make_row(OwnViewRow, view))

    def add(self, adjudication: Adjudication) -> None:
        """Keep the decision; the claim's status is changed apart from it."""
        add_step(self._session, make_row(AdjudicationRow, adjudication))

    def add_reopening(self, reopening: Reopening) -> None:
        """Keep that the claim is graded anew."""
        add_step(self._session, make_row(ReopeningRow, reopening))

    def load_views(self, claim_ids: Collection[int]) -> dict[int, tuple[OwnView, ...]]:
        """Each adjudicator's latest view of each of these claims, in the order they were written."""
        rows = load_latest(self._session, OwnViewRow, claim_ids, OwnViewRow.written_by)
        return group_by_claim(claim_ids, ((row.claim_id, read_record(OwnView, row)) for row in rows))

    def load_decided(self, claim_ids: Collection[int]) -> dict[int, Adjudication]:
        """The latest decision on each of these claims; one that was taken back is none."""
        rows = load_latest(self._session, AdjudicationRow, claim_ids, step=StepKind.ADJUDICATION)
        return {row.claim_id: read_record(Adjudication, row) for row in rows}

    def load_reopened(self, claim_ids: Collection[int]) -> dict[int, Reopening]:
        """How each of these claims was opened again last; one that never was is absent."""
        rows = load_latest(self._session, ReopeningRow, claim_ids)
        return {row.claim_id: read_record(Reopening, row) for row in rows}
