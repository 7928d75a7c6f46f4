"""Evidence without a PMID, and what people judged of it; a trigger refuses every change and deletion."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.assessment import CitationJudgement
from db.base import Typed
from db.models.assessments import ClaimStepRow, OrderedStepRow


class DocumentRow(ClaimStepRow):
    """One document that somebody entered for a claim, or that came along from a former one."""

    __tablename__ = "document"
    __table_args__ = (Index(None, "claim_id"),)

    title: Mapped[str] = mapped_column(Typed("document.title"))
    body: Mapped[str] = mapped_column(Typed("document.body"))
    published: Mapped[str] = mapped_column(Typed("document.published"))
    address: Mapped[str] = mapped_column(Typed("document.address"))
    quotation: Mapped[str] = mapped_column(Typed("document.quotation"))
    place: Mapped[str] = mapped_column(Typed("document.place"))
    accessed_on: Mapped[date | None] = mapped_column(Date)
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    carried_from: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    expires_on: Mapped[date | None] = mapped_column(Date)


class DocumentJudgementRow(OrderedStepRow):
    """One judgement of one document under its claim."""

    __tablename__ = "document_judgement"
    __table_args__ = (Index(None, "claim_id", "judged_by"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    judgement: Mapped[CitationJudgement]
    judged_by: Mapped[str] = mapped_column(Text)
    judged_at: Mapped[datetime]
