"""Where a claim stands in its version: what is beside it, and how far the version has come."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records.article import text_hash
from claims.records.assessment import ClaimStatus
from claims.records.people import User
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.workflow.queueing import load_queue

# So many claims before and after it are marked in the article beside it.
NEARBY = 200


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A version around one of its claims, the dismissed ones left out.

    ``claims`` are those nearby in the article's order, ``count`` all of them, and ``graded`` those whose
    grade the viewer knows. ``before`` and ``after`` are the claims to go to, ``None`` at either end and
    for a claim that is not in the queue.
    """

    version: ArticleVersion
    claims: tuple[ReviewClaim, ...]
    count: int
    graded: int
    before: int | None
    after: int | None

    @property
    def following(self) -> ReviewClaim | None:
        """The claim after, where it is nearby."""
        return next((claim for claim in self.claims if claim.id == self.after), None)


def load_surroundings(work: UnitOfWork, claim: ReviewClaim, viewer: User) -> Surroundings:
    """What is around ``claim`` as ``viewer`` may see it, in so many queries. Raises ``NotFound``."""
    version_id = claim.version_id
    if work.decisions.find_closing(version_id) is not None:
        queue = load_queue(work, version_id, viewer)
        beside = queue.find_neighbours(claim.id)
        return Surroundings(queue.version, queue.claims, queue.count, queue.graded, *beside)
    nearby = work.claims.list_nearby(claim, NEARBY)
    shown = tuple(one for one in nearby if one.status is not ClaimStatus.DISMISSED)
    is_queued = any(one.id == claim.id for one in shown)
    standing = work.overview.count_by_status(version_id)
    settled = sum(claims for status, claims in standing.items() if status.is_settled)
    own = work.overview.list_own_open(version_id, viewer.name)
    return Surroundings(
        work.articles.get_version(version_id),
        shown,
        sum(standing.values()) - standing.get(ClaimStatus.DISMISSED, 0),
        settled + sum(text_hash(words) == of_words for words, of_words in own),
        *(work.claims.find_beside(claim) if is_queued else (None, None)),
    )
