"""What editors decided; a trigger refuses every change and deletion of these rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import SupportGrade
from claims.records.decision import Signature, VersionState
from claims.records.plan import Declaration
from db.base import Base, Stored, Typed
from db.models.assessments import ClaimStepRow


class DecisionRow(Base):
    """One step of a version from state to state; the latest tells where it stands."""

    __tablename__ = "version_decision"
    __table_args__ = (Index("ix_version_decision_decided_at", "decided_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), index=True)
    version_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[VersionState]
    comment: Mapped[str] = mapped_column(Typed("version_decision.comment"))
    decided_by: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime]
    signature: Mapped[Signature | None] = mapped_column(Stored(Signature))


class ClosedVersionRow(Base):
    """What a decision closed, as it then stood: its dossiers, their records, the declarations."""

    __tablename__ = "closed_version"

    decision_id: Mapped[int] = mapped_column(ForeignKey("version_decision.id"), primary_key=True)
    dossiers: Mapped[Any] = mapped_column(JSON)
    citations: Mapped[Any] = mapped_column(JSON)
    declarations: Mapped[tuple[Declaration, ...]] = mapped_column(Stored(tuple[Declaration, ...]))


class KeepingRow(ClaimStepRow):
    """A low-graded claim that an editor keeps, with the reason."""

    __tablename__ = "keeping"
    __table_args__ = (Index(None, "claim_id"),)

    grade: Mapped[SupportGrade]
    reason: Mapped[str] = mapped_column(Typed("keeping.reason"))
    kept_by: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(String(64))
