"""Searching: evidence for each claim of a version, each stored as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from claims.errors import QueryError
from claims.lexicon.lexicon import Lexicon
from claims.pipeline import find_evidence as find_evidence
from claims.pipeline import search_query
from claims.records.article import Language
from claims.records.audit import AuditAction, AuditEntry
from claims.records.finding import ClaimEvidence
from claims.records.lengths import require_length
from claims.records.people import User
from claims.records.retrieval import Query, Rung, SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from claims.search.caching import CachedSource, RefreshingSource
from claims.search.ladder import FILTERS, narrow_query
from claims.search.ports import AnswerCache, EvidenceSource
from claims.search.query import build_plan
from claims.search.syntax import parse_query, read_typed_query
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.due_searches import list_due
from reviewer.workflow.holding import hold_open_claim, hold_open_version
from reviewer.workflow.leasing import LEASE_SECONDS, renew_leases
from reviewer.workflow.permitting import require_still
from reviewer.workflow.references import load_papers


@dataclass(frozen=True, slots=True)
class Searcher:
    """Where to search, with which lexicon, by whose clock, and what has been answered before."""

    source: EvidenceSource
    lexicon: Lexicon
    now: Callable[[], datetime]
    cache: AnswerCache | None = None

    def remember(self, again: bool, permit: Callable[[], object]) -> CachedSource:
        """The source for one piece of work; ``again``: answers of earlier work do not count.

        ``permit`` is asked before each question to the source: what it raises ends the work.
        """
        return CachedSource(self.source, self.now, self.cache, again, permit)

    def renew(self) -> RefreshingSource:
        """The source for looking again: it asks anew, and later searches know what it was told."""
        return RefreshingSource(self.source, self.now, self.cache)


@dataclass(frozen=True, slots=True)
class Searched:
    """One claim's search as it was stored."""

    claim: ReviewClaim
    evidence: ClaimEvidence

    @property
    def failed(self) -> bool:
        """Whether a search of this claim got no answer."""
        return any(run.status is SearchStatus.FAILED for run in self.evidence.runs)

    @property
    def losses(self) -> tuple[str, ...]:
        """The warnings that tell of hits which did not come, none twice."""
        return tuple(dict.fromkeys(loss for run in self.evidence.runs for loss in run.losses))


def search_claims(
    open_work: Callable[[], UnitOfWork],
    version: ArticleVersion,
    claims: tuple[ReviewClaim, ...],
    searcher: Searcher,
    actor: User,
    again: bool = False,
) -> Generator[Searched, None, None]:
    """Each claim's evidence, in order, yielded once it is stored; a failed search is stored as failed.

    Searched are those of ``claims`` that are due, or with ``again`` all, except those that somebody else is
    searching at this moment. Until it is stored a claim's search is stored as running, under a lease that
    is renewed meanwhile. Stopping in the middle keeps what was found so far and puts the others back; what
    a power cut leaves running is due again once its lease is over. Raises ``RuleRefused`` for a version
    that is closed; ``RoleRefused`` when the account of ``actor`` is closed or may no longer search, which is
    asked before each question to the source and with each search that is stored; ``VersionConflict`` when
    another search took this one over meanwhile: of what was found for that claim nothing is stored.
    """
    require_permission(actor, Permission.SEARCH)
    owner = uuid4().hex
    taken = _begin(open_work, version, claims, searcher, actor, owner, again)
    left = [claim.id for claim in taken]
    found = find_evidence(
        (claim.claim for claim in taken),
        version.article.language,
        searcher.remember(again, permit_search(open_work, actor)),
        searcher.lexicon,
    )
    try:
        with renew_leases(open_work, owner):
            for claim, evidence in zip(taken, found, strict=True):
                searched = _store(open_work, claim, evidence, searcher, actor, owner)
                left.remove(claim.id)
                yield searched
    finally:
        found.close()
        if left:
            _abandon(open_work, version, left, searcher, actor, owner)


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
    require_permission(actor, Permission.SEARCH)
    if query.rung is Rung.BY_HAND:
        require_length("search_run.query", query.text)
        query = replace(query, text=read_typed_query(query.text))
    parse_query(query.text)
    with open_work() as work:
        hold_open_version(work, work.claims.get_claim(claim.id).version_id)
    source = searcher.remember(again, permit_search(open_work, actor))
    evidence = search_query(claim.claim, query, version.article.language, source, searcher.lexicon)
    return _store(open_work, claim, evidence, searcher, actor)


