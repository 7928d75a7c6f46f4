"""Steps that wait for a second person. What was proposed and answered only ever grows."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.errors import NotFound
from claims.records.proposal import Proposal
from db.mapping import read_record
from db.models import ProposalAnswerRow, ProposalRow


class ProposalRepository:
    """Appends proposals and their answers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, proposal: Proposal) -> Proposal:
        """The proposal with the number that it is now known by."""
        names = (field.name for field in fields(Proposal) if field.name != "id")
        row = ProposalRow(**{name: getattr(proposal, name) for name in names})
        self._session.add(row)
        self._session.flush()
        return read_record(Proposal, row)

    def answer(self, proposal_id: int, confirmed: bool, name: str, at: datetime) -> None:
        """Keep what came of the proposal; it has one answer."""
        self._session.add(
            ProposalAnswerRow(proposal_id=proposal_id, confirmed=confirmed, answered_by=name, answered_at=at)
        )
        self._session.flush()

    def get(self, proposal_id: int) -> Proposal:
        """The proposal of this number. Raises ``NotFound``."""
        row = self._session.get(ProposalRow, proposal_id)
        if row is None:
            raise NotFound("proposal_not_found", id=proposal_id)
        return read_record(Proposal, row)

    def list_unanswered(self, version_id: int) -> tuple[Proposal, ...]:
        """The proposals for a version that nobody answered yet, oldest first."""
        answered = select(ProposalAnswerRow.id).where(ProposalAnswerRow.proposal_id == ProposalRow.id)
        rows = self._session.scalars(
            select(ProposalRow)
            .where(ProposalRow.version_id == version_id, ~answered.exists())
            .order_by(ProposalRow.id)
        )
        return tuple(read_record(Proposal, row) for row in rows)
