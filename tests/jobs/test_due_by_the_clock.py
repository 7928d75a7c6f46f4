"""What is due by the clock is begun by whoever looks for jobs, once, where something can be asked."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from claims.records.job import Job, JobKind, JobOrder
from reviewer.bootstrap import find_due_job, open_application
from reviewer.jobs import ProcessQueue, in_process
from reviewer.settings import Settings
from reviewer.workflow.jobs import JobDesk
from reviewer.workflow.recheck_runs import KEY, order_recheck
from tests.conftest import OpenWork
from tests.databases import make_database


def test_a_server_begins_what_is_due(open_work: OpenWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_process, "SWEEP_SECONDS", 0.01)
    monkeypatch.setattr(in_process, "SWEEPS_A_SCHEDULE", 2)
    done: list[str] = []
    due = [order_recheck("library", 24, "cli:nobody")]

    def do(job: Job) -> Iterable[object]:
        done.append(job.order.key)
        return ()

    queue = ProcessQueue(JobDesk(open_work), do, find_due=lambda: due.pop() if due else None)
    queue.watch()
    ends = time.monotonic() + 10
    while not done and time.monotonic() < ends:
        time.sleep(0.01)
    queue.close()
    assert done == [KEY]


def open_house(folder: Path, **chosen: object) -> JobOrder | None:
    settings = Settings(folder, make_database(folder / "konkyo.db"), **chosen)  # type: ignore[arg-type]
    return find_due_job(open_application(settings))


def test_nothing_is_due_where_nobody_can_be_asked_or_it_is_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewer.workflow.recheck_runs.find_quiet_hours", lambda at: None)
    for name, chosen in {
        "no address": {},
        "off": {"recheck_hours": 0, "living_days": 0, "ncbi_email": "a@example.org"},
    }.items():
        (tmp_path / name).mkdir()
        assert open_house(tmp_path / name, **chosen) is None
    (tmp_path / "both").mkdir()
    order = open_house(tmp_path / "both", ncbi_email="a@example.org")
    assert order is not None
    assert (order.key, order.kind, order.get("source")) == (KEY, JobKind.RECHECK, "pubmed")


def test_nothing_is_begun_in_busy_hours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.workflow.recheck_runs.find_quiet_hours", lambda at: at)
    assert open_house(tmp_path, ncbi_email="a@example.org") is None
