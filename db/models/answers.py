"""What sources have answered, and the turns at which they may be asked: nothing that a review rests on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Double, String, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.citation import Citation, Pmid
from claims.records.retrieval import SourceAnswer
from db.base import Base, Stored


class BudgetRow(Base):
    """The turns of all who ask with one key. ``account`` tells the key without giving it away.

    ``next_turn`` and ``resumes_at`` are seconds since 1970 by the database's own clock; turns are so much
    ``slack`` wider than the rate as lateness and refusals have shown to be needed.
    """

    __tablename__ = "request_budget"

    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    turns_given: Mapped[int] = mapped_column(BigInteger)
    next_turn: Mapped[float] = mapped_column(Double)
    resumes_at: Mapped[float] = mapped_column(Double)
    slack: Mapped[float] = mapped_column(Double, server_default=text("0.05"))


class SentRow(Base):
    """When the request of one of the latest turns was sent, 0 where none will be."""

    __tablename__ = "request_sent"

    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    sent_at: Mapped[float] = mapped_column(Double)


class SourceAnswerRow(Base):
    """The latest answer of a source to a query, of which at most ``asked_for`` PMIDs were wanted."""

    __tablename__ = "source_answer"

    source: Mapped[str] = mapped_column(String(20), primary_key=True)
    query_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked_for: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[SourceAnswer] = mapped_column(Stored(SourceAnswer))


class FetchedRow(Base):
    """A record as a source sent it for this PMID. Its own number is another where NLM changed it."""

    __tablename__ = "fetched_record"

    source: Mapped[str] = mapped_column(String(20), primary_key=True)
    pmid: Mapped[Pmid] = mapped_column(primary_key=True)
    fetched_at: Mapped[datetime] = mapped_column(index=True)
    citation: Mapped[Citation] = mapped_column(Stored(Citation))
