"""What is counted at each step instead of at each view; ``konkyo recount`` makes it anew of other tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.claim import ClaimType
from claims.records.people import Role
from db.base import Base, Stored

# As each database is asked, which takes the index by that alone.
_NEWEST: dict[str, Any] = {"sqlite_where": text("newest = 1"), "postgresql_where": text("newest")}
_PAIRED: dict[str, Any] = {
    "sqlite_where": text("newest = 1 AND first_by IS NOT NULL"),
    "postgresql_where": text("newest AND first_by IS NOT NULL"),
}


class TallyRow(Base):
    """How a claim counts in one version that it stands in; ``newest``: the article has no newer version.

    ``first_by`` and ``second_by`` gave the first two independent grades, in the order of their names.
    ``graders`` have a grade of the claim that counts now, the last of ``last_graded_at``.
    """

    __tablename__ = "claim_tally"
    __table_args__ = (
        Index("ix_claim_tally_counts", "version_id", "status", "answered"),
        Index("ix_claim_tally_last", "version_id", "last_graded_at"),
        Index(
            "ix_claim_tally_waiting",
            "status",
            "last_graded_at",
            "claim_id",
            **_NEWEST,
        ),
        Index(
            "ix_claim_tally_pairs",
            "claim_type",
            "first_by",
            "second_by",
            "first_grade",
            "second_grade",
            "status",
            **_PAIRED,
        ),
    )

    version_id: Mapped[int] = mapped_column(
        ForeignKey("article_version.id"), primary_key=True, autoincrement=False
    )
    claim_id: Mapped[int] = mapped_column(
        ForeignKey("claim.id"), primary_key=True, autoincrement=False, index=True
    )
    newest: Mapped[bool]
    claim_type: Mapped[ClaimType]
    status: Mapped[ClaimStatus]
    answered: Mapped[bool]
    first_by: Mapped[str | None] = mapped_column(Text)
    first_grade: Mapped[SupportGrade | None]
    second_by: Mapped[str | None] = mapped_column(Text)
    second_grade: Mapped[SupportGrade | None]
    graders: Mapped[tuple[str, ...]] = mapped_column(Stored(tuple[str, ...]))
    last_graded_at: Mapped[datetime | None]


class WorkloadRow(Base):
    """What lies with a person whom the plan of an article names: claims of its newest version."""

    __tablename__ = "workload"
    __table_args__ = (Index("ix_workload_person", "name", "role", "waiting", "done"),)

    version_id: Mapped[int] = mapped_column(
        ForeignKey("article_version.id"), primary_key=True, autoincrement=False
    )
    role: Mapped[Role] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    waiting: Mapped[int]
    done: Mapped[int]
