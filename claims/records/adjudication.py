"""Settling differing grades: the adjudicator's own view, and the decision that keeps both grades."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from claims.records.assessment import BodyCertainty, SupportGrade


@dataclass(frozen=True, slots=True)
class OwnView:
    """What an adjudicator thought of a claim before seeing the grades; it is written once and stays."""

    claim_id: int
    grade: SupportGrade
    comment: str
    written_by: str
    written_at: datetime
    text_hash: str
    sequence: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Adjudication:
    """The third record: the grade that stands where two differed; ``graders`` gave those."""

    claim_id: int
    grade: SupportGrade
    comment: str
    adjudicated_by: str
    adjudicated_at: datetime
    text_hash: str
    graders: tuple[str, ...]
    body_certainty: BodyCertainty | None = None
    sequence: int = field(default=0, compare=False)
