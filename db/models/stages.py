"""Where each article stands and how many flags are open: counted after a step, when somebody next looks.

``marks`` counts the steps that touched a row, ``counted`` up to which of them it holds: where they differ it
is to be counted anew (``reviewer/workflow/stages.py``).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.decision import VersionState
from claims.records.stage import Stage
from db.base import Base

_DUE: dict[str, Any] = {
    "sqlite_where": text("marks <> counted"),
    "postgresql_where": text("marks <> counted"),
}


class StageRow(Base):
    """An article in its newest version: what it waits for, and since when."""

    __tablename__ = "article_stage"
    __table_args__ = (
        Index("ix_article_stage_since", "stage", "since", "article_id"),
        Index("ix_article_stage_due_on", "due_on", "article_id"),
        Index("ix_article_stage_due", "article_id", **_DUE),
    )

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), unique=True)
    state: Mapped[VersionState]
    stage: Mapped[Stage]
    since: Mapped[datetime]
    due_on: Mapped[date | None]
    unanswered: Mapped[int]
    answered: Mapped[int]
    marks: Mapped[int]
    counted: Mapped[int]


class FlagTallyRow(Base):
    """How many flags of a claim are open in the newest version that it stands in."""

    __tablename__ = "flag_tally"
    __table_args__ = (
        Index("ix_flag_tally_version", "version_id", "unanswered", "answered"),
        Index("ix_flag_tally_due", "version_id", "claim_id", **_DUE),
    )

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    unanswered: Mapped[int]
    answered: Mapped[int]
    marks: Mapped[int]
    counted: Mapped[int]
