"""Flags that people raised, their answers and resolutions; a trigger refuses every change of these rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.flag import AnswerKind
from db.base import Typed
from db.models.assessments import ClaimStepRow


class RemarkRow(ClaimStepRow):
    """A flag that a person raised."""

    __tablename__ = "remark"
    __table_args__ = (Index(None, "claim_id"),)

    start: Mapped[int] = mapped_column("start_char")
    end: Mapped[int] = mapped_column("end_char")
    words: Mapped[str] = mapped_column(Typed("remark.words"))
    suggestion: Mapped[str] = mapped_column(Typed("remark.suggestion"))
    raised_by: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(String(64))


class AnswerRow(ClaimStepRow):
    """An author's answer to one flag of a claim."""

    __tablename__ = "flag_answer"
    __table_args__ = (Index(None, "claim_id"), Index("ix_flag_answer_kind", "kind", "answered_at"))

    key: Mapped[str] = mapped_column("flag_key", Text)
    kind: Mapped[AnswerKind]
    words: Mapped[str] = mapped_column(Typed("flag_answer.words"))
    answered_by: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(String(64))


class ResolutionRow(ClaimStepRow):
    """A flag settled, or opened again."""

    __tablename__ = "flag_resolution"
    __table_args__ = (Index(None, "claim_id"),)

    key: Mapped[str] = mapped_column("flag_key", Text)
    settled: Mapped[bool]
    comment: Mapped[str] = mapped_column(Typed("flag_resolution.comment"))
    resolved_by: Mapped[str] = mapped_column(Text)
    resolved_at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(String(64))
