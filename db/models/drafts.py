"""Comments that are still being written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Typed


class DraftRow(Base):
    """The one draft of a person in a field of a claim. It stays, without its text, when that was given.

    ``name`` is the account's for the comment of a grade; for another field it is that field, a colon, which
    is in no account's name, and a digest of the account's.
    """

    __tablename__ = "draft"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    text: Mapped[str | None] = mapped_column(Typed("draft.text"))
    kept_at: Mapped[datetime]
    given_before: Mapped[int] = mapped_column(default=0, server_default=literal_column("0"))
