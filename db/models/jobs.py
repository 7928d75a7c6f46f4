"""Jobs: what was asked for, who works at it until when, and how it ended."""

from __future__ import annotations

from sqlalchemy import BigInteger, Double, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.job import JobKind, JobState
from db.base import Base, Stored


class JobRow(Base):
    """The latest job under a key. ``taken_by`` works at one that is running until ``taken_until``.

    Moments are seconds since 1970 by the database's clock.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "asked_at"),)

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[JobKind]
    target: Mapped[int]
    total: Mapped[int]
    asked_by: Mapped[str] = mapped_column(Text)
    order_values: Mapped[tuple[tuple[str, str], ...]] = mapped_column(Stored(tuple[tuple[str, str], ...]))
    asked_at: Mapped[float] = mapped_column(Double)
    state: Mapped[JobState]
    done: Mapped[int]
    attempts: Mapped[int]
    is_stopping: Mapped[bool]
    taken_by: Mapped[str] = mapped_column(Text)
    taken_until: Mapped[float] = mapped_column(Double)
    failure: Mapped[str] = mapped_column(Text)
    failure_values: Mapped[tuple[tuple[str, str], ...]] = mapped_column(Stored(tuple[tuple[str, str], ...]))
