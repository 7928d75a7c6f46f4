"""Sentences approved for reuse: those that stand, and those that were withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from claims.errors import NotFound
from claims.records.citation import Pmid
from claims.records.standard_wording import StandardWording
from claims.text.wording import digest_wording
from db.among import among
from db.mapping import read_record
from db.models import PlacementRow, StandardWordingRow


class StandardWordingRepository:
    """Keeps each sentence; withdrawing fills what was empty, and nothing else is changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, claim_id: int, words: str, pmids: tuple[Pmid, ...], approved_by: str, at: datetime
    ) -> StandardWording:
        """The sentence as it stands from now on, under the next number."""
        row = StandardWordingRow(
            claim_id=claim_id,
            words=words,
            reading=digest_wording(words),
            pmids=pmids,
            approved_by=approved_by,
            approved_at=at,
            reason="",
            withdrawn_by="",
            withdrawn_at=None,
        )
        self._session.add(row)
        self._session.flush()
        return read_record(StandardWording, row)

    def withdraw(self, number: int, reason: str, withdrawn_by: str, at: datetime) -> bool:
        """Whether the sentence stood, and is withdrawn now."""
        taken = self._session.scalar(
            update(StandardWordingRow)
            .where(StandardWordingRow.number == number, StandardWordingRow.withdrawn_at.is_(None))
            .values(reason=reason, withdrawn_by=withdrawn_by, withdrawn_at=at)
            .returning(StandardWordingRow.number),
            execution_options={"synchronize_session": False},
        )
        return taken is not None

    def get(self, number: int) -> StandardWording:
        """The sentence of this number. Raises ``NotFound``."""
        found = self._load(StandardWordingRow.number == number)
        if not found:
            raise NotFound("wording_not_found", number=number)
        return found[0]

    def list_all(self) -> tuple[StandardWording, ...]:
        """All of them, the latest first; those that were withdrawn stand among them."""
        return self._load()

    def find(self, readings: Collection[str]) -> tuple[StandardWording, ...]:
        """Those that say one of these, be it spelled otherwise, the latest first."""
        return self._load(among(StandardWordingRow.reading, {digest_wording(one) for one in readings}))

    def list_using(self, words: str) -> tuple[tuple[int, int], ...]:
        """Each version and claim of it that is read as this sentence there."""
        using = select(PlacementRow.version_id, PlacementRow.claim_id).where(
            PlacementRow.reading == digest_wording(words), PlacementRow.standing
        )
        return tuple(sorted((row.version_id, row.claim_id) for row in self._session.execute(using)))

    def _load(self, *only: ColumnElement[bool]) -> tuple[StandardWording, ...]:
        rows = self._session.scalars(
            select(StandardWordingRow)
            .where(*only)
            .order_by(StandardWordingRow.number.desc())
            .execution_options(populate_existing=True)
        )
        return tuple(read_record(StandardWording, row) for row in rows)
