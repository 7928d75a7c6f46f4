"""A person's judgement: of one citation, and of how far the literature carries a claim."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    """What was read to judge a citation; ``TITLE``: it was put aside with the rest of the list."""

    TITLE = "title"
    ABSTRACT = "abstract"
    FULL_TEXT = "full_text"

    @property
    def other(self) -> Basis:
        """The full text for the abstract, and the abstract for anything else."""
        return Basis.FULL_TEXT if self is Basis.ABSTRACT else Basis.ABSTRACT


class BodyCertainty(StrEnum):
    """How certain the evidence for a claim is as a body (GRADE), as a person sees it."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


class ClaimStatus(StrEnum):
    """Where a claim stands in the review."""

    EXTRACTED = "extracted"
    DISMISSED = "dismissed"
    IN_REVIEW = "in_review"
    GRADED = "graded"
    CONFLICT = "conflict"
    ADJUDICATED = "adjudicated"
    STALE = "stale"

    @property
    def is_settled(self) -> bool:
        """Whether the claim's grade stands, open to everybody."""
        return self in (ClaimStatus.GRADED, ClaimStatus.ADJUDICATED)


class Settlement(StrEnum):
    """How the grade of a claim came to stand, or that it does not yet."""

    OPEN = "open"
    TAKEN_OVER = "taken_over"
    SINGLE = "single"
    AGREED = "agreed"
    ADJUDICATED = "adjudicated"


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """The settled claim whose grade was taken over, and where and since when it stood as it was.

    ``changed``: the grader had taken it over and gave this grade by hand since, knowing the other.
    """

    claim_id: int
    number: int
    version_id: int
    title: str
    version: int
    settled_at: datetime
    changed: bool = False


class StepKind(StrEnum):
    """What a person can take back of a claim's review."""

    JUDGEMENT = "judgement"
    DOCUMENT = "document"
    LEVEL = "level"
    GRADE = "grade"
    ADJUDICATION = "adjudication"


@dataclass(frozen=True, slots=True)
class JudgedCitation:
    """One reviewer's judgement of one citation, and what was read for it.

    ``passage`` is what of the abstract or of the full text it rests on, ``None`` where nobody noted it.
    ``sequence`` orders all steps on a claim as they were stored, whatever the clocks said; 0 before.
    """

    pmid: Pmid
    judgement: CitationJudgement
    basis: Basis
    judged_by: str
    judged_at: datetime
    sequence: int = field(default=0, compare=False)
    passage: str | None = None
    taken_from: TakenFrom | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One reviewer's grade of one claim, bound to the claim's text by ``text_hash``.

    ``sequence`` orders it among the claim's steps, as of a ``JudgedCitation``. One with ``taken_from`` is no
    independent grade: its grader took another's over, or knew it. Nor is one that was given ``unblinded``: in
    place of a grade that its grader took back after it had opened to them what was sealed (ADR 0064).
    """

    claim_id: int
    grade: SupportGrade
    comment: str
    graded_by: str
    graded_at: datetime
    text_hash: str
    body_certainty: BodyCertainty | None = None
    sequence: int = field(default=0, compare=False)
    taken_from: TakenFrom | None = None
    unblinded: bool | None = None

    @property
    def is_independent(self) -> bool:
        """Whether its grader knew nothing of what others, or the machine, said of the claim."""
        return self.taken_from is None and not self.unblinded


@dataclass(frozen=True, slots=True)
class LevelOverride:
    """A person's evidence level of a citation under a claim, in place of the machine's, with its reason.

    ``level`` is 1–5, ``None`` where the person says that the scheme has none.
    """

    pmid: Pmid
    level: int | None
    reason: str
    set_by: str
    set_at: datetime
    sequence: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class GuidelineGrade:
    """What a guideline says of the claim's question, in the guideline's own scale, with its source."""

    claim_id: int
    grade: str
    source: str
    entered_by: str
    entered_at: datetime
    text_hash: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A step that its own author took back; the step stays in the record.

    ``pmids`` are the citations that are not judged by it any more, in the order they were. ``taken_from``: it
    had taken over the grade of that claim, with this ``comment``. ``unsealed``: the grade had opened to its
    author what was sealed before.
    """

    kind: StepKind
    stepped_at: datetime
    pmids: tuple[Pmid, ...] = ()
    taken_from: TakenFrom | None = None
    comment: str = ""
    unsealed: bool = False


@dataclass(frozen=True, slots=True)
class Reopening:
    """From this step on a claim is graded anew: what was said of it before counts no longer."""

    claim_id: int
    reason: str
    reopened_by: str
    reopened_at: datetime
    sequence: int = 0
