"""My work: what waits for one person, over all articles, and what others decided since they last looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.records.decision import VersionState
from claims.records.people import Role, User
from claims.records.review import VersionSummary
from claims.records.stage import (
    ANYBODY,
    OF_EDITOR,
    Finished,
    OfArticle,
    Stage,
    StagedArticle,
)
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, may, require_permission
from reviewer.workflow.holding import is_open_version
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.replying import Named, list_named
from reviewer.workflow.states import load_states

# Whose turn it is at each stage.
DUTIES: Mapping[Stage, Permission] = {
    Stage.REVISE: Permission.REVISE_ARTICLES,
    Stage.ANSWER: Permission.REVISE_ARTICLES,
    Stage.GRADE: Permission.GRADE,
    Stage.ADJUDICATE: Permission.ADJUDICATE,
    Stage.ASSIGN: Permission.ASSIGN,
    Stage.SETTLE: Permission.PUBLISH,
    Stage.APPROVE: Permission.PUBLISH,
    Stage.PUBLISH: Permission.PUBLISH,
}
# Where claims or flags are counted, and not articles.
_COUNTED_BY_ROLE = {
    Stage.ANSWER: Role.AUTHOR,
    Stage.GRADE: Role.REVIEWER,
    Stage.ADJUDICATE: Role.ADJUDICATOR,
}
# What was decided before is no news to somebody who never said what they know.
_NEWS_LAST = timedelta(days=30)
MOST_NEWS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """An article of which something waits: ``count`` claims or flags, 0 where it waits as a whole.

    ``for_anybody``: no person is named for it. ``note`` is what the editor wrote who returned it.
    """

    article: StagedArticle
    count: int = 0
    for_anybody: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits for one thing: how much in all, and the first articles of it."""

    stage: Stage
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MyWork:
    """What waits, pile by pile, empty ones too; ``finished`` is what others decided, the latest first.

    ``named`` are words in threads that name the person.
    """

    piles: tuple[Pile, ...]
    finished: tuple[Finished, ...]
    named: tuple[Named, ...] = ()

    @property
    def count(self) -> int:
        """How much waits in all."""
        return sum(pile.count for pile in self.piles)


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article by its newest version, with those before it, the newest first, each with its state."""

    staged: StagedArticle
    summary: VersionSummary
    earlier: tuple[tuple[OfArticle, VersionState], ...]


def count_work(work: UnitOfWork, viewer: User) -> dict[Stage, int]:
    """How much of each duty of the viewer's waits: claims, flags, or articles. Three queries at most."""
    stages = [stage for stage, permission in DUTIES.items() if may(viewer, permission)]
    names = (viewer.name, ANYBODY)
    counts: dict[Stage, int] = dict.fromkeys(stages, 0)
    if counts.keys() & _COUNTED_BY_ROLE:
        by_role = work.desks.sum_waiting(names)
        counts |= {stage: by_role.get(role, 0) for stage, role in _COUNTED_BY_ROLE.items() if stage in counts}
    if counts.keys() & set(OF_EDITOR):
        by_stage = work.desks.count_by_stage()
        counts |= {stage: by_stage.get(stage, 0) for stage in OF_EDITOR if stage in counts}
    if Stage.REVISE in counts:
        counts[Stage.REVISE] = work.desks.count_returned(names)
    return counts


def count_flags(work: UnitOfWork, version_id: int) -> int:
    """How many flags of a newest version are open, as they were counted last; 0 for an older one."""
    at = work.desks.find(version_id)
    return at.flags.unanswered + at.flags.answered if at is not None else 0


def load_my_work(work: UnitOfWork, viewer: User, most: int, now: datetime) -> MyWork:
    """What waits for the viewer, ``most`` articles of each pile at most, those due first."""
    counts = count_work(work, viewer)
    piles = tuple(
        Pile(stage, count, _list_lines(work, viewer, stage, most) if count else ())
        for stage, count in counts.items()
    )
    since = work.people.find_seen_until(viewer.name) or now - _NEWS_LAST
    roles = None if may(viewer, Permission.READ_OVERVIEW) else viewer.roles
    finished = work.desks.list_finished(since, viewer.name, roles, MOST_NEWS)
    return MyWork(piles, finished, list_named(work, viewer, now))


def mark_seen(work: UnitOfWork, viewer: User, at: datetime) -> None:
    """The viewer knows what was decided until now."""
    work.people.note_seen(viewer.name, at)
    work.commit_passing()


def find_next_claim(work: UnitOfWork, version_id: int, viewer: User) -> int | None:
    """The first claim of the version that waits for the viewer, ``None`` where none does any more, nor in a
    version that is open no longer."""
    if not is_open_version(work, version_id):
        return None
    return load_queue(work, version_id, viewer, most=1).following


def list_articles(work: UnitOfWork, viewer: User, most: int) -> tuple[ArticleLine, ...]:
    """The articles, the one whose newest version came in last first."""
    require_permission(viewer, Permission.READ_VERSIONS)
    staged = work.desks.list_latest(most)
    summaries = work.articles.summarise([article.at.version_id for article in staged])
    versions = work.desks.list_versions([article.at.article_id for article in staged])
    states = load_states(work, [one.version_id for one in versions])
    earlier: dict[int, list[tuple[OfArticle, VersionState]]] = {a.at.article_id: [] for a in staged}
    for one in versions:
        earlier[one.article_id].append((one, states[one.version_id]))
    return tuple(
        ArticleLine(article, summaries[article.at.version_id], tuple(earlier[article.at.article_id][1:]))
        for article in staged
    )


def _list_lines(work: UnitOfWork, viewer: User, stage: Stage, most: int) -> tuple[Line, ...]:
    names = (viewer.name, ANYBODY)
    if stage is Stage.REVISE:
        returned = work.desks.list_returned(names, most)
        return tuple(
            Line(one, one.at.flags.unanswered, note=_find_note(work, one.at.version_id)) for one in returned
        )
    role = _COUNTED_BY_ROLE.get(stage)
    if role is not None:
        waiting = work.desks.list_waiting(role, names, most)
        return tuple(Line(one.article, one.count, one.for_anybody) for one in waiting)
    return tuple(map(Line, work.desks.list_staged((stage,), most)))


def _find_note(work: UnitOfWork, version_id: int) -> str:
    decisions = work.decisions.list_decisions(version_id)
    return decisions[-1].comment if decisions else ""
