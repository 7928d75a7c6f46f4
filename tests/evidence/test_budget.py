"""The rate of requests: never above NCBI's, nearly all of it used, and one pause for everybody."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from claims.pubmed.source import PubMed
from claims.search.ports import RequestBudget
from claims.search.priority import PLACE, WaitingLine
from claims.search.rate_limit import SystemClock, pace_process, share_budget
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
        budget.note_sent()
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
    assert share_budget("key", 10) is share_budget("key", 10)
    assert share_budget("key", 10) is not share_budget("", 3)


class NotingBudget:
    """A budget that notes when it let a request go."""

    def __init__(self, budget: RequestBudget) -> None:
        self.sent: list[float] = []
        self._budget = budget

    def take(self) -> None:
        self._budget.take()
        self.sent.append(time.monotonic())

    def note_sent(self) -> None:
        self._budget.note_sent()

    def pause(self, seconds: float) -> None:
        self._budget.pause(seconds)


def test_threads_that_ask_slow_ncbi_keep_to_its_rate_and_use_it() -> None:
    budget = NotingBudget(pace_process(10, SystemClock()))
    with EntrezServer([sample_article("9000000001", "SAMPLE: lactate")], delay_seconds=0.4) as server:
        pubmed = PubMed(server.base_url, tool="konkyo", email="nobody@example.org", budget=budget)
        with ThreadPoolExecutor(11) as threads:
            answers = list(threads.map(lambda _: pubmed.search("lactate", 5), range(40)))
    assert all(answer.count == 1 for answer in answers)
    assert min(after - before for before, after in zip(budget.sent, budget.sent[10:], strict=False)) >= 1.0
    assert 39 / (budget.sent[-1] - budget.sent[0]) >= 0.85 * 10


def test_a_thread_that_wakes_late_is_waited_for_a_second_later() -> None:
    class LateClock(StillClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds + (0.2 if len(self.slept) == 3 else 0.0))

    clock = LateClock()
    budget = pace_process(10, clock)
    sent = []
    for _ in range(30):
        budget.take()
        sent.append(clock.monotonic())
        budget.note_sent()
    assert min(after - before for before, after in zip(sent, sent[10:], strict=False)) >= 1.0


def test_who_has_a_turn_already_waits_for_the_end_of_a_pause() -> None:
    budget = pace_process(3, SystemClock())
    budget.take()
    with ThreadPoolExecutor(1) as other:
        started = time.monotonic()
        waiting = other.submit(budget.take)
        time.sleep(0.1)
        budget.pause(0.6)
        waiting.result()
    assert time.monotonic() - started >= 0.65


def test_the_most_urgent_comes_next_whenever_it_joined() -> None:
    line, passed = WaitingLine(1), []

    def go_through(place: int) -> None:
        PLACE.set(place)
        with line.through():
            passed.append(place)

    with ThreadPoolExecutor(3) as threads, line.through():
        for place in (3, 2, 1):
            threads.submit(go_through, place)
            time.sleep(0.05)
        passed.append(0)
    assert passed == [0, 1, 2, 3]


def test_who_never_sends_is_waited_for_two_seconds_and_no_longer() -> None:
    clock = StillClock()
    budget = pace_process(3, clock)
    for _ in range(3):
        # Their threads died between the turn and the request.
        budget.take()
    died_at = clock.monotonic()
    budget.take()
    assert 2.0 <= clock.monotonic() - died_at <= 2.5
