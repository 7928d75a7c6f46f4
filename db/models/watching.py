"""What is watched after publication: Retraction Watch, runs over papers, claims that lost their ground."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.citation import Pmid, RetractionStatus
from claims.records.recheck import LostGround, Met
from claims.records.watch import Nature
from db.base import Base

_STANDING: dict[str, Any] = {
    "sqlite_where": text("lifted_at IS NULL"),
    "postgresql_where": text("lifted_at IS NULL"),
}
_OPEN: dict[str, Any] = {
    "sqlite_where": text("is_open = 1"),
    "postgresql_where": text("is_open"),
}


class WatchRow(Base):
    """One row of Retraction Watch as the file that was imported last has it."""

    __tablename__ = "retraction_watch"

    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    nature: Mapped[Nature]
    pmid: Mapped[Pmid | None] = mapped_column(index=True)
    doi: Mapped[str] = mapped_column(String(400), index=True)
    told_on: Mapped[date | None]
    notice_pmid: Mapped[Pmid | None]
    notice_doi: Mapped[str] = mapped_column(String(400))
    reasons: Mapped[str] = mapped_column(Text)


class RecheckRow(Base):
    """One run over the papers under live claims; one at most is open."""

    __tablename__ = "recheck_run"
    __table_args__ = (Index("uq_recheck_run_open", "is_open", unique=True, **_OPEN),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    source: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    tried_at: Mapped[datetime]
    total: Mapped[int]
    done: Mapped[int]
    checked: Mapped[int]
    changed: Mapped[int]
    cursor: Mapped[str] = mapped_column(String(10))
    ended_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(Text)
    is_open: Mapped[bool]


class RecheckNoteRow(Base):
    """A paper that a run tells of."""

    __tablename__ = "recheck_note"
    __table_args__ = (UniqueConstraint("run_id", "pmid"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    run_id: Mapped[int] = mapped_column(ForeignKey("recheck_run.id"))
    pmid: Mapped[Pmid]
    met: Mapped[Met]
    about: Mapped[str] = mapped_column(Text)


class ReviewMarkRow(Base):
    """That a claim of a published version needs review, until ``lifted_at``."""

    __tablename__ = "review_mark"
    __table_args__ = (
        Index("uq_review_mark_standing", "version_id", "claim_id", "cause", "key", unique=True, **_STANDING),
        Index("ix_review_mark_pmid", "pmid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    cause: Mapped[LostGround]
    pmid: Mapped[Pmid | None]
    status: Mapped[RetractionStatus | None]
    raised_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    key: Mapped[str] = mapped_column(String(80))
    due_on: Mapped[date | None]
    other_claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
