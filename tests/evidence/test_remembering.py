"""Nothing known is asked again, and everything known has its date."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from claims.errors import SourceError
from claims.pubmed.source import PubMed
from claims.records.citation import Pmid
from claims.search.caching import (
    ANSWERS_KEPT_DAYS,
    RECORDS_KEPT_DAYS,
    CachedSource,
    RefreshingSource,
)
from claims.search.ports import AnswerCache, RemoteSource
from db.answer_cache import StoredAnswers
from db.engine import open_engine
from tests.databases import make_database
from tests.entrez_server import EntrezServer, Reply, sample_article
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_moment

FIRST, SECOND, GONE = Pmid("9000000001"), Pmid("9000000002"), Pmid("9000000003")
ARTICLES = (sample_article(FIRST, "SAMPLE: lactate"), sample_article(SECOND, "SAMPLE: platelets"))


class Days:
    """A calendar that a test turns."""

    def __init__(self) -> None:
        self.days = 0

    def __call__(self) -> datetime:
        return make_moment() + timedelta(days=self.days)


@pytest.fixture
def server() -> Iterator[EntrezServer]:
    with EntrezServer(ARTICLES, delay_seconds=0.05) as running:
        yield running


@pytest.fixture
def pubmed(server: EntrezServer) -> PubMed:
    return PubMed(
        server.base_url, tool="konkyo", email="n@example.org", budget=UncountedBudget(), clock=StillClock()
    )


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    engine = open_engine(make_database(tmp_path / "konkyo.db"))
    return StoredAnswers(engine, "pubmed")


def test_pubmed_is_remote_and_a_source_remembers_that(pubmed: PubMed) -> None:
    assert isinstance(pubmed, RemoteSource)
    assert (pubmed.per_second, CachedSource(pubmed, make_moment).workers) == (3, 4)


def test_an_answer_is_known_for_a_week_and_carries_its_date(
    pubmed: PubMed, server: EntrezServer, cache: AnswerCache
) -> None:
    now = Days()
    first = CachedSource(pubmed, now, cache).search("lactate", 20)
    now.days = ANSWERS_KEPT_DAYS
    second = CachedSource(pubmed, now, cache).search("lactate", 20)
    assert first == second
    assert second.asked_at == make_moment()
    assert len(server.seen) == 1
    now.days += 1
    assert CachedSource(pubmed, now, cache).search("lactate", 20).asked_at == now()
    assert len(server.seen) == 2


def test_another_limit_is_another_question(pubmed: PubMed, server: EntrezServer, cache: AnswerCache) -> None:
    for limit in (20, 40):
        CachedSource(pubmed, make_moment, cache).search("lactate", limit)
    assert len(server.seen) == 2


def test_again_asks_what_is_known_and_keeps_the_new_answer(
    pubmed: PubMed, server: EntrezServer, cache: AnswerCache
) -> None:
    now = Days()
    CachedSource(pubmed, now, cache).search("lactate", 20)
    CachedSource(pubmed, now, cache).fetch([FIRST])
    now.days = 1
    again = CachedSource(pubmed, now, cache, again=True)
    again.fetch([FIRST])
    record = again.known_record(FIRST)
    assert again.search("lactate", 20).asked_at == now()
    assert record is not None
    assert record.fetched_at == now()
    assert len(server.seen) == 4
    assert CachedSource(pubmed, now, cache).search("lactate", 20).asked_at == now()
    assert len(server.seen) == 4


def test_records_are_fetched_once_and_keep_the_date_of_that(
    pubmed: PubMed, server: EntrezServer, cache: AnswerCache
) -> None:
    now = Days()
    CachedSource(pubmed, now, cache).fetch([FIRST])
    now.days = RECORDS_KEPT_DAYS
    source = CachedSource(pubmed, now, cache)
    assert source.find_unknown([FIRST, SECOND]) == [SECOND]
    source.fetch([FIRST, SECOND])
    assert [request.form["id"] for request in server.seen] == [FIRST, SECOND]
    first, second = source.known_record(FIRST), source.known_record(SECOND)
    assert first is not None
    assert second is not None
    assert (first.fetched_at, second.fetched_at) == (make_moment(), now())


def test_a_record_that_the_source_lacks_is_asked_for_once(pubmed: PubMed, server: EntrezServer) -> None:
    source = CachedSource(pubmed, make_moment)
    source.fetch([GONE])
    source.fetch([GONE])
    assert source.known_record(GONE) is None
    assert source.find_unknown([GONE]) == []
    assert len(server.seen) == 1


def test_threads_that_ask_the_same_at_once_share_one_request(pubmed: PubMed, server: EntrezServer) -> None:
    source = CachedSource(pubmed, make_moment)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: source.search("lactate", 20), range(8)))
        list(threads.map(lambda _: source.fetch([FIRST]), range(8)))
    assert {answer.count for answer in answers} == {1}
    assert [request.program for request in server.seen] == ["esearch", "efetch"]


def test_a_failure_is_told_to_all_who_waited_and_the_next_asks_again(
    pubmed: PubMed, server: EntrezServer, cache: AnswerCache
) -> None:
    source = CachedSource(pubmed, make_moment, cache)
    server.script += [Reply(b"", 404), Reply(b"", 404)]
    for _ in range(2):
        with pytest.raises(SourceError, match="source_unusable"):
            source.search("lactate", 20)
    with pytest.raises(SourceError, match="source_unusable"):
        source.fetch([FIRST])
    assert source.find_unknown([FIRST]) == [FIRST]
    source.fetch([FIRST])
    assert source.known_record(FIRST) is not None
    assert CachedSource(pubmed, make_moment, cache).search("lactate", 20).count == 1


def test_looking_again_renews_what_later_searches_know(
    pubmed: PubMed, server: EntrezServer, cache: AnswerCache
) -> None:
    now = Days()
    CachedSource(pubmed, now, cache).fetch([FIRST])
    now.days = 3
    assert set(RefreshingSource(pubmed, now, cache).fetch([FIRST, GONE])) == {FIRST}
    later = CachedSource(pubmed, now, cache)
    later.fetch([FIRST])
    record = later.known_record(FIRST)
    assert record is not None
    assert record.fetched_at == now()
    assert len(server.seen) == 2
