"""The editor's board: each article from intake to publication, whom it waits for and since when."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from claims.records.assessment import ClaimStatus
from claims.records.overview import Workload
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.recheck import LostGround
from claims.records.review import VersionSummary
from claims.records.stage import ANYBODY, OF_EDITOR, Cycle, Share, Stage, StagedArticle
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission

_MOST_CYCLES = 200
_SECONDS_A_DAY = 86_400
_WAITS_FOR = {
    Stage.GRADE: Role.REVIEWER,
    Stage.ADJUDICATE: Role.ADJUDICATOR,
    Stage.REVISE: Role.AUTHOR,
    Stage.ANSWER: Role.AUTHOR,
}


class Chosen(StrEnum):
    """Which articles the board shows."""

    UNDER_WAY = "under_way"
    OF_EDITOR = "of_editor"
    OVERDUE = "overdue"
    DONE = "done"


_STAGES: Mapping[Chosen, tuple[Stage, ...]] = {
    Chosen.UNDER_WAY: tuple(stage for stage in Stage if stage is not Stage.DONE),
    Chosen.OF_EDITOR: OF_EDITOR,
    Chosen.DONE: (Stage.DONE,),
}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An article on the board: its claims by status, its plan, and whom it waits for."""

    article: StagedArticle
    counts: Mapping[ClaimStatus, int]
    plan: ReviewPlan
    waits_for: tuple[Share, ...]

    @property
    def claims(self) -> int:
        """The number of its claims, the dismissed ones left out."""
        return sum(self.counts.values()) - self.counts.get(ClaimStatus.DISMISSED, 0)

    @property
    def settled(self) -> int:
        """The number of claims whose grade stands."""
        return sum(count for status, count in self.counts.items() if status.is_settled)


@dataclass(frozen=True, slots=True)
class Step:
    """How many days a part of the way takes, as the median of so many versions."""

    name: Stage
    days: float
    versions: int


@dataclass(frozen=True, slots=True)
class NeedsReview:
    """A published version of which so many claims need review, and why; a newer one may be under way."""

    version: VersionSummary
    claims: int
    causes: tuple[LostGround, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Some articles, how many there are of each choice, and how busy everybody is."""

    rows: tuple[BoardRow, ...]
    counts: Mapping[Chosen, int]
    workload: tuple[Workload, ...]
    steps: tuple[Step, ...]
    full_names: Mapping[str, str]
    needing: tuple[NeedsReview, ...] = ()


def load_board(
    work: UnitOfWork, viewer: User, chosen: Chosen, today: date, most: int, skip: int = 0
) -> Board:
    """``most`` articles after ``skip``: those due first, then those that wait longest. So many queries.

    For editors and administrators.
    """
    require_permission(viewer, Permission.READ_OVERVIEW)
    by_stage = work.desks.count_by_stage()
    overdue = today if chosen is Chosen.OVERDUE else None
    staged = work.desks.list_staged(_STAGES.get(chosen, ()), most, skip, overdue)
    ids = [article.at.version_id for article in staged]
    plans, shares = work.plans.load_plans(ids), work.desks.load_shares(ids)
    claims = work.overview.count_by_statuses(ids)
    counts = {one: sum(by_stage.get(stage, 0) for stage in stages) for one, stages in _STAGES.items()}
    return Board(
        tuple(
            BoardRow(
                article,
                claims[id],
                plans.get(id, ReviewPlan()),
                _find_who(article.at.stage, shares[id]),
            )
            for id, article in zip(ids, staged, strict=True)
        ),
        {**counts, Chosen.OVERDUE: work.desks.count_overdue(today)},
        work.overview.sum_workload(),
        tuple(_measure(work.desks.list_cycles(_MOST_CYCLES))),
        {person.name: person.full_name for person in work.people.list_users()},
        list_needing(work),
    )


def list_needing(work: UnitOfWork) -> tuple[NeedsReview, ...]:
    """The published versions that need review, the latest brought in first."""
    marked = work.review_marks.list_versions()
    published = work.uses.list_published(marked) if marked else ()
    marks, versions = work.review_marks.load(published), work.articles.summarise(published)
    return tuple(
        NeedsReview(
            version,
            len({mark.claim_id for mark in marks[id]}),
            tuple(dict.fromkeys(mark.cause for mark in marks[id])),
        )
        for id, version in versions.items()
    )


def _find_who(stage: Stage, shares: Sequence[Share]) -> tuple[Share, ...]:
    """Whom an article waits for at the stage; nobody once it is done."""
    if stage in OF_EDITOR:
        return (Share(Role.EDITOR, ANYBODY, 0),)
    return tuple(share for share in shares if share.role is _WAITS_FOR.get(stage))


def _measure(cycles: Sequence[Cycle]) -> Iterator[Step]:
    """The median of each part of the way, those of which nothing is known left out."""
    parts: dict[Stage, list[tuple[datetime | None, datetime | None]]] = {
        Stage.ASSIGN: [(one.ingested_at, one.assigned_at) for one in cycles],
        Stage.APPROVE: [(one.assigned_at or one.ingested_at, one.approved_at) for one in cycles],
        Stage.PUBLISH: [(one.approved_at, one.published_at) for one in cycles],
    }
    for name, spans in parts.items():
        days = [(end - start).total_seconds() / _SECONDS_A_DAY for start, end in spans if start and end]
        if days:
            yield Step(name, statistics.median(days), len(days))
