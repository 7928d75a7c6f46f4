"""The queue: a version's claims with what a reviewer may know of each before opening it."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records.assessment import Assessment, ClaimStatus
from claims.records.retrieval import SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork

_SETTLED = {ClaimStatus.GRADED, ClaimStatus.ADJUDICATED}


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A claim in the queue. ``own_grade`` is the reviewer's for the present wording, nobody else's."""

    claim: ReviewClaim
    search_status: SearchStatus
    own_grade: Assessment | None

    @property
    def is_open(self) -> bool:
        """Whether the claim still waits for a grade."""
        return self.claim.status not in _SETTLED


@dataclass(frozen=True, slots=True)
class Queue:
    """The claims of a version in the article's order, the dismissed ones left out."""

    version: ArticleVersion
    lines: tuple[QueueLine, ...]

    @property
    def graded(self) -> int:
        """The number of claims whose grade stands."""
        return sum(not line.is_open for line in self.lines)

    def find_neighbours(self, claim_id: int) -> tuple[int | None, int | None]:
        """The claims before and after this one; ``None`` at either end, and for one not in the queue."""
        ids = [line.claim.id for line in self.lines]
        if claim_id not in ids:
            return None, None
        place = ids.index(claim_id)
        before = ids[place - 1] if place else None
        after = ids[place + 1] if place + 1 < len(ids) else None
        return before, after

    def find_next_open(self) -> int | None:
        """The first claim that still waits for a grade, ``None`` when all are settled."""
        return next((line.claim.id for line in self.lines if line.is_open), None)


def load_queue(work: UnitOfWork, version_id: int, reviewer: str) -> Queue:
    """The queue of a version as ``reviewer`` may see it. Raises ``NotFound``."""
    version = work.articles.get_version(version_id)
    claims = [
        claim for claim in work.claims.list_claims(version_id) if claim.status is not ClaimStatus.DISMISSED
    ]
    ids = [claim.id for claim in claims]
    status = work.searches.load_status(ids)
    grades = work.assessments.load_assessments(ids)
    lines = (
        QueueLine(claim, status[claim.id], find_own_grade(claim, grades[claim.id], reviewer))
        for claim in claims
    )
    return Queue(version, tuple(lines))


def find_own_grade(
    claim: ReviewClaim, assessments: tuple[Assessment, ...], reviewer: str
) -> Assessment | None:
    """The grade that ``reviewer`` gave to the claim's present wording, or ``None``."""
    own = (a for a in assessments if a.graded_by == reviewer and a.text_hash == claim.text_hash)
    return next(own, None)
