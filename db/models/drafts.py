"""Comments that are still being written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class DraftRow(Base):
    """The one draft of a person at a claim."""

    __tablename__ = "draft"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]
