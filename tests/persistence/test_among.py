"""However many claims are asked for, the question has one parameter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.records.assessment import ClaimStatus
from db.unit_of_work import UnitOfWork
from tests.factories import make_article, make_audit_entry, make_extraction, make_moment, make_pmid

# PostgreSQL takes 65,535 parameters, SQLite of python.org's builds 32,766.
MANY = 70_000
ASKED: dict[str, Callable[[UnitOfWork, list[int]], object]] = {
    "statuses": lambda work, ids: work.claims.load_statuses(ids),
    "claims": lambda work, ids: work.claims.load_claims(ids),
    "grades": lambda work, ids: work.assessments.load_assessments(ids),
    "grades taken back": lambda work, ids: work.assessments.load_taken_back(ids),
    "searches": lambda work, ids: work.searches.load_status(ids),
    "runs": lambda work, ids: work.searches.load_runs(ids),
    "findings": lambda work, ids: work.searches.load_findings(ids),
    "ancestors": lambda work, ids: work.lineage.load_ancestors(ids),
    "flags": lambda work, ids: work.flags.load_remarks(ids),
    "plans": lambda work, ids: work.plans.load_plans(ids),
    "states": lambda work, ids: work.decisions.load_states(ids),
    "trail": lambda work, ids: work.audit.list_about([f"claim:{id}" for id in ids]),
    "records": lambda work, ids: work.citations.load([make_pmid(id) for id in ids]),
}


@pytest.mark.parametrize("asked", ASKED)
def test_more_keys_than_a_statement_takes_parameters_are_asked_for_at_once(
    begin: Callable[[], UnitOfWork], asked: str
) -> None:
    with begin() as work:
        ASKED[asked](work, list(range(1, MANY)))


def test_the_keys_that_are_there_are_found_among_many(begin: Callable[[], UnitOfWork]) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        claims = work.claims.add_extraction(version.id, make_extraction(claims=2))
        work.commit(make_audit_entry())
    with begin() as work:
        asked = [*range(2, MANY), claims[0].id]
        assert work.claims.load_statuses(asked) == {claim.id: ClaimStatus.EXTRACTED for claim in claims}
        assert work.claims.load_statuses([]) == {}
