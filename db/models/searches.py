"""The log of searches, and the findings that stand for each claim."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Double, ForeignKey, Index, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.citation import Pmid
from claims.records.finding import Finding
from claims.records.retrieval import Rung, SearchPlan, SearchStatus
from db.base import Base, Stored


class SearchRow(Base):
    """One search of one claim: its plan, and how it ended as a whole.

    A claim has one that is running at most: ``taken_by`` searches until ``taken_until``, in seconds since
    1970 by the database's clock.
    """

    __tablename__ = "search"
    __table_args__ = (
        Index(
            "uq_search_running",
            "claim_id",
            unique=True,
            sqlite_where=text("status = 'running'"),
            postgresql_where=text("status = 'running'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    status: Mapped[SearchStatus]
    plan: Mapped[SearchPlan] = mapped_column(Stored(SearchPlan))
    taken_by: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    taken_until: Mapped[float] = mapped_column(Double, server_default=text("0"), default=0.0)


class RunRow(Base):
    """One query of a search as it was sent, kept for ever."""

    __tablename__ = "search_run"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    search_id: Mapped[int] = mapped_column(ForeignKey("search.id"), index=True)
    rung: Mapped[Rung]
    query: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    status: Mapped[SearchStatus]
    searched_at: Mapped[datetime]
    count: Mapped[int]
    translation: Mapped[str] = mapped_column(Text)
    warnings: Mapped[tuple[str, ...]] = mapped_column(Stored(tuple[str, ...]))
    failure: Mapped[str] = mapped_column(Text)
    lexicon_version: Mapped[str] = mapped_column(Text)
    ranker_version: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(Text, server_default=text("''"))
    failure_values: Mapped[tuple[tuple[str, str], ...] | None] = mapped_column(
        Stored(tuple[tuple[str, str], ...])
    )
    beside: Mapped[bool] = mapped_column(server_default=false())


class FindingRow(Base):
    """A citation that stands under a claim, with the machine's reading of it."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("claim_id", "pmid"), UniqueConstraint("claim_id", "rank"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    pmid: Mapped[Pmid] = mapped_column(ForeignKey("citation.pmid"), index=True)
    rank: Mapped[int]
    finding: Mapped[Finding] = mapped_column(Stored(Finding))
