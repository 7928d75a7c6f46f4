"""A search that is stopped ends at once, whatever it waits for, and stores nothing that it was not told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from claims.lexicon.lexicon import load_lexicon
from claims.pubmed.source import PubMed
from claims.records.article import Language
from claims.records.claim import Extraction
from claims.records.job import JobState
from claims.records.people import Role
from claims.records.retrieval import Query, Rung, SearchStatus
from claims.records.review import ArticleVersion
from claims.search.prefetching import work_ahead
from claims.search.rate_limit import SystemClock
from claims.search.stopping import STOP, Stop, WorkStopped
from reviewer.jobs import JobQueue, ProcessQueue
from reviewer.workflow.jobs import JobDesk
from reviewer.workflow.searching import Searcher, search_by_hand, search_claims
from tests.conftest import OpenWork
from tests.entrez_server import EntrezServer, Reply
from tests.factories import make_article, make_audit_entry, make_claim, make_moment, make_user
from tests.jobs.desk import Work, make_order, wait
from tests.own_ca import OwnCa, make_ca

DR_A = make_user("dr-a", Role.REVIEWER)
TEXTS = ("Minoxidil promotes hair growth.", "Finasteride reduces hair loss.")
HUNG = Reply(b"", delay_seconds=120)
BUSY = Reply(b"", status=503)
AT_ONCE_SECONDS = 3.0


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> OwnCa:
    return make_ca(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def version(open_work: OpenWork) -> ArticleVersion:
    with open_work() as work:
        article = make_article(" ".join(TEXTS), language=Language.EN)
        version = work.articles.add_version(article, make_moment())
        claims = (make_claim(text, start=40 * n) for n, text in enumerate(TEXTS))
        extraction = Extraction(tuple(replace(claim, theme="", heading="") for claim in claims), ())
        work.claims.add_extraction(version.id, extraction)
        work.commit(make_audit_entry())
    return version


@contextmanager
def searching(
    server: EntrezServer, open_work: OpenWork, steps: Callable[[Searcher], Iterator[object]]
) -> Iterator[JobQueue]:
    """A queue with a job of these steps, which has asked the server and waits."""
    pubmed = PubMed(server.base_url, tool="konkyo", email="n@example.org")
    searcher = Searcher(pubmed, load_lexicon(), make_moment)
    work = Work()
    work.steps["search:1"] = lambda: steps(searcher)
    queue = ProcessQueue(JobDesk(open_work), work, threads=1)
    queue.start(make_order(total=len(TEXTS)))
    while not server.seen:
        job = queue.find("search:1")
        assert job is not None
        assert not job.is_over, job
        time.sleep(0.01)
    # The answer to the first request is there where there is one.
    time.sleep(0.1)
    yield queue
    queue.close()


def stop(queue: JobQueue) -> None:
    queue.cancel("search:1")
    job = wait(queue, seconds=AT_ONCE_SECONDS)
    assert (job.state, job.done, job.failure) == (JobState.CANCELLED, 0, "")


@pytest.mark.parametrize("reply", [HUNG, BUSY], ids=["hung", "busy"])
@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_a_search_of_a_source_that_hangs_or_is_busy_stops_at_once_and_is_due_again(
    open_work: OpenWork,
    version: ArticleVersion,
    ca: OwnCa,
    monkeypatch: pytest.MonkeyPatch,
    reply: Reply,
    secure: bool,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca.bundle))
    with open_work() as work:
        claims = work.claims.list_claims(version.id)
    with (
        EntrezServer(script=[reply] * 20, certificate=ca.server if secure else None) as server,
        searching(
            server, open_work, lambda searcher: search_claims(open_work, version, claims, searcher, DR_A)
        ) as queue,
    ):
        stop(queue)
    ids = [claim.id for claim in claims]
    with open_work() as work:
        assert set(work.searches.load_status(ids).values()) == {SearchStatus.NOT_SEARCHED}
        assert not work.searches.load_leased(ids)
        assert [run for runs in work.searches.load_runs(ids).values() for run in runs] == []


def test_a_search_stops_within_seconds_when_it_was_told_on_another_server(
    open_work: OpenWork, version: ArticleVersion
) -> None:
    with open_work() as work:
        claims = work.claims.list_claims(version.id)
    with (
        EntrezServer(script=[HUNG] * 20) as server,
        searching(
            server, open_work, lambda searcher: search_claims(open_work, version, claims, searcher, DR_A)
        ),
    ):
        elsewhere = ProcessQueue(JobDesk(open_work), Work(), threads=1)
        stop(elsewhere)
        elsewhere.close()


def test_a_search_by_hand_stops_at_once_too(open_work: OpenWork, version: ArticleVersion) -> None:
    with open_work() as work:
        claim = work.claims.list_claims(version.id)[0]
    query = Query(Rung.BY_HAND, "minoxidil[tiab]")

    def steps(searcher: Searcher) -> Iterator[object]:
        yield search_by_hand(open_work, version, claim, query, searcher, DR_A)

    with EntrezServer(script=[HUNG]) as server, searching(server, open_work, steps) as queue:
        stop(queue)
    with open_work() as work:
        assert work.searches.load_runs([claim.id])[claim.id] == ()


def test_work_that_is_left_early_is_given_up(tmp_path: Path) -> None:
    begun = Event()

    def wait_long() -> None:
        begun.set()
        SystemClock().sleep(60)

    def fail() -> None:
        begun.wait()
        raise KeyError

    started = time.monotonic()
    with pytest.raises(KeyError):
        list(work_ahead([fail, wait_long], 2))
    assert time.monotonic() - started < AT_ONCE_SECONDS


def test_what_is_done_is_not_given_up_by_the_end_of_the_work() -> None:
    seen: list[Stop | None] = []
    assert list(work_ahead([lambda: seen.append(STOP.get())] * 3, 2)) == [None] * 3
    assert [stop for stop in seen if stop is None or stop.is_set()] == []


def test_work_within_work_is_given_up_with_it_and_not_by_its_own_end() -> None:
    outer = Stop()
    STOP.set(outer)
    try:
        answers = work_ahead([STOP.get, STOP.get], 2)
        assert next(answers) is outer
        answers.close()  # type: ignore[attr-defined]
        assert not outer.is_set()
    finally:
        STOP.set(None)


def test_who_sleeps_wakes_and_who_comes_later_does_not_sleep() -> None:
    stop, told = Stop(), []
    clock = SystemClock()

    def sleep() -> None:
        STOP.set(stop)
        for _ in range(2):
            with pytest.raises(WorkStopped):
                clock.sleep(60)
        told.append(True)

    sleeper = Thread(target=sleep)
    sleeper.start()
    stop.set()
    sleeper.join(AT_ONCE_SECONDS)
    assert told == [True]


def test_nobody_else_is_woken() -> None:
    Stop().set()
    started = time.monotonic()
    SystemClock().sleep(0.05)
    assert time.monotonic() - started >= 0.05
