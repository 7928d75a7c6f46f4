"""What people judged; a trigger refuses every change and deletion of these rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import (
    Basis,
    BodyCertainty,
    CitationJudgement,
    StepKind,
    SupportGrade,
    TakenFrom,
)
from claims.records.citation import Pmid
from db.base import Base, Stored, Typed

_UNBLINDED: dict[str, Any] = {
    "sqlite_where": text("unblinded IS NOT NULL"),
    "postgresql_where": text("unblinded IS NOT NULL"),
}
_UNSEALED: dict[str, Any] = {
    "sqlite_where": text("unsealed IS NOT NULL"),
    "postgresql_where": text("unsealed IS NOT NULL"),
}


class ClaimStepRow(Base):
    """What every step of a claim's review has."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))


class OrderedStepRow(ClaimStepRow):
    """A step whose place among all of the claim's decides what counts: clocks of machines differ."""

    __abstract__ = True

    sequence: Mapped[int] = mapped_column(server_default=text("0"))


class AssessmentRow(OrderedStepRow):
    """One grade of one claim; a later row of the same grader takes its place and leaves it standing."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index(None, "claim_id", "graded_by"),
        Index("ix_assessment_unblinded", "claim_id", **_UNBLINDED),
    )

    grade: Mapped[SupportGrade]
    comment: Mapped[str] = mapped_column(Typed("assessment.comment"))
    graded_by: Mapped[str] = mapped_column(Text)
    graded_at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(String(64))
    body_certainty: Mapped[BodyCertainty | None]
    taken_from: Mapped[TakenFrom | None] = mapped_column(Stored(TakenFrom), default=None)
    unblinded: Mapped[bool | None] = mapped_column(default=None)


class JudgementRow(OrderedStepRow):
    """One judgement of one citation under one claim."""

    __tablename__ = "judgement"
    __table_args__ = (Index(None, "claim_id", "judged_by"),)

    pmid: Mapped[Pmid] = mapped_column(ForeignKey("citation.pmid"), index=True)
    judgement: Mapped[CitationJudgement]
    basis: Mapped[Basis]
    judged_by: Mapped[str] = mapped_column(Text)
    judged_at: Mapped[datetime]
    passage: Mapped[str | None] = mapped_column(Typed("judgement.passage"), default=None)
    taken_from: Mapped[TakenFrom | None] = mapped_column(Stored(TakenFrom), default=None)


class LevelRow(OrderedStepRow):
    """A person's evidence level of one citation under one claim."""

    __tablename__ = "level_override"
    __table_args__ = (Index(None, "claim_id"),)

    pmid: Mapped[Pmid] = mapped_column(ForeignKey("citation.pmid"))
    level: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Typed("level_override.reason"))
    set_by: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime]


class GuidelineRow(ClaimStepRow):
    """A guideline's grade for a claim; the latest counts."""

    __tablename__ = "guideline_grade"
    __table_args__ = (Index(None, "claim_id"),)

    grade: Mapped[str] = mapped_column(Typed("guideline_grade.grade"))
    source: Mapped[str] = mapped_column(Typed("guideline_grade.source"))
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(String(64))


class TakenBackRow(ClaimStepRow):
    """One step taken back, once; ``step_id`` is its number in the table of its kind.

    ``unsealed``: the grade had opened more to its author than they knew when they gave it.
    """

    __tablename__ = "taken_back"
    __table_args__ = (
        UniqueConstraint("kind", "step_id"),
        Index("ix_taken_back_unsealed", "claim_id", **_UNSEALED),
    )

    kind: Mapped[StepKind]
    step_id: Mapped[int]
    taken_back_by: Mapped[str] = mapped_column(Text)
    taken_back_at: Mapped[datetime]
    unsealed: Mapped[bool | None] = mapped_column(default=None)


class ReopeningRow(OrderedStepRow):
    """A claim that is graded anew from a moment on."""

    __tablename__ = "reopening"
    __table_args__ = (Index(None, "claim_id"),)

    reason: Mapped[str] = mapped_column(Typed("reopening.reason"))
    reopened_by: Mapped[str] = mapped_column(Text)
    reopened_at: Mapped[datetime]
