"""How conflicts were settled; a trigger refuses every change and deletion of these rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import BodyCertainty, SupportGrade
from db.base import Stored, Typed
from db.models.assessments import OrderedStepRow


class OwnViewRow(OrderedStepRow):
    """An adjudicator's view of a claim from before the grades were seen."""

    __tablename__ = "own_view"
    __table_args__ = (Index(None, "claim_id"),)

    grade: Mapped[SupportGrade]
    comment: Mapped[str] = mapped_column(Typed("own_view.comment"))
    written_by: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(String(64))


class AdjudicationRow(OrderedStepRow):
    """The decision on a claim whose graders differed; their grades stand beside it."""

    __tablename__ = "adjudication"
    __table_args__ = (Index(None, "claim_id"),)

    grade: Mapped[SupportGrade]
    comment: Mapped[str] = mapped_column(Typed("adjudication.comment"))
    adjudicated_by: Mapped[str] = mapped_column(Text)
    adjudicated_at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(String(64))
    graders: Mapped[tuple[str, ...]] = mapped_column(Stored(tuple[str, ...]))
    body_certainty: Mapped[BodyCertainty | None]
