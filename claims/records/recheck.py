"""Looking again at papers under live claims: runs, what they met, and which claims lost their ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records.citation import Pmid, RetractionStatus


class Met(StrEnum):
    """What a run met at a paper that is worth telling; permanent."""

    CHANGED = "changed"
    NO_RECORD = "no_record"
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


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """That a claim of a published version needs review: ``pmid`` is the paper that fell, ``status`` how."""

    version_id: int
    claim_id: int
    cause: LostGround
    pmid: Pmid
    status: RetractionStatus
    raised_at: datetime
