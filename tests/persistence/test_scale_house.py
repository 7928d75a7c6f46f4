"""The house by which growth is measured is one that an upgrade can be measured with, from a schema before."""

from __future__ import annotations

import pytest

from benchmarks.scale.upgrade import measure_upgrade, wait_for_servers
from db.migrations import find_head

# Before what the queue is read by was kept, which is most of what an upgrade counts.
FORMER = "0030"


def test_a_house_of_old_is_written_and_brought_to_this_schema(database_url: str, dialect: str) -> None:
    row, faults = measure_upgrade(database_url, claims=300, big=100, former=FORMER)
    assert find_head() != FORMER
    assert (row["database"], row["claims"], row["faults"]) == (dialect, 300, 0)
    assert not faults


def test_a_server_that_does_not_hear_of_its_dead_client_is_named_and_not_waited_for_without_end() -> None:
    with pytest.raises(TimeoutError, match="in the processes 7, 8;"):
        wait_for_servers(lambda: (7, 8), most=0.0, pause=0.0)


def test_a_server_that_ends_is_waited_for() -> None:
    told = [(7,), (7,), ()]
    wait_for_servers(lambda: told.pop(0), most=60.0, pause=0.0)
    assert told == []
