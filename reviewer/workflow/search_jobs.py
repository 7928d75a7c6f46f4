"""Searches as jobs: what is ordered on a page, and how whoever takes a job up does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from claims.records.job import Job, JobKind, JobOrder
from claims.records.lengths import require_length
from claims.records.people import User
from claims.records.reference import AuthorReference
from claims.records.retrieval import Query, Rung
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission
from reviewer.workflow.checking_references import check_references
from reviewer.workflow.due_searches import list_due
from reviewer.workflow.holding import require_open
from reviewer.workflow.permitting import get_still, require_standing
from reviewer.workflow.searching import Searched, Searcher, search_by_hand, search_claims

OpenWork: TypeAlias = Callable[[], UnitOfWork]
OpenSearcher: TypeAlias = Callable[[str, User], Searcher]
Step: TypeAlias = Searched | AuthorReference


def name_claim_job(claim_id: int) -> str:
    """The key of the job that searches for one claim."""
    return f"search:claim:{claim_id}"


def name_version_job(version_id: int) -> str:
    """The key of the job that searches for the claims of a version."""
    return f"search:version:{version_id}"


def order_search_due(version_id: int, total: int, source: str, user: User) -> JobOrder:
    """The search for all references and claims of the version that are due when the job is taken up."""
    return _order_version(JobKind.SEARCH_DUE, version_id, total, source, user)


def order_check_references(version_id: int, total: int, source: str, user: User) -> JobOrder:
    """The look-up of the references of the version that are due; one that failed is tried again.

    While the version is searched, which looks them up too, no second job is begun.
    """
    return _order_version(JobKind.CHECK_REFERENCES, version_id, total, source, user)


def order_search_again(work: UnitOfWork, claim_id: int, source: str, user: User) -> JobOrder:
    """The search for the claim by its whole ladder, asking the source anew.

    Raises ``RuleRefused`` for a claim that is dismissed or replaced, or of a version that is not open.
    """
    claim = work.claims.get_claim(claim_id)
    require_standing(claim)
    require_open(work, claim.version_id)
    return _order_claim(work, JobKind.SEARCH_CLAIM, claim_id, source, user)


def order_search_query(work: UnitOfWork, claim_id: int, query: Query, source: str, user: User) -> JobOrder:
    """The search with one query, beside what was found. Raises ``RuleRefused`` for one that is too long."""
    require_length("search_run.query", query.text)
    values = (("rung", query.rung.value), ("query", query.text))
    return _order_claim(work, JobKind.SEARCH_QUERY, claim_id, source, user, *values)


def run_search_job(open_work: OpenWork, open_searcher: OpenSearcher, job: Job) -> Iterator[Step]:
    """The steps of the job, each yielded once it is stored.

    Who takes up what another left in the middle does what is left: claims that are not due any more are
    left alone, and so is the one claim that was searched since the job was asked for. Raises what the
    searches raise, ``RoleRefused`` when who asked for it has no open account any more, or may not search.
    """
    order = job.order
    with open_work() as work:
        user = get_still(work, order.asked_by, Permission.SEARCH)
        if job.attempts > 1 and order.get("after") and _was_searched(work, order):
            return
    searcher = open_searcher(order.get("source"), user)
    yield from _HANDLERS[order.kind](open_work, searcher, order, user)


def _search_due(open_work: OpenWork, searcher: Searcher, order: JobOrder, user: User) -> Iterable[Step]:
    with open_work() as work:
        version = work.articles.get_version(order.target)
        claims = work.claims.list_claims(order.target)
        due = list_due(work, version, claims, searcher.source.profile.name, searcher.lexicon)
    references = check_references(open_work, version, searcher, user)
    return chain(references, search_claims(open_work, version, due, searcher, user))


def _check_references(open_work: OpenWork, searcher: Searcher, order: JobOrder, user: User) -> Iterable[Step]:
    with open_work() as work:
        version = work.articles.get_version(order.target)
    return check_references(open_work, version, searcher, user)


def _search_claim(open_work: OpenWork, searcher: Searcher, order: JobOrder, user: User) -> Iterable[Searched]:
    with open_work() as work:
        claim = work.claims.get_claim(order.target)
        version = work.articles.get_version(claim.version_id)
    return search_claims(open_work, version, (claim,), searcher, user, again=True)


def _search_query(open_work: OpenWork, searcher: Searcher, order: JobOrder, user: User) -> Iterable[Searched]:
    with open_work() as work:
        claim = work.claims.get_claim(order.target)
        version = work.articles.get_version(claim.version_id)
    query = Query(Rung(order.get("rung")), order.get("query"))
    return (search_by_hand(open_work, version, claim, query, searcher, user),)


_HANDLERS: dict[JobKind, Callable[[OpenWork, Searcher, JobOrder, User], Iterable[Step]]] = {
    JobKind.SEARCH_DUE: _search_due,
    JobKind.SEARCH_CLAIM: _search_claim,
    JobKind.SEARCH_QUERY: _search_query,
    JobKind.CHECK_REFERENCES: _check_references,
}


def _order_version(kind: JobKind, version_id: int, total: int, source: str, user: User) -> JobOrder:
    return JobOrder(name_version_job(version_id), kind, version_id, total, user.name, (("source", source),))


def _order_claim(
    work: UnitOfWork, kind: JobKind, claim_id: int, source: str, user: User, *values: tuple[str, str]
) -> JobOrder:
    after = str(work.searches.find_latest(claim_id))
    all_values = (("source", source), ("after", after), *values)
    return JobOrder(name_claim_job(claim_id), kind, claim_id, 1, user.name, all_values)


def _was_searched(work: UnitOfWork, order: JobOrder) -> bool:
    return work.searches.find_latest(order.target) > int(order.get("after"))
