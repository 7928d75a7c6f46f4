"""Long work: counted as it goes, stopped between two steps, done by one at a time, and lost by nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from claims.errors import SourceError, StoreError
from claims.records.job import JobState
from reviewer.jobs import JobQueue, JobRunner, ProcessQueue
from reviewer.jobs import in_process as in_process_module
from reviewer.monitoring.metrics import Metrics
from reviewer.workflow.jobs import JobDesk
from tests.conftest import OpenWork
from tests.jobs.desk import Work, make_order, wait, wait_for


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def desk(open_work: OpenWork) -> JobDesk:
    return JobDesk(open_work)


@pytest.fixture
def queue(desk: JobDesk, work: Work) -> Iterator[JobQueue]:
    queue = ProcessQueue(desk, work, threads=1)
    yield queue
    queue.close()


def test_a_job_counts_its_steps_and_ends(queue: JobQueue, work: Work) -> None:
    work.steps["search:1"] = lambda: range(3)
    queue.start(make_order(total=3))
    job = wait(queue)
    assert (job.state, job.done, job.failure) == (JobState.DONE, 3, "")


def test_how_far_a_job_is_stands_where_every_server_sees_it(
    queue: JobQueue, work: Work, desk: JobDesk
) -> None:
    gate = threading.Event()

    def steps() -> Iterator[int]:
        yield 1
        gate.wait(5)
        yield 2

    work.steps["search:1"] = steps
    queue.start(make_order(total=2))
    elsewhere = ProcessQueue(desk, work, threads=1)
    assert wait_for(elsewhere, lambda job: job.done == 1).state is JobState.RUNNING
    gate.set()
    assert wait(elsewhere).done == 2
    elsewhere.close()


def test_a_job_that_is_open_is_not_started_again(queue: JobQueue, work: Work) -> None:
    gate, starts = threading.Event(), []

    def steps() -> Iterator[int]:
        starts.append(1)
        gate.wait(5)
        yield 1

    work.steps["search:1"] = steps
    first = queue.start(make_order(asked_by="sato"))
    second = queue.start(make_order(asked_by="suzuki"))
    gate.set()
    wait(queue)
    assert (second.number, second.order.asked_by) == (first.number, "sato")
    assert starts == [1]
    third = queue.start(make_order(asked_by="suzuki"))
    assert (third.number, third.order.asked_by) == (first.number + 1, "suzuki")
    wait_for(queue, lambda job: job.is_over and job.number == third.number)


def test_cancelling_keeps_what_was_stored_and_lets_a_step_end(queue: JobQueue, work: Work) -> None:
    stored, first_is_stored, go_on = [], threading.Event(), threading.Event()

    def steps() -> Iterator[int]:
        for number in range(3):
            stored.append(number)
            first_is_stored.set()
            go_on.wait(5)
            yield number

    work.steps["search:1"] = steps
    queue.start(make_order(total=3))
    assert first_is_stored.wait(5)
    queue.cancel("search:1")
    job = queue.find("search:1")
    assert job is not None
    assert job.is_stopping
    go_on.set()
    assert (wait(queue).state, stored) == (JobState.CANCELLED, [0])


def test_a_job_that_waits_for_its_turn_can_be_cancelled_before_it_begins(queue: JobQueue, work: Work) -> None:
    gate, touched = threading.Event(), []

    def hold() -> Iterator[int]:
        gate.wait(5)
        yield 1

    def touch() -> Iterator[int]:
        touched.append(1)
        yield 1

    work.steps = {"search:1": hold, "search:2": touch}
    queue.start(make_order("search:1"))
    queue.start(make_order("search:2"))
    queue.cancel("search:2")
    assert wait(queue, "search:2").state is JobState.CANCELLED
    gate.set()
    wait(queue)
    assert touched == []


def test_what_ended_a_job_is_told_and_the_next_one_runs(queue: JobQueue, work: Work) -> None:
    def steps() -> Iterator[int]:
        yield 1
        raise SourceError("source_unreachable", source="PubMed")

    def break_down() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError("with words that nobody is told")

    work.steps = {"search:1": steps, "search:2": break_down, "search:3": lambda: [1]}
    for key in work.steps:
        queue.start(make_order(key, total=2))
    failed, broken, after = (wait(queue, key) for key in work.steps)
    assert (failed.state, failed.done, failed.failure) == (JobState.FAILED, 1, "source_unreachable")
    assert failed.failure_values == (("source", "PubMed"),)
    assert (broken.failure, broken.failure_values) == ("job_fault", (("reason", "ZeroDivisionError"),))
    assert after.state is JobState.DONE


def test_who_goes_down_gives_back_what_it_did_and_another_does_what_is_left(
    desk: JobDesk, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_process_module, "SWEEP_SECONDS", 0.05)
    stored: list[int] = []

    def steps() -> Iterator[int]:
        for number in range(len(stored), 4):
            stored.append(number)
            yield number
            if len(stored) == 2:
                begun.set()
                gate.wait(5)

    begun, gate = threading.Event(), threading.Event()
    work.steps["search:1"] = steps
    one, other = (ProcessQueue(desk, work, threads=1) for _ in range(2))
    one.start(make_order(total=4))
    assert begun.wait(5)
    # It is told to go down while its third step is under way.
    closing = threading.Thread(target=one.close)
    closing.start()
    gate.set()
    closing.join(5)
    left = desk.find("search:1")
    assert left is not None
    assert (left.state, left.attempts) == (JobState.WAITING, 0)
    other.watch()
    job = wait(other)
    assert (job.state, job.done, stored) == (JobState.DONE, 4, [0, 1, 2, 3])
    other.close()


def test_a_job_that_another_took_over_is_stopped_and_ends_nothing(desk: JobDesk, work: Work) -> None:
    begun, gate = threading.Event(), threading.Event()

    def steps() -> Iterator[int]:
        begun.set()
        gate.wait(5)
        yield 1
        yield 2

    work.steps["search:1"] = steps
    desk.start(make_order(total=2))
    runner = JobRunner(desk, work)
    thread = threading.Thread(target=runner.run, args=("search:1",))
    thread.start()
    assert begun.wait(5)
    with desk._open_work() as unit:
        # As after a standstill longer than the lease.
        unit._session.connection().exec_driver_sql("UPDATE job SET taken_until = 0")
        unit.commit_passing()
    assert desk.take("search:1", "another") is not None
    gate.set()
    thread.join(5)
    job = desk.find("search:1")
    assert job is not None
    assert (job.state, job.done) == (JobState.RUNNING, 0)


def test_a_database_that_is_away_for_a_moment_fails_no_job(desk: JobDesk, work: Work) -> None:
    def steps() -> Iterator[int]:
        yield 1
        raise StoreError("database_busy", reason="locked")

    work.steps["search:1"] = steps
    desk.start(make_order(total=2))
    JobRunner(desk, work).run("search:1")
    job = desk.find("search:1")
    assert job is not None
    assert (job.state, job.done) == (JobState.RUNNING, 1)


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


def test_every_job_is_counted_by_how_it_ended(desk: JobDesk, work: Work) -> None:
    metrics = Counted()
    queue, gate = ProcessQueue(desk, work, threads=1, metrics=metrics), threading.Event()

    def fail() -> Iterator[int]:
        gate.wait(5)
        yield 1
        raise SourceError("source_timeout")

    work.steps = {"search:1": fail, "search:2": lambda: [1], "search:3": lambda: [1]}
    for key in work.steps:
        queue.start(make_order(key))
    queue.cancel("search:3")
    gate.set()
    for key in work.steps:
        wait(queue, key)
    queue.close()
    assert sorted(metrics.told) == ["begun", "begun", "cancelled", "done", "failed", "left", "left"]
