"""The claims of a version, and the units that became none."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim, DroppedUnit
from db.base import Base, Stored


class ClaimRow(Base):
    """A claim and where it stands; ``revision`` grows with each change of its status."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    number: Mapped[int]
    claim: Mapped[Claim] = mapped_column(Stored(Claim))
    status: Mapped[ClaimStatus]
    reason: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]


class DroppedRow(Base):
    """A dropped unit; ``claim_id`` once it was restored."""

    __tablename__ = "dropped_unit"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), index=True)
    unit: Mapped[DroppedUnit] = mapped_column(Stored(DroppedUnit))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), unique=True)
