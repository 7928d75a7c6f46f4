"""Searching: evidence for each claim of a version, each stored as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import datetime

from claims.errors import QueryError
from claims.evidence.ladder import FILTERS, narrow_query
from claims.evidence.ports import AnswerCache, EvidenceSource
from claims.evidence.query import build_plan
from claims.evidence.remembering import RememberingSource, RenewingSource
from claims.evidence.syntax import parse_query
from claims.lexicon.lexicon import Lexicon
from claims.pipeline import search_claims as find_evidence
from claims.pipeline import search_query
from claims.records.article import Language
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.finding import ClaimEvidence
from claims.records.people import User
from claims.records.retrieval import Query, Rung, SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.workflow.roles import SEARCHERS, require_role, require_still


@dataclass(frozen=True, slots=True)
class Searcher:
    """Where to search, with which lexicon, by whose clock, and what has been answered before."""

    source: EvidenceSource
    lexicon: Lexicon
    now: Callable[[], datetime]
    cache: AnswerCache | None = None

    def remember(self, again: bool) -> RememberingSource:
        """The source for one piece of work; ``again``: answers of earlier work do not count."""
        return RememberingSource(self.source, self.now, self.cache, again)

    def renew(self) -> RenewingSource:
        """The source for looking again: it asks anew, and later searches know what it was told."""
        return RenewingSource(self.source, self.now, self.cache)


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
    again: bool = False,
) -> Generator[Searched, None, None]:
    """Each claim's evidence, in order, yielded once it is stored; a failed search is stored as failed.

    Until then a claim's search is stored as running. Stopping in the middle keeps what was found so far and
    puts the others back; what a power cut leaves running is due at the next search. Raises ``RoleRefused``
    when the account of ``actor`` is closed or may no longer search, which is asked with each that is stored.
    """
    require_role(actor, *SEARCHERS)
    ids = [claim.id for claim in claims]
    _mark(open_work, version, ids, searcher, actor, AuditAction.SEARCH_BEGUN)
    found = find_evidence(
        (claim.claim for claim in claims),
        version.article.language,
        searcher.remember(again),
        searcher.lexicon,
    )
    try:
        for claim, evidence in zip(claims, found, strict=True):
            searched = _store(open_work, claim, evidence, searcher, actor)
            ids.remove(claim.id)
            yield searched
    finally:
        found.close()
        if ids:
            _mark(open_work, version, ids, searcher, actor, AuditAction.SEARCH_ABANDONED)


def search_by_hand(
    open_work: Callable[[], UnitOfWork],
    version: ArticleVersion,
    claim: ReviewClaim,
    query: Query,
    searcher: Searcher,
    actor: User,
    again: bool = False,
) -> Searched:
    """What one query brought for a claim, stored after what stands there already.

    Raises ``QueryError`` for a query that is not valid PubMed syntax; nothing is stored then.
    """
    require_role(actor, *SEARCHERS)
    parse_query(query.text)
    source = searcher.remember(again)
    evidence = search_query(claim.claim, query, version.article.language, source, searcher.lexicon)
    return _store(open_work, claim, evidence, searcher, actor, by_hand=True)


def choose_query(
    work: UnitOfWork, claim: ReviewClaim, language: Language, rung: Rung, lexicon: Lexicon
) -> Query:
    """The claim's query for one rung; a filtered rung filters the narrowest search that has found anything.

    Raises ``QueryError``: ``rung_missing`` where the claim's ladder has no such rung, ``no_concept`` where it
    has none at all.
    """
    words = claim.claim
    ladder = build_plan(words.text, words.theme, words.heading, language, lexicon, words.read_as).ladder
    if rung in FILTERS:
        runs = work.searches.load_runs([claim.id])[claim.id]
        fruitful = {run.rung for run in runs if run.status is SearchStatus.FOUND}
        return narrow_query(next((query for query in ladder if query.rung in fruitful), ladder[0]), rung)
    for query in ladder:
        if query.rung is rung:
            return query
    raise QueryError("rung_missing", rung=rung.value)


def list_due(work: UnitOfWork, claims: tuple[ReviewClaim, ...], source: str) -> tuple[ReviewClaim, ...]:
    """Of these claims those in review that the source has not answered for, in their order."""
    ids = [claim.id for claim in claims]
    status, runs = work.searches.load_status(ids), work.searches.load_runs(ids)
    answered = {i for i in ids if status[i].is_answered and runs[i][-1].source == source}
    return tuple(c for c in claims if c.id not in answered and c.status is not ClaimStatus.DISMISSED)


def _store(
    open_work: Callable[[], UnitOfWork],
    claim: ReviewClaim,
    evidence: ClaimEvidence,
    searcher: Searcher,
    actor: User,
    by_hand: bool = False,
) -> Searched:
    runs = tuple(replace(run, asked_by=actor.name) for run in evidence.runs)
    searched = Searched(claim, replace(evidence, runs=runs))
    with open_work() as work:
        require_still(work, actor, *SEARCHERS)
        if by_hand:
            work.searches.add_evidence(claim.id, searched.evidence)
        else:
            work.searches.record_evidence(claim.id, searched.evidence)
        work.commit(_entry(searched, searcher.source.name, actor, searcher.now(), by_hand))
    return searched


def _entry(searched: Searched, source: str, actor: User, at: datetime, by_hand: bool) -> AuditEntry:
    action = AuditAction.SEARCH_FAILED if searched.failed else AuditAction.CLAIM_SEARCHED
    values = [("source", source), ("findings", str(len(searched.evidence.findings)))]
    if by_hand:
        values += [("query", run.query) for run in searched.evidence.runs]
    return AuditEntry(at, actor.name, action, f"claim:{searched.claim.id}", tuple(values))


def _mark(
    open_work: Callable[[], UnitOfWork],
    version: ArticleVersion,
    claim_ids: list[int],
    searcher: Searcher,
    actor: User,
    action: AuditAction,
) -> None:
    """Store that the searches of these claims begin, or that they were given up."""
    if not claim_ids:
        return
    with open_work() as work:
        if action is AuditAction.SEARCH_BEGUN:
            work.searches.begin(claim_ids, searcher.lexicon.version)
        else:
            work.searches.abandon(claim_ids)
        values = (("source", searcher.source.name), ("claims", str(len(claim_ids))))
        work.commit(AuditEntry(searcher.now(), actor.name, action, f"version:{version.id}", values))
