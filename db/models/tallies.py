"""What is counted at each step instead of at each view; ``konkyo recount`` makes it anew of other tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.claim import ClaimType
from claims.records.people import Role
from claims.records.retrieval import SearchStatus
from db.base import Base, Stored

# As each database is asked, which takes the index by that alone.
_NEWEST: dict[str, Any] = {"sqlite_where": text("newest = 1"), "postgresql_where": text("newest")}
_PAIRED: dict[str, Any] = {
    "sqlite_where": text("newest = 1 AND first_by IS NOT NULL"),
    "postgresql_where": text("newest AND first_by IS NOT NULL"),
}
_GRADED: dict[str, Any] = {
    "sqlite_where": text("first_by IS NOT NULL"),
    "postgresql_where": text("first_by IS NOT NULL"),
}


class TallyRow(Base):
    """How a claim counts in one version that it stands in; ``newest``: the article has no newer version.

    ``first_by`` and ``second_by`` gave the first two independent grades, in the order of their names.
    ``graders`` have a grade of the claim that counts now, the last of ``last_graded_at``.

    The queue is read by the rest: ``number`` is the claim's in the version, ``search`` how its latest search
    ended, ``answered_by`` the source that answered its last query, "" where any query failed or lost
    anything. Lists go up by ``badness`` (``rate_badness``, as far as everybody knows), ``minus_papers`` and
    ``level``, the best of its papers', ``NO_LEVEL`` where none has any. Claims of one ``reading`` and type
    are in the same words.
    """

    __tablename__ = "claim_tally"
    __table_args__ = (
        Index("ix_claim_tally_counts", "version_id", "status", "answered", "search", "risky", "answered_by"),
        # Whatever is asked of whether a claim waits stands in each index by which it may come.
        Index("ix_claim_tally_number", "version_id", "number", "status", "claim_id"),
        Index("ix_claim_tally_badness", "version_id", "badness", "number", "status", "claim_id"),
        Index("ix_claim_tally_papers", "version_id", "minus_papers", "number", "status", "claim_id"),
        Index("ix_claim_tally_level", "version_id", "level", "number", "status", "claim_id"),
        Index("ix_claim_tally_alike", "version_id", "reading", "claim_type", "status", "number"),
        Index(
            "ix_claim_tally_pairs_of_version",
            "version_id",
            "claim_type",
            "first_by",
            "second_by",
            "first_grade",
            "second_grade",
            "status",
            **_GRADED,
        ),
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
    number: Mapped[int]
    search: Mapped[SearchStatus]
    answered_by: Mapped[str] = mapped_column(Text)
    risky: Mapped[bool]
    badness: Mapped[int]
    minus_papers: Mapped[int]
    level: Mapped[int]
    reading: Mapped[int | None] = mapped_column(BigInteger)


class OpenGradeRow(Base):
    """What a person has said of the present words of a claim that is not settled: theirs alone to see.

    ``done``: they judged all that others attached, too.
    """

    __tablename__ = "open_grade"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("article_version.id"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    claim_id: Mapped[int] = mapped_column(
        ForeignKey("claim.id"), primary_key=True, autoincrement=False, index=True
    )
    status: Mapped[ClaimStatus]
    grade: Mapped[SupportGrade]
    done: Mapped[bool]


class ClaimWordsRow(Base):
    """The words of a claim in a version as they are searched (``fold_words``), and the hash that grades are
    bound to. Stored with each place of a claim."""

    __tablename__ = "claim_words"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("article_version.id"), primary_key=True, autoincrement=False
    )
    claim_id: Mapped[int] = mapped_column(
        ForeignKey("claim.id"), primary_key=True, autoincrement=False, index=True
    )
    text_hash: Mapped[str] = mapped_column(String(64))
    words: Mapped[str] = mapped_column(Text)


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
