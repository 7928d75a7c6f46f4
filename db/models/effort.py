"""What work on claims took; a trigger refuses every change and deletion of these rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.assessments import ClaimStepRow


class EffortRow(ClaimStepRow):
    """One visit to one claim."""

    __tablename__ = "effort"
    __table_args__ = (Index(None, "claim_id", "name"),)

    name: Mapped[str] = mapped_column(Text)
    seconds: Mapped[float]
    actions: Mapped[int]
    ended_at: Mapped[datetime]
