"""The claims library: settled claims, and the keys by which they are found.

Marked by the step that settled a claim, and taken in when somebody next looks, as stages are
(``db/models/stages.py``): where ``marks`` and ``counted`` differ the row is to be read anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import SupportGrade
from claims.records.claim import ClaimType
from db.base import Base

_DUE: dict[str, Any] = {
    "sqlite_where": text("marks <> counted"),
    "postgresql_where": text("marks <> counted"),
}


class KnownClaimRow(Base):
    """A claim whose grade stands; nothing is told of it before it was taken in (``counted`` is 0)."""

    __tablename__ = "known_claim"
    __table_args__ = (
        Index("ix_known_claim_settled_at", "settled_at", "claim_id"),
        Index("ix_known_claim_due", "claim_id", **_DUE),
    )

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True, autoincrement=False)
    grade: Mapped[SupportGrade | None]
    claim_type: Mapped[ClaimType | None]
    level: Mapped[int | None]
    settled_at: Mapped[datetime | None]
    marks: Mapped[int]
    counted: Mapped[int]


class ClaimKeyRow(Base):
    """A key of a settled claim: a digest of a word or a pair of words (``claims.equivalence.blocking``)."""

    __tablename__ = "claim_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    claim_id: Mapped[int] = mapped_column(
        ForeignKey("claim.id"), primary_key=True, autoincrement=False, index=True
    )
