"""A flag: an open question on a claim's words, its answers, and how it was settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records.claim import WordingRisk


class FlagReason(StrEnum):
    """Why a claim is flagged; permanent. All but the last are raised by rule."""

    NO_EVIDENCE_FOUND = "no_evidence_found"
    SEARCH_FAILED = "search_failed"
    CONTRADICTED = "contradicted"
    PRECLINICAL_UNDER_CLINICAL_CLAIM = "preclinical_under_clinical_claim"
    NUMBER_NOT_IN_EVIDENCE = "number_not_in_evidence"
    HEDGE_DROPPED = "hedge_dropped"
    RETRACTED_CITATION = "retracted_citation"
    WORDING_RISK = "wording_risk"
    READING_CHANGED = "reading_changed"
    RAISED_BY_PERSON = "raised_by_person"


class AnswerKind(StrEnum):
    """What the author does about a flag; ``REPLY`` is anybody's word in the claim's thread, to no flag."""

    REWRITE = "rewrite"
    CITE = "cite"
    DELETE = "delete"
    DISPUTE = "dispute"
    EXPLAIN = "explain"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Remark:
    """A flag that a person raised; ``start`` and ``end`` count from the beginning of the claim's span."""

    claim_id: int
    start: int
    end: int
    words: str
    suggestion: str
    raised_by: str
    raised_at: datetime
    text_hash: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class FlagAnswer:
    """The author's answer to the flag ``key`` of a claim, for the wording with this hash."""

    claim_id: int
    key: str
    kind: AnswerKind
    words: str
    answered_by: str
    answered_at: datetime
    text_hash: str


@dataclass(frozen=True, slots=True)
class FlagResolution:
    """A reviewer's or editor's word on a flag: settled, or open again because the answer does not do."""

    claim_id: int
    key: str
    settled: bool
    comment: str
    resolved_by: str
    resolved_at: datetime
    text_hash: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag as it stands.

    ``key`` names it within its claim; ``start`` and ``end`` are code points of the canonical text. ``words``
    are what it points at or says; ``risk`` is the wording risk that it is about, ``None`` where it is about
    none; ``raised_by`` is "" where a rule raised it.
    """

    claim_id: int
    key: str
    reason: FlagReason
    start: int
    end: int
    words: str = ""
    suggestion: str = ""
    raised_by: str = ""
    raised_at: datetime | None = None
    answers: tuple[FlagAnswer, ...] = ()
    resolutions: tuple[FlagResolution, ...] = ()
    risk: WordingRisk | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it, or somebody opened it again."""
        return not (self.resolutions and self.resolutions[-1].settled)

    @property
    def waits_for_answer(self) -> bool:
        """Whether it is open and nobody answered it since it was opened, or opened again."""
        if not self.is_open:
            return False
        said = max((answer.answered_at for answer in self.answers), default=None)
        reopened = max((one.resolved_at for one in self.resolutions), default=None)
        return said is None or (reopened is not None and reopened > said)
