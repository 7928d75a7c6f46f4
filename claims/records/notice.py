"""What a person is told of: that something waits for them, or happened to an article that is theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records.citation import Pmid


class NoticeKind(StrEnum):
    """What happened; permanent. None tells a grade, nor who gave one."""

    ASSIGNED = "assigned"
    FLAGGED = "flagged"
    ANSWERED = "answered"
    ALL_GRADED = "all_graded"
    CONFLICT = "conflict"
    RETURNED = "returned"
    PUBLISHED = "published"
    RETRACTED = "retracted"
    # A paper under a published claim stands otherwise, short of a fall, or its record is another or gone.
    PAPER_CHANGED = "paper_changed"
    # The day by which the review was to be done.
    DUE = "due"
    # The day has come by which the evidence of a published article is to be looked at again, or comes soon.
    REVIEW_AGAIN = "review_again"
    REVIEW_SOON = "review_soon"
    # A published claim was graded otherwise elsewhere, or a new paper changes it.
    NEEDS_REVIEW = "needs_review"


@dataclass(frozen=True, slots=True)
class Cause:
    """What a notice is of: ``claim_id`` and ``pmid`` where it is of one.

    ``key`` tells it from others of its kind: the same cause twice is one notice for each person.
    """

    kind: NoticeKind
    version_id: int
    key: str
    claim_id: int | None = None
    pmid: Pmid | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A cause as it was told to one person, with the number of its version and of its article."""

    id: int
    account_id: int
    cause: Cause
    told_at: datetime
    article_id: int
    version_number: int


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """What is told in one sentence: notices of one kind about one version, the latest first."""

    notices: tuple[Notice, ...]

    @property
    def kind(self) -> NoticeKind:
        """What happened."""
        return self.notices[0].cause.kind

    @property
    def ids(self) -> tuple[int, ...]:
        """The notices by number."""
        return tuple(notice.id for notice in self.notices)

    @property
    def claim_id(self) -> int | None:
        """The one claim that all are of, else ``None``."""
        claims = {notice.cause.claim_id for notice in self.notices}
        return claims.pop() if len(claims) == 1 else None


def join_lines(notices: Iterable[Notice]) -> tuple[NoticeLine, ...]:
    """The notices by kind and version, in the order of the first of each."""
    lines: dict[tuple[NoticeKind, int], list[Notice]] = {}
    for notice in notices:
        lines.setdefault((notice.cause.kind, notice.cause.version_id), []).append(notice)
    return tuple(NoticeLine(tuple(line)) for line in lines.values())
