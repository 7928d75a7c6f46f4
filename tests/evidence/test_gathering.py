"""Many claims through one slow source: in order, together, few requests, and each failure for itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Event, get_ident

import pytest

from claims.pubmed.source import PubMed
from claims.records.retrieval import Query, Rung, SearchPlan, SearchStatus
from claims.search.batching import MOST_TOGETHER, REQUESTS_PER_CLAIM, search_together
from claims.search.caching import CachedSource
from claims.search.ladder import ClaimSearch
from claims.search.prefetching import work_ahead
from tests.entrez_server import EntrezServer, Reply, sample_article
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_moment

CLAIMS = 60
RECORDS = [sample_article(str(9_000_000_001 + n), f"SAMPLE {n}") for n in range(3_000)]


def plan(number: int) -> SearchPlan:
    words = ("strict", "relaxed", "broad", "counter")
    ladder = tuple(Query(Rung(word), f"{word} claim{number}end") for word in words)
    return SearchPlan((), ladder, (), "sample-lexicon-1")


def finding(count: int, *, counter: int = 0) -> Callable[[str], Sequence[str]]:
    """``count`` records of each claim's own for its main searches, ``counter`` others against it."""

    def find(term: str) -> Sequence[str]:
        number = int(term.partition("claim")[2].partition("end")[0])
        first, many = (40, counter) if "counter" in term else (0, count)
        return [str(9_000_000_001 + 50 * number + first + n) for n in range(many)]

    return find


def climb_all(server: EntrezServer, claims: int = CLAIMS) -> list[ClaimSearch]:
    pubmed = PubMed(
        server.base_url, tool="konkyo", email="n@example.org", budget=UncountedBudget(), clock=StillClock()
    )
    source = CachedSource(pubmed, make_moment)
    climbs = (ClaimSearch(source, plan(number), (), "", limit=20) for number in range(claims))
    return list(search_together(climbs, source))


def numbers(climbs: list[ClaimSearch]) -> list[int]:
    return [int(climb.plan.ladder[0].text.partition("claim")[2].removesuffix("end")) for climb in climbs]


@pytest.mark.parametrize(("found", "against"), [(0, 0), (3, 2), (12, 5), (35, 9)])
def test_an_article_of_sixty_claims_takes_at_most_three_requests_a_claim(found: int, against: int) -> None:
    with EntrezServer(RECORDS, find=finding(found, counter=against)) as server:
        climbs = climb_all(server)
    assert numbers(climbs) == list(range(CLAIMS))
    assert len(server.seen) <= REQUESTS_PER_CLAIM * CLAIMS
    for climb in climbs:
        assert all(climb.source.known_record(pmid) for pmid in climb.rungs)


def test_records_of_several_claims_come_in_one_request() -> None:
    with EntrezServer(RECORDS, find=finding(12)) as server:
        climb_all(server)
    fetched = [request.form["id"].split(",") for request in server.seen if request.program == "efetch"]
    assert len(fetched) == CLAIMS / MOST_TOGETHER
    assert max(len(pmids) for pmids in fetched) <= 200
    everything = [pmid for pmids in fetched for pmid in pmids]
    assert len(everything) == len(set(everything)) == 12 * CLAIMS


def test_many_hits_are_narrowed_as_far_as_three_requests_a_claim_go() -> None:
    with EntrezServer(RECORDS, find=finding(35, counter=5)) as server:
        climbs = climb_all(server)
    narrowed = [climb for climb in climbs if any(run.rung is Rung.SYSTEMATIC for run in climb.runs)]
    assert CLAIMS / 3 <= len(narrowed) < CLAIMS
    assert len(server.seen) <= REQUESTS_PER_CLAIM * CLAIMS


@pytest.mark.timed
def test_slow_answers_are_waited_for_together() -> None:
    with EntrezServer(RECORDS, find=finding(12), delay_seconds=0.1) as server:
        started = time.monotonic()
        climb_all(server)
        took = time.monotonic() - started
    assert took < 0.6 * 0.1 * len(server.seen)


def test_a_claim_whose_search_fails_leaves_the_others() -> None:
    def find(term: str) -> Sequence[str]:
        if "claim7end" in term:
            raise BrokenPipeError
        return finding(12)(term)

    with EntrezServer(RECORDS, find=find) as server:
        climbs = climb_all(server, 20)
    failed = [number for number, climb in enumerate(climbs) if climb.runs[0].failure]
    assert failed == [7]
    assert climbs[7].runs[0].failure == "source_truncated"
    assert all(climb.rungs for number, climb in enumerate(climbs) if number != 7)


def test_records_that_do_not_come_mark_the_searches_that_found_them() -> None:
    with EntrezServer(RECORDS, find=finding(12)) as server:
        answer = server.answer
        server.answer = lambda request: (  # type: ignore[method-assign]
            Reply(b"", 503) if request.program == "efetch" else answer(request)
        )
        climbs = climb_all(server, 3)
    for climb in climbs:
        assert [(run.rung, run.status) for run in climb.runs] == [
            (Rung.STRICT, SearchStatus.FAILED),
            (Rung.COUNTER, SearchStatus.NOTHING_FOUND),
        ]


# --- work ahead of its reader ---------------------------------------------------------------------


def test_answers_come_in_the_order_of_the_jobs() -> None:
    def job(number: int) -> Callable[[], int]:
        def slow_first() -> int:
            time.sleep(0.02 if number % 5 == 0 else 0.0)
            return number

        return slow_first

    assert list(work_ahead((job(number) for number in range(40)), 4)) == list(range(40))


def test_one_worker_is_the_reader_itself_and_begins_nothing_early() -> None:
    begun: list[int] = []

    def job(number: int) -> Callable[[], int]:
        def noting() -> int:
            begun.append(number)
            return get_ident()

        return noting

    answers = work_ahead((job(number) for number in range(5)), 1)
    assert next(answers) == get_ident()
    assert begun == [0]


def test_an_answer_is_read_while_there_is_no_next_job_yet() -> None:
    done = Event()

    def jobs() -> Sequence[Callable[[], bool] | None]:
        return [lambda: done.wait(5), None, None]

    done.set()
    assert list(work_ahead(jobs(), 2)) == [True]


def test_what_a_job_raises_comes_in_its_place_and_closing_drops_the_rest() -> None:
    begun: list[int] = []

    def job(number: int) -> Callable[[], int]:
        def failing_third() -> int:
            begun.append(number)
            time.sleep(0.01)
            if number == 2:
                raise KeyError(number)
            return number

        return failing_third

    answers = work_ahead((job(number) for number in range(500)), 2)
    assert [next(answers), next(answers)] == [0, 1]
    with pytest.raises(KeyError):
        next(answers)
    assert len(begun) < 20
