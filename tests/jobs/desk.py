"""Jobs for tests: what is done is what the test says, under the key of the order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from claims.records.job import Job, JobKind, JobOrder
from reviewer.jobs import JobQueue

Steps = Callable[[], Iterable[object]]


class Work:
    """What a job of each key does."""

    def __init__(self) -> None:
        self.steps: dict[str, Steps] = {}

    def __call__(self, job: Job) -> Iterable[object]:
        return self.steps[job.order.key]()


def make_order(key: str = "search:1", total: int = 1, asked_by: str = "sato") -> JobOrder:
    return JobOrder(key, JobKind.SEARCH_DUE, 1, total, asked_by)


def wait(queue: JobQueue, key: str = "search:1", seconds: float = 10.0) -> Job:
    """The job once it is over."""
    return wait_for(queue, lambda job: job.is_over, key, seconds)


def wait_for(
    queue: JobQueue, holds: Callable[[Job], bool], key: str = "search:1", seconds: float = 10.0
) -> Job:
    """The job as soon as this holds of it."""
    until = time.monotonic() + seconds
    while True:
        job = queue.find(key)
        if job is not None and holds(job):
            return job
        assert time.monotonic() < until, job
        time.sleep(0.01)
