"""Doing jobs: each a run of small steps that store what they do before they yield.

What a job does is found again in the database, never here: when the power goes, the steps that were stored
stand, and whoever takes the job up once its lease is over does what is left.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from claims.errors import KonkyoError, StoreError
from claims.records.job import Job, JobOrder, JobState
from claims.search.stopping import STOP, Stop, WorkStopped
from reviewer.monitoring.metrics import Metrics
from reviewer.workflow.jobs import JobDesk

DoJob = Callable[[Job], Iterable[object]]
# What is due by the clock, ``None`` for nothing; it is asked at every so many looks for jobs that wait.
FindDue = Callable[[], JobOrder | None]
SWEEPS_A_SCHEDULE = 12

# So often a job says that it is alive and how far, and hears whether it is to stop.
BEAT_SECONDS = 1.0

_log = logging.getLogger("konkyo.jobs")


@dataclass(eq=False)
class _Run:
    """One job that is done here, by ``owner``."""

    key: str
    owner: str
    done: int
    stop: Stop = field(default_factory=Stop)
    # Why it is to stop: a person said so, or somebody else has it now. Neither: this process is going down.
    is_cancelled: bool = False
    is_lost: bool = False

    def cancel(self) -> None:
        self.is_cancelled = True
        self.stop.set()

    def lose(self) -> None:
        self.is_lost = True
        self.stop.set()


def find_nothing() -> JobOrder | None:
    """That nothing is due: a ``FindDue`` for those who do only what they are asked."""
    return None


class JobRunner:
    """Does jobs in the threads that call it, any number at once, each under its lease."""

    def __init__(self, desk: JobDesk, do: DoJob, metrics: Metrics | None = None) -> None:
        self._desk = desk
        self._do = do
        self._metrics = metrics or Metrics()
        self._runs: dict[str, _Run] = {}
        self._is_closing = False
        self._lock = threading.Lock()

    def run(self, key: str) -> None:
        """The job is done, failed, cancelled or given back; nothing happens where it is not to be had.

        A fault that is no ``KonkyoError`` ends it as failed, and is raised.
        """
        owner = uuid4().hex
        try:
            job = self._desk.take(key, owner)
        except StoreError as error:
            told = {"event": "job_not_taken", "job": key, "code": error.code}
            _log.warning("%s: not taken up: %s", key, error.code, extra=told)
            return
        if job is None:
            return
        run = _Run(key, owner, job.done)
        with self._lock:
            self._runs[key] = run
            if self._is_closing:
                run.stop.set()
        self._metrics.begin_job()
        _log.info("%s: begun", key, extra={"event": "job_begun", "job": key, "count": job.order.total})
        try:
            self._end(run, *self._work_at(job, run))
        except StoreError as error:
            # Its lease ends by itself, and then it is due again.
            told = {"event": "job_left", "job": key, "code": error.code}
            _log.warning("%s: left to its lease: %s", key, error.code, extra=told)
        except BaseException as error:
            self._end(run, JobState.FAILED, KonkyoError("job_fault", reason=type(error).__name__))
            raise
        finally:
            self._metrics.leave_job()
            with self._lock:
                del self._runs[key]

    def cancel(self, key: str) -> None:
        """Stop the job where it is done here; elsewhere it hears of it by its next beat."""
        with self._lock:
            run = self._runs.get(key)
        if run is not None:
            run.cancel()

    def close(self) -> None:
        """Stop every job that is done here; each is given back, and none is begun any more."""
        with self._lock:
            self._is_closing = True
            runs = list(self._runs.values())
        for run in runs:
            run.stop.set()

    def _work_at(self, job: Job, run: _Run) -> tuple[JobState | None, KonkyoError | None]:
        """How the job ended, and by which error; ``None``: it is to be given back."""
        STOP.set(run.stop)
        try:
            with self._beating(run):
                for _ in self._do(job):
                    run.done += 1
                    self._beat(run)
                    if run.stop.is_set():
                        break
                else:
                    return JobState.DONE, None
        except WorkStopped:
            _log.info("%s: stopped while it waited", run.key, extra={"event": "job_stopped", "job": run.key})
        except StoreError:
            raise
        except KonkyoError as error:
            return JobState.FAILED, error
        finally:
            STOP.set(None)
        return (JobState.CANCELLED if run.is_cancelled else None), None

    def _end(self, run: _Run, state: JobState | None, error: KonkyoError | None) -> None:
        if run.is_lost:
            _log.warning("%s: another took it over", run.key, extra={"event": "job_lost", "job": run.key})
            return
        if state is None:
            self._desk.give_back(run.key, run.owner, run.done)
            _log.info("%s: given back", run.key, extra={"event": "job_given_back", "job": run.key})
            return
        code, values = (error.code, error.values) if error else ("", {})
        self._desk.end(run.key, run.owner, state, run.done, code, values)
        self._metrics.count_job(state.value)
        told = {"event": "job_ended", "job": run.key, "state": state.value, "count": run.done, "code": code}
        level = logging.WARNING if error else logging.INFO
        _log.log(level, "%s: %s, %d steps done", run.key, state.value, run.done, extra=told)

    @contextmanager
    def _beating(self, run: _Run) -> Iterator[None]:
        over = threading.Event()

        def beat() -> None:
            while not over.wait(BEAT_SECONDS):
                try:
                    self._beat(run)
                except StoreError as error:
                    told = {"event": "job_not_renewed", "job": run.key, "code": error.code}
                    _log.warning("%s: lease not renewed: %s", run.key, error.code, extra=told)

        thread = threading.Thread(target=beat, name="konkyo-job-beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, run: _Run) -> None:
        """Renew the lease, say how far the job is, and hear whether it is to stop."""
        job = self._desk.renew(run.key, run.owner, run.done)
        if job is None:
            run.lose()
        elif job.is_stopping:
            run.cancel()
