"""Where a claim stands in its version: what is beside it, and how far the version has come."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records.assessment import ClaimStatus
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.assigning import load_plan
from reviewer.workflow.queue_lists import WHOLE, QueueList
from reviewer.workflow.queueing import find_ways, load_queue

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

    ``plan`` is the version's, where it is known already. So many queries however long an open version is.
    """
    version_id = claim.version_id
    before, after, waiting = find_ways(work, claim, viewer, asked, plan or load_plan(work, version_id))
    if work.decisions.find_closing(version_id) is not None:
        queue = load_queue(work, version_id, viewer)
        return Surroundings(queue.version, queue.claims, queue.count, queue.graded, before, after, after)
    nearby = work.claims.list_nearby(claim, NEARBY)
    standing = work.overview.count_by_status(version_id)
    settled = sum(claims for status, claims in standing.items() if status.is_settled)
    return Surroundings(
        work.articles.get_version(version_id),
        tuple(one for one in nearby if one.status is not ClaimStatus.DISMISSED),
        sum(standing.values()) - standing.get(ClaimStatus.DISMISSED, 0),
        settled + work.queues.count_own(version_id, viewer.name),
        before,
        after,
        waiting if may(viewer, Permission.REVIEW) else after,
    )
