"""Looking again at papers under live claims: runs, what they met, and which claims lost their ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from claims.records.citation import Pmid, RetractionStatus


class Met(StrEnum):
    """What a run met at a paper that is worth telling; permanent.

    ``no_record``: the source has every record, and this one no more. ``not_held``: a library of some files
    lacks it, which says nothing of the paper.
    """

    CHANGED = "changed"
    NO_RECORD = "no_record"
    NOT_HELD = "not_held"
    ANOTHER = "another"
    OLDER = "older"
    UNREADABLE = "unreadable"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class RecheckNote:
    """One paper that a run tells of. ``about``: how it stands, which record it became, or why it failed."""

    pmid: Pmid
    met: Met
    about: str = ""


@dataclass(frozen=True, slots=True)
class RecheckRun:
    """One run over ``total`` papers in the order of their numbers: all up to ``cursor`` are done.

    ``checked`` of them were told of by the source, ``changed`` stand otherwise than before. ``ended_at`` is
    ``None`` while papers are left; ``tried_at`` is when somebody was at it last. ``failure`` is the code of
    what last held it up, "" once it went on.
    """

    id: int
    source: str
    begun_at: datetime
    tried_at: datetime
    total: int
    done: int = 0
    checked: int = 0
    changed: int = 0
    cursor: str = ""
    ended_at: datetime | None = None
    failure: str = ""

    @property
    def is_open(self) -> bool:
        """Whether papers are left."""
        return self.ended_at is None


class LostGround(StrEnum):
    """Why a published claim needs review; permanent."""

    PAPER_FELL = "paper_fell"
    # The day has come by which the claim's evidence was to be looked at again.
    OVERDUE = "overdue"
    DOCUMENT_EXPIRED = "document_expired"
    # The same claim was graded lower elsewhere since.
    CONTRADICTED = "contradicted"
    # Somebody said that a paper which came since changes it.
    NEW_EVIDENCE = "new_evidence"
    # The sentence was approved for reuse, and is no more.
    WORDING_WITHDRAWN = "wording_withdrawn"


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """That a claim of a published version needs review, once for each cause.

    ``pmid`` is the paper that fell, ``status`` how, or one that is new; ``due_on`` is the day that came;
    ``other_claim_id`` the same claim elsewhere, or the one that a standard wording comes from.
    """

    version_id: int
    claim_id: int
    cause: LostGround
    pmid: Pmid | None
    status: RetractionStatus | None
    raised_at: datetime
    due_on: date | None = None
    other_claim_id: int | None = None

    @property
    def key(self) -> str:
        """What tells the mark from others of its claim and cause."""
        return self.pmid or (f"claim:{self.other_claim_id}" if self.other_claim_id else "")
