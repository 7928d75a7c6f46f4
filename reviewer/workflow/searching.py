"""Searching: evidence for each claim of a version, each stored as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from claims.evidence.ports import EvidenceSource
from claims.lexicon.lexicon import Lexicon
from claims.pipeline import search_claim
from claims.records.audit import AuditAction, AuditEntry
from claims.records.finding import ClaimEvidence
from claims.records.people import Role, User
from claims.records.retrieval import SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.workflow.roles import require_role


@dataclass(frozen=True, slots=True)
class Searcher:
    """Where to search, with which lexicon, and by whose clock."""

    source: EvidenceSource
    lexicon: Lexicon
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Searched:
    """One claim's search as it was stored."""

    claim: ReviewClaim
    evidence: ClaimEvidence

    @property
    def failed(self) -> bool:
        """Whether a search of this claim got no answer."""
        return any(run.status is SearchStatus.FAILED for run in self.evidence.runs)


def search_claims(
    open_work: Callable[[], UnitOfWork],
    version: ArticleVersion,
    claims: tuple[ReviewClaim, ...],
    searcher: Searcher,
    actor: User,
) -> Iterator[Searched]:
    """Each claim's evidence, in order, yielded once it is stored; a failed search is stored as failed.

    Stopping in the middle keeps what was found so far.
    """
    require_role(actor, Role.AUTHOR, Role.REVIEWER, Role.ADJUDICATOR, Role.EDITOR)
    for claim in claims:
        evidence = search_claim(
            claim.claim, version.article.language, searcher.source, searcher.lexicon, searcher.now
        )
        searched = Searched(claim, evidence)
        with open_work() as work:
            work.searches.record_evidence(claim.id, evidence)
            work.commit(_entry(searched, searcher.source.name, actor, searcher.now()))
        yield searched


def _entry(searched: Searched, source: str, actor: User, at: datetime) -> AuditEntry:
    action = AuditAction.SEARCH_FAILED if searched.failed else AuditAction.CLAIM_SEARCHED
    values = (("source", source), ("findings", str(len(searched.evidence.findings))))
    return AuditEntry(at, actor.name, action, f"claim:{searched.claim.id}", values)
