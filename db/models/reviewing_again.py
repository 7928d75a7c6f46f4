"""When published versions are to be looked at again, and what is new to their claims."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Double, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.citation import Pmid
from claims.records.living import NewRecordAnswer
from claims.records.retrieval import Rung, SearchStatus
from claims.records.review_day import ClaimDay
from db.base import Base, Stored, Typed

_OPEN_RUN: dict[str, Any] = {
    "sqlite_where": text("is_open = 1"),
    "postgresql_where": text("is_open"),
}
_UNANSWERED: dict[str, Any] = {
    "sqlite_where": text("answer IS NULL"),
    "postgresql_where": text("answer IS NULL"),
}


class ReviewDayRow(Base):
    """The day of one version, counted anew while ``rules`` is not the digest of those in force."""

    __tablename__ = "review_day"
    __table_args__ = (
        Index("ix_review_day_due_on", "due_on", "version_id"),
        Index("ix_review_day_rules", "rules", "version_id"),
    )

    version_id: Mapped[int] = mapped_column(
        ForeignKey("article_version.id"), primary_key=True, autoincrement=False
    )
    due_on: Mapped[date | None]
    claims: Mapped[tuple[ClaimDay, ...]] = mapped_column(Stored(tuple[ClaimDay, ...]))
    rules: Mapped[str] = mapped_column(String(64))
    told_on: Mapped[date | None]


class SetDayRow(Base):
    """A day that an editor set; the latest of a version holds. A trigger refuses changes and deletions."""

    __tablename__ = "review_date"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), index=True)
    due_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Typed("review_date.reason"))
    set_by: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime]


class LivingRunRow(Base):
    """One run over published claims for what is new to them; one at most is open."""

    __tablename__ = "living_run"
    __table_args__ = (Index("uq_living_run_open", "is_open", unique=True, **_OPEN_RUN),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    source: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    tried_at: Mapped[datetime]
    total: Mapped[int]
    done: Mapped[int]
    found: Mapped[int]
    failed: Mapped[int]
    cursor: Mapped[int]
    ended_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(Text)
    is_open: Mapped[bool]


class LivingLookRow(Base):
    """When a source was asked for what is new to a claim, and how that ended."""

    __tablename__ = "living_look"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(40), primary_key=True)
    tried_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    status: Mapped[SearchStatus]
    count: Mapped[int]
    failure: Mapped[str] = mapped_column(Text)


class NewRecordRow(Base):
    """A record that is new to a published claim: once, whatever became of it."""

    __tablename__ = "new_record"
    __table_args__ = (
        UniqueConstraint("claim_id", "pmid"),
        Index("ix_new_record_unanswered", "version_id", "claim_id", **_UNANSWERED),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    pmid: Mapped[Pmid] = mapped_column(ForeignKey("citation.pmid"), index=True)
    source: Mapped[str] = mapped_column(Text)
    rung: Mapped[Rung]
    relevance: Mapped[float] = mapped_column(Double)
    found_at: Mapped[datetime]
    answer: Mapped[NewRecordAnswer | None]
    comment: Mapped[str] = mapped_column(Typed("new_record.comment"))
    answered_by: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
