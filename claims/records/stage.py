"""Where an article stands on its way from intake to publication, and what of it waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from claims.records.decision import VersionState
from claims.records.people import Role


class Stage(StrEnum):
    """What an article waits for next, in the order of its way; permanent."""

    ASSIGN = "assign"
    GRADE = "grade"
    ADJUDICATE = "adjudicate"
    REVISE = "revise"
    ANSWER = "answer"
    SETTLE = "settle"
    APPROVE = "approve"
    PUBLISH = "publish"
    DONE = "done"


# The name that stands for anybody of a role in ``Waiting`` and ``Workload``.
ANYBODY = ""
# What an editor decides or does next.
OF_EDITOR = (Stage.ASSIGN, Stage.SETTLE, Stage.APPROVE, Stage.PUBLISH)


@dataclass(frozen=True, slots=True)
class FlagCount:
    """How many flags of a claim or a version are open: nobody answered them, or they wait for a word on the
    answer."""

    unanswered: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class ArticleStage:
    """The newest version of an article, what it waits for, and since when; ``due_on`` is the plan's."""

    article_id: int
    version_id: int
    state: VersionState
    stage: Stage
    since: datetime
    due_on: date | None = None
    flags: FlagCount = FlagCount()


@dataclass(frozen=True, slots=True)
class StagedArticle:
    """An article's stage with the title and number of that version and when it was brought in."""

    at: ArticleStage
    title: str
    number: int
    ingested_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many claims or flags of an article that wait for a person, or for anybody of their role."""

    article: StagedArticle
    count: int
    for_anybody: bool


@dataclass(frozen=True, slots=True)
class Share:
    """So much of an article waits for somebody in a role, ``ANYBODY`` where nobody is named."""

    role: Role
    name: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A version that an editor approved, published or withdrew."""

    version_id: int
    title: str
    state: VersionState
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class OfArticle:
    """One version of an article, and when it was brought in."""

    article_id: int
    version_id: int
    number: int
    ingested_at: datetime


@dataclass(frozen=True, slots=True)
class Cycle:
    """When a published version was brought in, assigned first, approved last and published.

    ``None`` for what did not happen in this version: the plan of the one before it held.
    """

    ingested_at: datetime
    assigned_at: datetime | None
    approved_at: datetime | None
    published_at: datetime
