"""Where a claim stands in its version: what is beside it, and how far the version has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.records.article import text_hash
from claims.records.assessment import ClaimStatus
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.assigning import load_plan
from reviewer.workflow.queue_lists import WHOLE, QueueList, list_lines
from reviewer.workflow.queueing import Queue, find_waiting, load_queue

# So many claims before and after it are marked in the article beside it.
NEARBY = 200


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A version around one of its claims, the dismissed ones left out.

    ``claims`` are those nearby in the article's order, ``count`` all of them, and ``graded`` those whose
    grade the viewer knows. ``before`` and ``after`` are the claims beside it in the list that the viewer
    made, ``None`` at either end and for a claim that is not in the queue. ``waiting`` is the next in that
    list that waits for the viewer; for who has nothing to grade or to settle it is ``after``.
    """

    version: ArticleVersion
    claims: tuple[ReviewClaim, ...]
    count: int
    graded: int
    before: int | None
    after: int | None
    waiting: int | None

    @property
    def following(self) -> ReviewClaim | None:
        """The claim after, where it is nearby."""
        return next((claim for claim in self.claims if claim.id == self.after), None)


def load_surroundings(
    work: UnitOfWork,
    claim: ReviewClaim,
    viewer: User,
    asked: QueueList = WHOLE,
    plan: ReviewPlan | None = None,
) -> Surroundings:
    """What is around ``claim`` in the list ``asked`` for, as ``viewer`` may see it. Raises ``NotFound``.

    ``plan`` is the version's, where it is known already. So many queries however long the version is, as
    long as the list is the whole.
    """
    version_id = claim.version_id
    is_closed = work.decisions.find_closing(version_id) is not None
    queue = None if asked.is_whole and not is_closed else load_queue(work, version_id, viewer)
    before, after, waiting = _find_ways(queue, asked, claim.id) if queue is not None else (None, None, None)
    if queue is not None and is_closed:
        return Surroundings(queue.version, queue.claims, queue.count, queue.graded, before, after, after)
    nearby = work.claims.list_nearby(claim, NEARBY)
    shown = tuple(one for one in nearby if one.status is not ClaimStatus.DISMISSED)
    standing = work.overview.count_by_status(version_id)
    settled = sum(claims for status, claims in standing.items() if status.is_settled)
    own = work.overview.list_own_open(version_id, viewer.name)
    if queue is None and any(one.id == claim.id for one in shown):
        before, after = work.claims.find_beside(claim)
        waiting = _find_waiting(work, claim, shown, viewer, plan or load_plan(work, version_id))
    return Surroundings(
        work.articles.get_version(version_id),
        shown,
        sum(standing.values()) - standing.get(ClaimStatus.DISMISSED, 0),
        settled + sum(text_hash(words) == of_words for words, of_words in own),
        before,
        after,
        waiting if may(viewer, Permission.REVIEW) else after,
    )


def _find_ways(queue: Queue, asked: QueueList, claim_id: int) -> tuple[int | None, int | None, int | None]:
    """The claims before and after this one in the list, and the next of it that waits."""
    lines = list_lines(queue, asked, keep=claim_id)
    place = next((at for at, line in enumerate(lines) if line.claim.id == claim_id), None)
    if place is None:
        return None, None, None
    onward = lines[place + 1 :]
    before = lines[place - 1].claim.id if place else None
    waiting = next((line.claim.id for line in onward if line.is_open), None)
    return before, onward[0].claim.id if onward else None, waiting


def _find_waiting(
    work: UnitOfWork,
    claim: ReviewClaim,
    nearby: Sequence[ReviewClaim],
    viewer: User,
    plan: ReviewPlan,
) -> int | None:
    """The next claim that waits; beyond what is nearby, in the whole queue."""
    here = next(at for at, one in enumerate(nearby) if one.id == claim.id)
    onward = nearby[here + 1 :]
    found = find_waiting(work, onward, viewer, plan)
    if found is not None or len(onward) < NEARBY:
        return found
    return _find_ways(load_queue(work, claim.version_id, viewer), WHOLE, claim.id)[2]
