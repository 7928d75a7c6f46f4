"""The queue of a house that one process serves: jobs in a few of its threads."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count

from claims.errors import StoreError
from claims.records.job import Job, JobOrder, JobState
from reviewer.jobs.running import SWEEPS_A_SCHEDULE, DoJob, FindDue, JobRunner, find_nothing
from reviewer.monitoring.metrics import Metrics
from reviewer.workflow.jobs import JobDesk

# So often somebody looks for jobs that nobody is at work at, and at every so many looks old ones are dropped.
SWEEP_SECONDS = 5.0
_SWEEPS_A_CLEANING = 720

_log = logging.getLogger("konkyo.jobs")


class ProcessQueue:
    """The ``JobQueue`` of threads of this process; several processes may share one database."""

    def __init__(
        self,
        desk: JobDesk,
        do: DoJob,
        threads: int = 2,
        metrics: Metrics | None = None,
        find_due: FindDue = find_nothing,
    ) -> None:
        self._desk = desk
        self._find_due = find_due
        self._metrics = metrics or Metrics()
        self._runner = JobRunner(desk, do, metrics)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="konkyo-job")
        self._given: dict[str, Future[None]] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._sweeper: threading.Thread | None = None

    def start(self, order: JobOrder) -> Job:
        """The job now open under the key of the order: a new one, or the one that is not over yet."""
        job = self._desk.start(order)
        if job.state is JobState.WAITING:
            self._give(order.key)
        return job

    def find(self, key: str) -> Job | None:
        """The latest job under this key, over or not; ``None`` where there was none of late."""
        return self._desk.find(key)

    def cancel(self, key: str) -> None:
        """Have the job give up what it waits for, and stop; what was stored stays."""
        before = self._desk.find(key)
        job = self._desk.ask_to_stop(key)
        self._runner.cancel(key)
        if before is not None and not before.is_over and job is not None and job.is_over:
            self._metrics.count_job(job.state.value)

    def watch(self) -> None:
        """From now on take up what nobody is at work at."""
        self._sweeper = threading.Thread(target=self._sweep, name="konkyo-job-sweep", daemon=True)
        self._sweeper.start()

    def close(self) -> None:
        """Give back what is done here."""
        self._closing.set()
        self._runner.close()
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._sweeper is not None:
            self._sweeper.join()

    def _give(self, key: str) -> None:
        with self._lock:
            if not self._closing.is_set():
                self._given[key] = self._pool.submit(self._runner.run, key)
                self._given[key].add_done_callback(_tell_fault)

    def _sweep(self) -> None:
        for sweep in count():
            try:
                for key in self._desk.list_due():
                    given = self._given.get(key)
                    if given is None or given.done():
                        self._give(key)
                if sweep % SWEEPS_A_SCHEDULE == SWEEPS_A_SCHEDULE - 1 and (order := self._find_due()):
                    self.start(order)
                if sweep % _SWEEPS_A_CLEANING == 0:
                    self._desk.forget_old()
            except StoreError as error:
                told = {"event": "jobs_not_seen", "code": error.code}
                _log.warning("jobs that are due cannot be looked for: %s", error.code, extra=told)
            if self._closing.wait(SWEEP_SECONDS):
                return


def _tell_fault(given: Future[None]) -> None:
    fault = None if given.cancelled() else given.exception()
    if fault is not None:
        _log.error("a job ended by a fault", exc_info=fault, extra={"event": "job_fault"})
