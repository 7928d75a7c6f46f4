"""Jobs by their keys: one is open at a time, one is at work at it, and what died is to be had again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from claims.records.job import Job, JobKind, JobOrder, JobState
from db.repositories.jobs import MOST_ATTEMPTS
from db.unit_of_work import UnitOfWork

Begin = Callable[[], UnitOfWork]
ORDER = JobOrder("search:version:1", JobKind.SEARCH_DUE, 1, 3, "sato", (("source", "pubmed"),))
KEY = ORDER.key


@pytest.fixture
def started(begin: Begin) -> Job:
    with begin() as work:
        job = work.jobs.start(ORDER)
        work.commit_passing()
    return job


def take(begin: Begin, owner: str, seconds: float = 60.0) -> Job | None:
    with begin() as work:
        job = work.jobs.take(KEY, owner, seconds)
        work.commit_passing()
    return job


def find(begin: Begin) -> Job:
    with begin() as work:
        job = work.jobs.find(KEY)
    assert job is not None
    return job


def test_an_order_comes_back_whole(started: Job, begin: Begin) -> None:
    assert find(begin) == started == Job(ORDER, 1, JobState.WAITING, 0, 0)


def test_two_who_start_the_same_at_once_get_one_job(begin: Begin) -> None:
    gate = Barrier(4)

    def start(name: str) -> Job:
        with begin() as work:
            gate.wait()
            job = work.jobs.start(JobOrder(KEY, JobKind.SEARCH_DUE, 1, 3, name))
            work.commit_passing()
        return job

    with ThreadPoolExecutor(4) as pool:
        jobs = list(pool.map(start, ["a", "b", "c", "d"]))
    assert {job.number for job in jobs} == {1}
    assert len({job.order.asked_by for job in jobs}) == 1


def test_of_several_who_take_a_job_up_at_once_one_has_it(started: Job, begin: Begin) -> None:
    gate = Barrier(4)

    def take_at_once(owner: str) -> bool:
        with begin() as work:
            gate.wait()
            job = work.jobs.take(KEY, owner, 60.0)
            work.commit_passing()
        return job is not None

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take_at_once, "abcd")) == 1


def test_what_died_is_due_as_soon_as_its_lease_ends_and_its_steps_stand(started: Job, begin: Begin) -> None:
    assert take(begin, "one", seconds=-1.0) is not None
    with begin() as work:
        assert work.jobs.list_due() == (KEY,)
        assert work.jobs.count().waiting == 1
        # The dead one wrote so much before it died.
        work.jobs.renew(KEY, "one", -1.0, done=2)
        work.commit_passing()
    other = take(begin, "other")
    assert other is not None
    assert (other.done, other.attempts) == (2, 2)
    with begin() as work:
        assert work.jobs.list_due() == ()
        assert not work.jobs.end(KEY, "one", JobState.DONE, 3)
        assert work.jobs.renew(KEY, "one", 60.0, 3) is None
        assert work.jobs.end(KEY, "other", JobState.DONE, 3)
        work.commit_passing()
    assert (find(begin).state, find(begin).done) == (JobState.DONE, 3)


def test_what_is_given_back_waits_for_the_next_at_once(started: Job, begin: Begin) -> None:
    take(begin, "one")
    with begin() as work:
        assert not work.jobs.give_back(KEY, "other", 1)
        assert work.jobs.give_back(KEY, "one", 1)
        work.commit_passing()
    other = take(begin, "other")
    assert other is not None
    assert (other.done, other.attempts) == (1, 1)


def test_a_job_that_kills_whoever_takes_it_up_is_given_up(started: Job, begin: Begin) -> None:
    for number in range(MOST_ATTEMPTS):
        assert take(begin, str(number), seconds=-1.0) is not None
    assert take(begin, "last") is None
    assert (find(begin).state, find(begin).failure) == (JobState.FAILED, "job_given_up")


def test_stopping_cancels_what_nobody_is_at_work_at_and_tells_who_is(started: Job, begin: Begin) -> None:
    take(begin, "one")
    with begin() as work:
        work.jobs.ask_to_stop(KEY)
        work.commit_passing()
    assert (find(begin).state, find(begin).is_stopping) == (JobState.RUNNING, True)
    with begin() as work:
        # It dies before it hears of it.
        work.jobs.renew(KEY, "one", -1.0, 1)
        work.commit_passing()
    assert take(begin, "other") is None
    assert find(begin).state is JobState.CANCELLED
    with begin() as work:
        again = work.jobs.start(ORDER)
        work.jobs.ask_to_stop(KEY)
        work.commit_passing()
    assert (again.number, again.is_stopping) == (2, False)
    assert find(begin).state is JobState.CANCELLED


def test_how_many_wait_and_for_how_long_is_counted(begin: Begin) -> None:
    with begin() as work:
        assert work.jobs.count().oldest_seconds == 0.0
        for number in range(3):
            work.jobs.start(JobOrder(f"search:claim:{number}", JobKind.SEARCH_CLAIM, number, 1, "sato"))
        work.jobs.take("search:claim:0", "one", 60.0)
        work.commit_passing()
    with begin() as work:
        counts = work.jobs.count()
    assert (counts.waiting, counts.running) == (2, 1)
    assert 0.0 <= counts.oldest_seconds < 60.0


def test_jobs_that_are_long_over_are_dropped_and_no_others(begin: Begin) -> None:
    with begin() as work:
        for key in ("over", "open"):
            work.jobs.start(JobOrder(key, JobKind.SEARCH_DUE, 1, 1, "sato"))
        work.jobs.ask_to_stop("over")
        work._session.connection().exec_driver_sql("UPDATE job SET asked_at = asked_at - 700000")
        work.jobs.forget_old()
        work.commit_passing()
        assert work.jobs.find("over") is None
        assert work.jobs.find("open") is not None
