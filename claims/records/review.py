"""The records under review, as they are stored: each has the number it is known by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from claims.records.article import Article, text_hash
from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim, DroppedUnit
from claims.records.lineage import HandStep


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One version of an article; ``number`` counts from 1 within the article."""

    id: int
    article_id: int
    number: int
    article: Article
    ingested_at: datetime

    @property
    def version_hash(self) -> str:
        """The hash of the canonical text, which is the identity of the version."""
        return self.article.version_hash


@dataclass(frozen=True, slots=True)
class NewerVersion:
    """The version that took an older one's place: ``id`` leads to it, ``number`` is told."""

    id: int
    number: int


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """A line of the list of articles: the version and how far its review has come.

    ``is_older``: the article has a newer version, and this one can only be read.
    """

    id: int
    article_id: int
    title: str
    number: int
    version_hash: str
    ingested_at: datetime
    claims: int
    graded: int
    searched: int
    is_older: bool = False


@dataclass(frozen=True, slots=True)
class ReviewClaim:
    """A claim of a version; ``number`` counts from 1 in the article's order.

    ``number`` is 0 once other claims took its place in the version. ``revision`` grows with each change: a
    change that names an older one is refused. ``reason`` is why it stands where it stands, in a person's
    words ("" where nobody gave one), ``by_hand`` what people made of it. ``read_since``: what completes its
    words is so since then, ``None`` since it was found. ``steps`` counts what people said of the claim;
    what came as one of the first ``read_after`` of them was said of another reading.
    """

    id: int
    version_id: int
    number: int
    claim: Claim
    status: ClaimStatus
    revision: int
    reason: str = ""
    by_hand: tuple[HandStep, ...] = ()
    read_since: datetime | None = None
    steps: int = field(default=0, compare=False)
    read_after: int = field(default=0, compare=False)

    @property
    def text_hash(self) -> str:
        """The hash that a grade is bound to."""
        return text_hash(self.claim.text)


@dataclass(frozen=True, slots=True)
class ReviewDropped:
    """A unit that was dropped from a version; once restored, ``claim_id`` is the claim it became."""

    id: int
    version_id: int
    unit: DroppedUnit
    claim_id: int | None = None
