"""A person's judgement: of one citation, and of how far the literature carries a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records.citation import Pmid


class SupportGrade(StrEnum):
    """The support grade: five ordered steps and two codes outside the order."""

    SUPPORTED = "supported"
    PARTIALLY_SUPPORTED = "partially_supported"
    OVERSTATED = "overstated"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    CANNOT_JUDGE = "cannot_judge"
    NOT_CHECKABLE = "not_checkable"

    @property
    def step(self) -> int | None:
        """4 (supported) down to 0 (contradicted); ``None`` outside the order.

        >>> SupportGrade.OVERSTATED.step, SupportGrade.CANNOT_JUDGE.step
        (2, None)
        """
        return _STEPS.get(self)


_STEPS = {
    SupportGrade.SUPPORTED: 4,
    SupportGrade.PARTIALLY_SUPPORTED: 3,
    SupportGrade.OVERSTATED: 2,
    SupportGrade.UNSUPPORTED: 1,
    SupportGrade.CONTRADICTED: 0,
}


class CitationJudgement(StrEnum):
    """A reviewer's judgement of one attached citation against the claim."""

    SUPPORTING = "supporting"
    PARTLY = "partly"
    REFUTING = "refuting"
    NOT_RELEVANT = "not_relevant"


class Basis(StrEnum):
    """What was read to judge a citation."""

    ABSTRACT = "abstract"
    FULL_TEXT = "full_text"


class ClaimStatus(StrEnum):
    """Where a claim stands in the review."""

    EXTRACTED = "extracted"
    DISMISSED = "dismissed"
    IN_REVIEW = "in_review"
    GRADED = "graded"
    CONFLICT = "conflict"
    ADJUDICATED = "adjudicated"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class JudgedCitation:
    """One reviewer's judgement of one citation, and what was read for it."""

    pmid: Pmid
    judgement: CitationJudgement
    basis: Basis
    judged_by: str
    judged_at: datetime


@dataclass(frozen=True, slots=True)
class Assessment:
    """One reviewer's grade of one claim, bound to the claim's text by ``text_hash``."""

    claim_id: int
    grade: SupportGrade
    comment: str
    graded_by: str
    graded_at: datetime
    text_hash: str
