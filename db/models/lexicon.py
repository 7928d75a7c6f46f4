"""The terms that reviewers added to the lexicon."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.lexicon.tables import LexiconRow
from db.base import Base, Stored


class TermRow(Base):
    """One added term under its folded spelling, in the wording that was saved last."""

    __tablename__ = "lexicon_term"

    spelling: Mapped[str] = mapped_column(String(200), primary_key=True)
    row: Mapped[LexiconRow] = mapped_column(Stored(LexiconRow))
    added_by: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime]
