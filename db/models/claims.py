"""Claims, where they stand in each version, how they came of one another, and the units that became none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim, DroppedUnit
from claims.records.lineage import HandStep, Relation
from db.base import Base, Stored, Typed


class ClaimRow(Base):
    """A claim and where its review stands; it lives on in every version that leaves its text untouched.

    It began in ``version_id`` as the ``number``-th that did. ``revision`` grows with each change, ``steps``
    with whatever a person says of it.
    """

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    number: Mapped[int]
    status: Mapped[ClaimStatus] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Typed("claim.reason"))
    by_hand: Mapped[tuple[HandStep, ...]] = mapped_column(Stored(tuple[HandStep, ...]))
    revision: Mapped[int]
    steps: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class PlacementRow(Base):
    """A claim as it reads in one version. ``standing`` until claims made by hand take its place there.

    ``wording`` and ``reading`` are digests of its sentence and of how that is read
    (``claims/text/wording.py``), by which the same is found.
    """

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("version_id", "claim_id"),
        Index(
            "ix_placement_place",
            "version_id",
            "start_char",
            "end_char",
            "claim_id",
            sqlite_where=text("standing = 1"),
            postgresql_where=text("standing"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    start_char: Mapped[int]
    end_char: Mapped[int]
    claim: Mapped[Claim] = mapped_column(Stored(Claim))
    standing: Mapped[bool]
    read_since: Mapped[datetime | None]
    read_after: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    wording: Mapped[int | None] = mapped_column(BigInteger, index=True, default=None)
    reading: Mapped[int | None] = mapped_column(BigInteger, index=True, default=None)


class DescentRow(Base):
    """A line between a former claim and one that came of it; a trigger refuses every change of it."""

    __tablename__ = "descent"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), index=True)
    relation: Mapped[Relation]
    former_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    by_hand: Mapped[bool]


class DroppedRow(Base):
    """A dropped unit; ``claim_id`` once it was restored."""

    __tablename__ = "dropped_unit"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), index=True)
    unit: Mapped[DroppedUnit] = mapped_column(Stored(DroppedUnit))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), unique=True)
