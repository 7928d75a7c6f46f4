"""One rate of requests for everybody who shares a key, on both databases, across threads and processes."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from claims.pubmed.source import rate_of
from claims.search.rate_limit import LEAST_SLACK, MOST_SLACK, NARROWING, space_turns
from db.request_budget import StoredTurns, fingerprint_key, open_budget
from tests.evidence.still_clock import StillClock

KEY = "k3y-of-nobody"
TAKE = """
import sys, time
from db.engine import open_engine
from claims.pubmed.source import rate_of
from db.request_budget import open_budget
budget = open_budget(open_engine(sys.argv[1]), sys.argv[2], rate_of(sys.argv[2]))
budget.take()
budget.note_sent()
sys.stdin.readline()
for _ in range(int(sys.argv[3])):
    budget.take()
    print(time.monotonic(), flush=True)
    budget.note_sent()
"""


class Leaving(Exception):
    """Somebody will not wait these seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


class LeavingClock(StillClock):
    def sleep(self, seconds: float) -> None:
        raise Leaving(seconds)


def turns_of(engine: Engine, key: str) -> float:
    """Seconds that the next one to ask with this key would wait, without waiting."""
    budget = open_budget(engine, key, rate_of(key), LeavingClock())
    try:
        budget.take()
    except Leaving as leaving:
        return leaving.seconds
    budget.note_sent()
    return 0.0


@pytest.mark.parametrize(("key", "per_second"), [("", 3), (KEY, 10)])
def test_turns_are_given_ahead_and_evenly_spaced(engine: Engine, key: str, per_second: int) -> None:
    first_at = time.monotonic()
    waits = [turns_of(engine, key) for _ in range(30)]
    assert waits[0] == 0.0
    assert waits[29] == pytest.approx(29 * space_turns(per_second) - (time.monotonic() - first_at), abs=0.5)


def test_two_who_use_a_key_share_its_turns_and_another_key_has_its_own(engine: Engine) -> None:
    assert turns_of(engine, KEY) == 0.0
    assert turns_of(engine, KEY) > 0.0
    assert turns_of(engine, "another") == 0.0
    assert turns_of(engine, "") == 0.0


def test_a_pause_is_kept_by_everybody_who_shares_the_budget(engine: Engine) -> None:
    open_budget(engine, KEY, rate_of(KEY)).pause(7)
    assert turns_of(engine, KEY) == pytest.approx(7, abs=0.5)
    assert turns_of(engine, "another") == 0.0


def test_a_pause_does_not_shorten_a_longer_one(engine: Engine) -> None:
    budget = open_budget(engine, KEY, rate_of(KEY))
    budget.pause(9)
    budget.pause(1)
    assert turns_of(engine, KEY) == pytest.approx(9, abs=0.5)


def test_who_has_a_turn_already_waits_for_the_end_of_a_pause(engine: Engine) -> None:
    budget = open_budget(engine, "", rate_of(""))
    budget.take()
    with ThreadPoolExecutor(1) as other:
        started = time.monotonic()
        waiting = other.submit(budget.take)
        time.sleep(0.1)
        open_budget(engine, "", rate_of("")).pause(0.8)
        waiting.result()
    assert time.monotonic() - started >= 0.85


def test_a_clock_that_was_set_back_stops_nobody(engine: Engine) -> None:
    budget = open_budget(engine, KEY, rate_of(KEY))
    budget.pause(1)
    with engine.begin() as connection:
        connection.execute(text("UPDATE request_budget SET next_turn = next_turn + 9e6, resumes_at = 9e12"))
    assert turns_of(engine, KEY) == 0.0


def test_the_key_is_not_in_the_database(engine: Engine) -> None:
    open_budget(engine, KEY, rate_of(KEY)).take()
    with engine.connect() as connection:
        (account,) = connection.execute(text("SELECT account FROM request_budget")).scalars()
    assert account == fingerprint_key(KEY)
    assert KEY not in account


@pytest.mark.timed
def test_processes_together_keep_to_the_rate_and_use_nearly_all_of_it(
    migrated_url: str, engine: Engine
) -> None:
    takers = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE, migrated_url, KEY, "12"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    turns_of(engine, KEY)
    time.sleep(2)
    for taker in takers:
        assert taker.stdin is not None
        taker.stdin.write("go\n")
        taker.stdin.flush()
    turns = sorted(float(line) for taker in takers for line in taker.communicate(timeout=60)[0].split())
    assert len(turns) == 36
    gaps = [later - earlier for earlier, later in zip(turns, turns[10:], strict=False)]
    assert min(gaps) >= 0.95
    assert (turns[-1] - turns[0]) / 35 <= 0.13


def test_a_request_that_is_written_late_is_waited_for_in_every_process(engine: Engine) -> None:
    late, other = (open_budget(engine, "", 3) for _ in range(2))
    late.take()
    time.sleep(0.4)
    late.note_sent()
    written_at = time.monotonic()
    for _ in range(3):
        other.take()
        last_at = time.monotonic()
        other.note_sent()
    assert last_at - written_at >= 1.0


def test_turns_widen_by_lateness_and_refusals_as_far_as_is_sensible_and_narrow_again(engine: Engine) -> None:
    turns = StoredTurns(engine, KEY, 10, StillClock())

    def tell_slack(late_seconds: float = 0.0) -> float:
        turn = turns.reserve()
        turns.note_sent(turn, late_seconds)
        return turns.look(turn).slack

    assert tell_slack() == pytest.approx(LEAST_SLACK)
    assert tell_slack(late_seconds=0.08) == pytest.approx(0.08)
    turns.pause(0.0)
    assert tell_slack() == pytest.approx(MOST_SLACK * NARROWING)
    assert tell_slack(late_seconds=3.0) == pytest.approx(MOST_SLACK)
    for _ in range(200):
        slack = tell_slack()
    assert slack == pytest.approx(LEAST_SLACK)