def choose_query(
    work: UnitOfWork, claim: ReviewClaim, language: Language, rung: Rung, lexicon: Lexicon
) -> Query:
    """The claim's query for one rung; a filtered rung filters the narrowest search that has found anything.

    Raises ``QueryError``: ``rung_missing`` where the claim's ladder has no such rung, ``no_concept`` where it
    has none at all, ``not_searchable`` where PubMed cannot answer the claim.
    """
    words = claim.claim
    plan = build_plan(words.text, words.theme, words.heading, language, lexicon, words.read_as)
    if plan.not_searchable is not None:
        raise QueryError("not_searchable", reason=plan.not_searchable)
    ladder = plan.ladder
    if rung in FILTERS:
        runs = work.searches.load_runs([claim.id])[claim.id]
        fruitful = {run.rung for run in runs if run.status is SearchStatus.FOUND}
        return narrow_query(next((query for query in ladder if query.rung in fruitful), ladder[0]), rung)
    for query in ladder:
        if query.rung is rung:
            return query
    raise QueryError("rung_missing", rung=rung)


def permit_search(open_work: Callable[[], UnitOfWork], actor: User) -> Callable[[], User]:
    """What asks whether ``actor`` may still search, in a unit of work of its own: any thread may call it."""

    def ask() -> User:
        with open_work() as work:
            return require_still(work, actor, Permission.SEARCH)

    return ask


def _begin(
    open_work: Callable[[], UnitOfWork],
    version: ArticleVersion,
    claims: tuple[ReviewClaim, ...],
    searcher: Searcher,
    actor: User,
    owner: str,
    again: bool,
) -> tuple[ReviewClaim, ...]:
    """The claims that ``owner`` now searches: none that somebody else searches, or searched just before."""
    if not claims:
        return ()
    with open_work() as work:
        hold_open_version(work, version.id)
        due = (
            claims
            if again
            else list_due(work, version, claims, searcher.source.profile.name, searcher.lexicon)
        )
        ids = [claim.id for claim in due]
        begun = work.searches.begin(ids, searcher.lexicon.version, owner, LEASE_SECONDS)
        if begun:
            work.commit(_mark(version, len(begun), searcher, actor, AuditAction.SEARCH_BEGUN))
    return tuple(claim for claim in due if claim.id in begun)


def _abandon(
    open_work: Callable[[], UnitOfWork],
    version: ArticleVersion,
    claim_ids: list[int],
    searcher: Searcher,
    actor: User,
    owner: str,
) -> None:
    with open_work() as work:
        abandoned = work.searches.abandon(claim_ids, owner)
        if abandoned:
            work.commit(_mark(version, abandoned, searcher, actor, AuditAction.SEARCH_ABANDONED))


def _store(
    open_work: Callable[[], UnitOfWork],
    claim: ReviewClaim,
    evidence: ClaimEvidence,
    searcher: Searcher,
    actor: User,
    owner: str = "",
) -> Searched:
    """The search as it is stored: that of ``owner`` stands for the claim, one by hand beside what stands."""
    runs = tuple(replace(run, asked_by=actor.name, beside=not owner) for run in evidence.runs)
    searched = Searched(claim, replace(evidence, runs=runs))
    with open_work() as work:
        require_still(work, actor, Permission.SEARCH)
        cited = load_papers(work, hold_open_claim(work, claim.id))
        if owner:
            work.searches.record_evidence(claim.id, searched.evidence, owner, cited)
        else:
            work.searches.add_evidence(claim.id, searched.evidence, cited)
        work.commit(_entry(searched, searcher.source.profile.name, actor, searcher.now(), by_hand=not owner))
    return searched


def _entry(searched: Searched, source: str, actor: User, at: datetime, by_hand: bool) -> AuditEntry:
    action = AuditAction.SEARCH_FAILED if searched.failed else AuditAction.CLAIM_SEARCHED
    findings = searched.evidence.findings
    on_topic = sum(finding.on_topic for finding in findings)
    values = [("source", source), ("findings", str(len(findings))), ("on_topic", str(on_topic))]
    if by_hand:
        values += [("query", run.query) for run in searched.evidence.runs]
    return AuditEntry(at, actor.name, action, f"claim:{searched.claim.id}", tuple(values))


def _mark(
    version: ArticleVersion, count: int, searcher: Searcher, actor: User, action: AuditAction
) -> AuditEntry:
    """That the searches of so many claims begin, or were given up."""
    values = (("source", searcher.source.profile.name), ("claims", str(count)))
    return AuditEntry(searcher.now(), actor.name, action, f"version:{version.id}", values)
