from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from claims.records.citation import Citation
from db.unit_of_work import UnitOfWork
from tests.examples import at_most
from tests.factories import make_audit_entry, make_citation, make_pmid
from tests.persistence.counting import count_statements
from tests.persistence.strategies import records

Begin = Callable[[], UnitOfWork]


@settings(
    max_examples=at_most(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(citations=st.lists(records(Citation), max_size=3, unique_by=lambda citation: citation.pmid))
def test_any_record_comes_back_equal_from_the_database(begin: Begin, citations: list[Citation]) -> None:
    with begin() as work:
        work.citations.save(citations)
        loaded = work.citations.load(citation.pmid for citation in citations)
    assert loaded == {citation.pmid: citation for citation in citations}


@pytest.mark.parametrize("damage", ["\0", str(7**4000)], ids=["an empty sign", "three thousand signs"])
def test_a_record_whose_doi_no_index_holds_is_kept_whole_and_found(begin: Begin, damage: str) -> None:
    record = replace(make_citation(1), doi=f"10.1000/SAMPLE.{damage}")
    with begin() as work:
        work.citations.save([record])
        assert work.citations.load([record.pmid]) == {record.pmid: record}
        assert work.uses.find_pmids(record.doi) == (record.pmid,)
        work.watched.load([record])
        assert work.watched.find_papers() == ()


def test_a_record_saved_again_is_replaced(begin: Begin) -> None:
    revised = replace(make_citation(1), title="SAMPLE 1: revised")
    with begin() as work:
        work.citations.save([make_citation(1), make_citation(2)])
        work.citations.save([revised])
        work.commit(make_audit_entry())
    with begin() as work:
        loaded = work.citations.load([make_pmid(1), make_pmid(2)])
    assert loaded == {make_pmid(1): revised, make_pmid(2): make_citation(2)}


def test_of_two_records_with_one_pmid_the_later_stands(begin: Begin) -> None:
    later = replace(make_citation(1), title="SAMPLE 1: later")
    with begin() as work:
        work.citations.save([make_citation(1), later])
        assert work.citations.load([make_pmid(1)]) == {make_pmid(1): later}


def test_a_record_that_was_never_saved_is_absent(begin: Begin) -> None:
    with begin() as work:
        work.citations.save([])
        assert work.citations.load([make_pmid(9)]) == {}
        assert work.citations.load([]) == {}


def test_two_hundred_records_are_one_query_to_save_and_one_to_load(engine: Engine, begin: Begin) -> None:
    citations = [make_citation(number) for number in range(1, 201)]
    with begin() as work, count_statements(engine) as sent:
        work.citations.save(citations)
        assert len(work.citations.load(citation.pmid for citation in citations)) == 200
    assert len(sent) == 2
