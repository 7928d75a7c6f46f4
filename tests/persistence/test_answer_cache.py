"""What a source answered comes back whole and dated, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from claims.records.retrieval import FetchedRecord, SourceAnswer
from db.answer_cache import StoredAnswers
from tests.factories import make_citation, make_moment, make_pmid

QUERY = " OR ".join(f'"sample agent {n}"[tiab]' for n in range(500))


@pytest.fixture
def cache(engine: Engine) -> StoredAnswers:
    return StoredAnswers(engine, "pubmed")


def answer(minutes: int = 0, count: int = 2) -> SourceAnswer:
    found = (make_pmid(1), make_pmid(2))
    return SourceAnswer(found, count, '"見本"[tiab]', ("PhraseNotFound: 見本",), make_moment(minutes))


def test_an_answer_comes_back_whole(cache: StoredAnswers) -> None:
    cache.keep_answer(QUERY, 20, answer())
    assert cache.find_answer(QUERY, 20, make_moment()) == answer()


def test_an_older_answer_another_limit_and_another_source_are_none(
    cache: StoredAnswers, engine: Engine
) -> None:
    cache.keep_answer(QUERY, 20, answer())
    assert cache.find_answer(QUERY, 20, make_moment(1)) is None
    assert cache.find_answer(QUERY, 40, make_moment()) is None
    assert cache.find_answer("sample", 20, make_moment()) is None
    assert StoredAnswers(engine, "library").find_answer(QUERY, 20, make_moment()) is None


def test_a_newer_answer_takes_the_place_of_the_older(cache: StoredAnswers) -> None:
    cache.keep_answer(QUERY, 20, answer())
    cache.keep_answer(QUERY, 20, answer(minutes=5, count=9))
    assert cache.find_answer(QUERY, 20, make_moment()) == answer(minutes=5, count=9)


def test_records_come_back_by_the_number_that_was_asked_for(cache: StoredAnswers) -> None:
    records = {make_pmid(n): FetchedRecord(make_citation(n), make_moment(n)) for n in (1, 2)}
    records[make_pmid(3)] = FetchedRecord(make_citation(4), make_moment(3))
    cache.keep_records(records)
    cache.keep_records({})
    asked = [make_pmid(n) for n in (1, 2, 3, 4)]
    assert cache.find_records(asked, make_moment()) == records
    assert set(cache.find_records(asked, make_moment(2))) == {make_pmid(2), make_pmid(3)}


def test_what_is_forgotten_is_asked_again(cache: StoredAnswers) -> None:
    cache.keep_answer(QUERY, 20, answer())
    cache.keep_records({make_pmid(1): FetchedRecord(make_citation(1), make_moment(10))})
    cache.forget(make_moment(5))
    assert cache.find_answer(QUERY, 20, make_moment()) is None
    assert set(cache.find_records([make_pmid(1)], make_moment())) == {make_pmid(1)}
