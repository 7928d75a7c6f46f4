"""Jobs in this process: each a run of small steps that store what they do before they yield.

What a job does is found again in the database, never here: when the power goes, the steps that were stored
stand, and the work is started again for what is left.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum

from claims.errors import KonkyoError
from claims.search.stopping import STOP, Stop, WorkStopped
from reviewer.monitoring.metrics import Metrics

Steps = Callable[[], Iterable[object]]

_log = logging.getLogger("konkyo.jobs")


class JobState(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(eq=False)
class Job:
    """One piece of long work. ``done`` of ``total`` steps are stored; ``label`` says what it is."""

    key: str
    label: str
    total: int
    owner: str
    done: int = 0
    _stop: Stop = field(default_factory=Stop, repr=False)
    _future: Future[None] = field(default_factory=Future, repr=False)

    @property
    def state(self) -> JobState:
        """Where the job stands at this moment."""
        if not self._future.done():
            return JobState.RUNNING if self._future.running() else JobState.WAITING
        if self._future.cancelled():
            return JobState.CANCELLED
        if self._future.exception() is not None:
            return JobState.FAILED
        return JobState.CANCELLED if self._stop.is_set() and self.done < self.total else JobState.DONE

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self._future.done()

    @property
    def is_stopping(self) -> bool:
        """Whether it was told to stop and its present step is still under way."""
        return self._stop.is_set() and not self.is_over

    @property
    def error(self) -> BaseException | None:
        """What ended a failed job."""
        over = self._future.done() and not self._future.cancelled()
        return self._future.exception() if over else None

    def cancel(self) -> None:
        """Give up what the present step waits for, and stop; what was stored stays."""
        self._stop.set()
        self._future.cancel()

    def wait(self, timeout_seconds: float) -> None:
        """Return when the job is over. Raises ``TimeoutError`` when it is not by then."""
        finished = threading.Event()
        self._future.add_done_callback(lambda _: finished.set())
        if not finished.wait(timeout_seconds):
            raise TimeoutError(self.key)


class JobRunner:
    """Runs jobs in a few threads of this process, each key at most once at a time."""

    def __init__(self, threads: int = 2, metrics: Metrics | None = None) -> None:
        self._metrics = metrics or Metrics()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="konkyo-job")
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, key: str, label: str, total: int, owner: str, steps: Steps) -> Job:
        """The job now running under this key: a new one, or the one that is not over yet."""
        with self._lock:
            known = self._jobs.get(key)
            if known is not None and not known.is_over:
                return known
            job = self._jobs[key] = Job(key, label, total, owner)
            job._future = self._pool.submit(_run, job, steps, self._metrics)
            job._future.add_done_callback(lambda _: self._tell_end(job))
            return job

    def find(self, key: str) -> Job | None:
        """The latest job under this key, over or not, as long as this process lives."""
        return self._jobs.get(key)

    def forget(self, key: str) -> None:
        """Drop a job that is over, once its end has been told."""
        with self._lock:
            if (job := self._jobs.get(key)) is not None and job.is_over:
                del self._jobs[key]

    def close(self) -> None:
        """Stop every job; the server is going down."""
        for job in list(self._jobs.values()):
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _tell_end(self, job: Job) -> None:
        self._metrics.count_job(job.state.value)
        told = {"event": "job_ended", "job": job.key, "state": job.state.value, "count": job.done}
        level = logging.INFO if job.error is None else logging.WARNING
        if job.error is not None:
            told["code"] = _name_error(job.error)
        _log.log(level, "%s: %s, %d of %d steps", job.key, job.state.value, job.done, job.total, extra=told)


def _name_error(error: BaseException) -> str:
    """What ended a job, without the texts that an error may repeat."""
    return error.code if isinstance(error, KonkyoError) else type(error).__name__


def _run(job: Job, steps: Steps, metrics: Metrics) -> None:
    STOP.set(job._stop)
    metrics.begin_job()
    _log.info("%s: begun", job.key, extra={"event": "job_begun", "job": job.key, "count": job.total})
    try:
        for _ in steps():
            job.done += 1
            if job._stop.is_set():
                return
    except WorkStopped:
        _log.info("%s: stopped while it waited", job.key, extra={"event": "job_stopped", "job": job.key})
    finally:
        STOP.set(None)
        metrics.leave_job()
