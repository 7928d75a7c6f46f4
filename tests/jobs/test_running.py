"""Long work: counted as it goes, stopped between two steps, run once at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from claims.errors import SourceError
from reviewer.jobs import JobRunner, JobState
from reviewer.monitoring.metrics import Metrics


@pytest.fixture
def runner() -> JobRunner:
    return JobRunner(threads=1)


def test_a_job_counts_its_steps_and_ends(runner: JobRunner) -> None:
    job = runner.start("search:1", "searching", 3, "sato", lambda: range(3))
    job.wait(5)
    assert (job.state, job.done, job.error) == (JobState.DONE, 3, None)


def test_a_job_that_is_running_is_not_started_again(runner: JobRunner) -> None:
    gate, starts = threading.Event(), []

    def steps() -> Iterator[int]:
        starts.append(1)
        gate.wait(5)
        yield 1

    first = runner.start("search:1", "searching", 1, "sato", steps)
    second = runner.start("search:1", "searching", 1, "suzuki", steps)
    gate.set()
    first.wait(5)
    assert second is first
    assert starts == [1]
    third = runner.start("search:1", "searching", 1, "suzuki", steps)
    third.wait(5)
    assert third is not first


def test_cancelling_keeps_what_was_stored_and_lets_a_step_end(runner: JobRunner) -> None:
    stored, first_is_stored, go_on = [], threading.Event(), threading.Event()

    def steps() -> Iterator[int]:
        for number in range(3):
            stored.append(number)
            first_is_stored.set()
            go_on.wait(5)
            yield number

    job = runner.start("search:1", "searching", 3, "sato", steps)
    assert first_is_stored.wait(5)
    job.cancel()
    go_on.set()
    job.wait(5)
    assert (job.state, stored) == (JobState.CANCELLED, [0])


def test_a_job_that_waits_for_its_turn_can_be_cancelled_before_it_begins(runner: JobRunner) -> None:
    gate, touched = threading.Event(), []

    def hold() -> Iterator[int]:
        gate.wait(5)
        yield 1

    def touch() -> Iterator[int]:
        touched.append(1)
        yield 1

    holding = runner.start("search:1", "searching", 1, "sato", hold)
    waiting = runner.start("search:2", "searching", 1, "sato", touch)
    waiting.cancel()
    gate.set()
    holding.wait(5)
    waiting.wait(5)
    assert (waiting.state, touched) == (JobState.CANCELLED, [])


def test_what_ended_a_job_is_told_and_the_next_one_runs(runner: JobRunner) -> None:
    def steps() -> Iterator[int]:
        yield 1
        raise SourceError("source_unreachable")

    failed = runner.start("search:1", "searching", 2, "sato", steps)
    failed.wait(5)
    assert (failed.state, failed.done) == (JobState.FAILED, 1)
    assert isinstance(failed.error, SourceError)
    after = runner.start("search:2", "searching", 1, "sato", lambda: [1])
    after.wait(5)
    assert after.state is JobState.DONE


def test_a_job_is_forgotten_only_once_it_is_over(runner: JobRunner) -> None:
    gate = threading.Event()

    def steps() -> Iterator[int]:
        gate.wait(5)
        yield 1

    job = runner.start("search:1", "searching", 1, "sato", steps)
    runner.forget("search:1")
    assert runner.find("search:1") is job
    gate.set()
    job.wait(5)
    runner.forget("search:1")
    assert runner.find("search:1") is None


class Counted(Metrics):
    """What was counted of jobs, in the order in which it happened."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def begin_job(self) -> None:
        self.told.append("begun")

    def leave_job(self) -> None:
        self.told.append("left")

    def count_job(self, state: str) -> None:
        self.told.append(state)


def test_every_job_is_counted_by_how_it_ended_and_none_runs_afterwards() -> None:
    metrics = Counted()
    runner, gate = JobRunner(threads=1, metrics=metrics), threading.Event()

    def fail() -> Iterator[int]:
        yield 1
        raise SourceError("source_timeout")

    def wait() -> Iterator[int]:
        gate.wait(5)
        yield 1

    runner.start("search:1", "searching", 2, "sato", fail).wait(5)
    waiting = runner.start("search:2", "searching", 1, "sato", wait)
    never_begun = runner.start("search:3", "searching", 1, "sato", wait)
    never_begun.cancel()
    gate.set()
    waiting.wait(5)
    assert sorted(metrics.told) == ["begun", "begun", "cancelled", "done", "failed", "left", "left"]
