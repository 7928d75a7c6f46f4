"""Sentences approved for reuse, found by the digest of how they are read (``claims/text/wording.py``)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.citation import Pmid
from db.base import Base, Stored, Typed

_STANDING: dict[str, Any] = {
    "sqlite_where": text("withdrawn_at IS NULL"),
    "postgresql_where": text("withdrawn_at IS NULL"),
}


class StandardWordingRow(Base):
    """One sentence; of one wording one row at most stands. Withdrawn it stays, with its reason."""

    __tablename__ = "standard_wording"
    __table_args__ = (Index("uq_standard_wording_standing", "reading", unique=True, **_STANDING),)

    number: Mapped[int] = mapped_column(primary_key=True, init=False)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    words: Mapped[str] = mapped_column(Text)
    reading: Mapped[int] = mapped_column(BigInteger)
    pmids: Mapped[tuple[Pmid, ...]] = mapped_column(Stored(tuple[Pmid, ...]))
    approved_by: Mapped[str] = mapped_column(Text)
    approved_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Typed("standard_wording.reason"))
    withdrawn_by: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None]
