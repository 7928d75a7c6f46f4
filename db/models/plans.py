"""Who reviews an article or a claim of it, and with which interests; all but assignments only grow."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Stored, Typed


class PlanRow(Base):
    """A plan that holds from one version of an article on, until the next plan."""

    __tablename__ = "review_plan"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    reviewers: Mapped[tuple[str, ...]] = mapped_column(Stored(tuple[str, ...]))
    adjudicator: Mapped[str] = mapped_column(Text)
    needed: Mapped[int]
    sealed: Mapped[bool]
    set_by: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime]
    due_on: Mapped[date | None] = mapped_column(default=None)


class ClaimAssignmentRow(Base):
    """One of the reviewers to whom a claim is assigned; one without any is graded by those of the plan."""

    __tablename__ = "claim_assignment"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text, primary_key=True)


class DeclarationRow(Base):
    """What a person declared for an article; the latest counts."""

    __tablename__ = "declaration"
    __table_args__ = (Index(None, "article_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    name: Mapped[str] = mapped_column(Text)
    qualification: Mapped[str] = mapped_column(Typed("declaration.qualification"))
    statement: Mapped[str] = mapped_column(Typed("declaration.statement"))
    declared_at: Mapped[datetime]
