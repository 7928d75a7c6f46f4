"""The rate of requests: never above NCBI's, nearly all of it used, and one pause for everybody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from claims.evidence.budget import SystemClock, pace_process, share_budget
from claims.evidence.pubmed import PubMed
from tests.entrez_server import EntrezServer, sample_article
from tests.evidence.still_clock import StillClock


@pytest.mark.parametrize("per_second", [3, 10])
def test_turns_stay_below_the_rate_and_use_nearly_all_of_it(per_second: int) -> None:
    clock = StillClock()
    budget = pace_process(per_second, clock)
    turns = []
    for _ in range(60):
        budget.take()
        turns.append(clock.monotonic())
    for at in turns:
        assert sum(at <= turn < at + 1 for turn in turns) <= per_second
    assert 59 / turns[-1] >= 0.95 * per_second


def test_a_pause_holds_the_next_turn_back() -> None:
    clock = StillClock()
    budget = pace_process(3, clock)
    budget.pause(7)
    budget.take()
    assert clock.monotonic() == 7


def test_all_who_use_a_key_share_its_budget() -> None:
    assert share_budget("key") is share_budget("key")
    assert share_budget("key") is not share_budget("")


def test_threads_that_ask_slow_ncbi_keep_to_its_rate_and_get_no_429() -> None:
    articles = [sample_article("9000000001", "SAMPLE: lactate")]
    with EntrezServer(articles, delay_seconds=0.4, per_second=10) as server:
        budget = pace_process(10, SystemClock())
        pubmed = PubMed(server.base_url, tool="konkyo", email="nobody@example.org", budget=budget)
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda _: pubmed.search("lactate", 5), range(20)))
    assert all(answer.count == 1 for answer in answers)
    assert server.refused == 0
    arrivals = [request.at for request in server.seen]
    assert (len(arrivals) - 1) / (arrivals[-1] - arrivals[0]) >= 0.9 * 10
