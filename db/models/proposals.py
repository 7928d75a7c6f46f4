"""Steps that wait for a second person; a trigger refuses every change and deletion of these rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.proposal import ProposedStep
from db.base import Base, Stored


class ProposalRow(Base):
    """A step on claims of a version, as one person proposed it."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), index=True)
    claim_ids: Mapped[tuple[int, ...]] = mapped_column(Stored(tuple[int, ...]))
    revisions: Mapped[tuple[int, ...]] = mapped_column(Stored(tuple[int, ...]))
    step: Mapped[ProposedStep]
    words: Mapped[tuple[str, ...]] = mapped_column(Stored(tuple[str, ...]))
    proposed_by: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime]


class ProposalAnswerRow(Base):
    """What came of a proposal, once."""

    __tablename__ = "proposal_answer"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), unique=True)
    confirmed: Mapped[bool]
    answered_by: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime]
