"""What people judged; a trigger refuses every change and deletion of these rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.citation import Pmid
from db.base import Base


class AssessmentRow(Base):
    """One grade of one claim; a later row of the same grader takes its place and leaves it standing."""

    __tablename__ = "assessment"
    __table_args__ = (Index(None, "claim_id", "graded_by"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    grade: Mapped[SupportGrade]
    comment: Mapped[str] = mapped_column(Text)
    graded_by: Mapped[str] = mapped_column(Text)
    graded_at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(String(64))


class JudgementRow(Base):
    """One judgement of one citation under one claim."""

    __tablename__ = "judgement"
    __table_args__ = (Index(None, "claim_id", "judged_by"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    pmid: Mapped[Pmid] = mapped_column(ForeignKey("citation.pmid"), index=True)
    judgement: Mapped[CitationJudgement]
    basis: Mapped[Basis]
    judged_by: Mapped[str] = mapped_column(Text)
    judged_at: Mapped[datetime]
