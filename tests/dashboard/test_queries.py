"""However many claims an article has, a page asks the database as often."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import Engine

from db.unit_of_work import UnitOfWork
from reviewer.bootstrap import open_shared_application
from tests.dashboard.conftest import OpenRoom
from tests.factories import make_article, make_audit_entry, make_evidence, make_extraction, make_moment
from tests.persistence.counting import count_statements
from tests.workflow.clinic import A, Clinic

MOST = 66


def store_article(open_work: Callable[[], UnitOfWork], claims: int) -> dict[str, int]:
    """A searched article of as many claims: the places of its queue and of its first claim."""
    with open_work() as work:
        version = work.articles.add_version(make_article("見" * 10 * claims), make_moment())
        stored = work.claims.add_extraction(version.id, make_extraction(claims))
        for claim in stored:
            work.searches.record_evidence(claim.id, make_evidence(1, 2))
        work.commit(make_audit_entry())
    return {"version": version.id, "claim": stored[0].id}


def shared_engine() -> Engine:
    """The engine that the page works with."""
    work = open_shared_application().work
    assert isinstance(work, partial)
    engine = work.args[0]
    assert isinstance(engine, Engine)
    return engine


@pytest.mark.parametrize("page", ["claim", "version"])
def test_a_page_of_many_claims_asks_as_often_as_one_of_few(
    clinic: Clinic, open_room: OpenRoom, page: str
) -> None:
    asked = []
    for claims in (2, 40):
        place = {page: store_article(clinic.open_work, claims)[page]}
        with count_statements(shared_engine()) as sent:
            assert not open_room(A, **place).exception
        asked.append(len(sent))
    assert asked[0] == asked[1] <= MOST
