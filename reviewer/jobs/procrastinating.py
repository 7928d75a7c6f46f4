"""The queue of a house that many serve: procrastinate delivers jobs to workers, by PostgreSQL (ADR 0042).

What a job is, who is at work at it and how far it has come stands in our own rows. A delivery is only the key
of one: it may be lost, come late or come twice.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status
from procrastinate.schema import SchemaManager

from claims.errors import StoreError
from claims.records.job import Job, JobOrder, JobState
from reviewer.jobs.running import SWEEPS_A_SCHEDULE, DoJob, FindDue, JobRunner, find_nothing
from reviewer.monitoring.metrics import Metrics
from reviewer.workflow.jobs import JobDesk

_RUN, _SWEEP, _CLEAN = "konkyo.run", "konkyo.sweep", "konkyo.clean"
# With seconds last: jobs that nobody is at work at are looked for, and old ones dropped.
_EVERY_FIVE_SECONDS, _EVERY_HOUR = "* * * * * */5", "7 * * * *"
# Before what waits to be run: it takes milliseconds.
_URGENT = 1
_CONNECT_SECONDS = 5.0
# A worker says so often that it lives, and counts as dead when it has not for so long.
_BEAT_SECONDS, _DEAD_SECONDS = 5.0, 30.0
_AWAY_SECONDS = 5.0

_log = logging.getLogger("konkyo.jobs")


def queue_statements() -> str:
    """What makes procrastinate's tables and functions, in the schema that is searched first."""
    return SchemaManager.get_schema()


class WorkersQueue:
    """The ``JobQueue`` of a server whose jobs workers do."""

    def __init__(self, desk: JobDesk, address: str) -> None:
        self._desk = desk
        connector = SyncPsycopgConnector(conninfo=address, min_size=0, max_size=2, timeout=_CONNECT_SECONDS)
        self._app = App(connector=connector)
        self._app.open()

    def start(self, order: JobOrder) -> Job:
        """The job now open under the key of the order: a new one, or the one that is not over yet."""
        job = self._desk.start(order)
        if job.state is JobState.WAITING:
            self._deliver(order.key)
        return job

    def find(self, key: str) -> Job | None:
        """The latest job under this key, over or not; ``None`` where there was none of late."""
        return self._desk.find(key)

    def cancel(self, key: str) -> None:
        """Have the job give up what it waits for, and stop; its worker hears of it within a second."""
        self._desk.ask_to_stop(key)

    def watch(self) -> None:
        """Workers look for what was left; a server does nothing of it."""

    def close(self) -> None:
        """A server is at work at nothing: its connections end."""
        self._app.close()

    def _deliver(self, key: str) -> None:
        try:
            self._app.configure_task(_RUN, queueing_lock=key).defer(key=key)
        except AlreadyEnqueued:
            _log.debug("%s: on its way already", key, extra={"event": "job_on_its_way", "job": key})
        except ConnectorException as error:
            # The row stands: the next sweep of a worker delivers it.
            told = {"event": "job_not_delivered", "job": key}
            _log.warning("%s: not delivered yet: %s", key, type(error.__cause__).__name__, extra=told)


class Worker:
    """Does jobs as they are delivered, ``concurrency`` at once, until it is told to stop."""

    def __init__(
        self,
        desk: JobDesk,
        do: DoJob,
        address: str,
        concurrency: int,
        metrics: Metrics | None = None,
        find_due: FindDue = find_nothing,
    ) -> None:
        self._desk = desk
        self._find_due = find_due
        self._sweeps = 0
        self._runner = JobRunner(desk, do, metrics)
        self._concurrency = concurrency
        self._threads = ThreadPoolExecutor(concurrency, thread_name_prefix="konkyo-job")
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="konkyo-job-sweep")
        self._stopping = False
        connector = PsycopgConnector(conninfo=address, min_size=1, max_size=concurrency + 2)
        self._app = App(connector=connector)
        self._app.task(name=_RUN)(self._run)
        sweep = self._app.task(name=_SWEEP, queueing_lock=_SWEEP, priority=_URGENT)(self._sweep)
        self._app.periodic(cron=_EVERY_FIVE_SECONDS)(sweep)
        clean = self._app.task(name=_CLEAN, queueing_lock=_CLEAN, priority=_URGENT)(self._clean)
        self._app.periodic(cron=_EVERY_HOUR)(clean)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT: then jobs are given back, which others take up at once."""
        asyncio.run(self._serve())
        self._threads.shutdown()
        self._asking.shutdown()

    async def _serve(self) -> None:
        loop, me = asyncio.get_running_loop(), asyncio.current_task()
        assert me is not None

        def stop() -> None:
            self._stopping = True
            self._runner.close()
            me.cancel()

        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop)
        with suppress(asyncio.CancelledError):
            while not self._stopping:
                try:
                    await self._work()
                except ConnectorException as error:
                    told = {"event": "worker_away", "code": "database_unreachable"}
                    _log.warning("the database is away: %s", type(error.__cause__).__name__, extra=told)
                    await asyncio.sleep(_AWAY_SECONDS)

    async def _work(self) -> None:
        async with self._app.open_async():
            await self._app.run_worker_async(
                concurrency=self._concurrency,
                install_signal_handlers=False,
                delete_jobs=DeleteJobCondition.ALWAYS.value,
                update_heartbeat_interval=_BEAT_SECONDS,
                stalled_worker_timeout=_DEAD_SECONDS,
            )

    async def _run(self, key: str) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, self._runner.run, key)
        if self._stopping:
            await self._deliver((key,))

    async def _sweep(self, timestamp: int) -> None:
        """Deliver what is due, and drop the deliveries to workers that died."""
        for delivery in await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_DEAD_SECONDS):
            await self._app.job_manager.finish_job(delivery, Status.FAILED, delete_job=True)
        await self._app.job_manager.prune_stalled_workers(_DEAD_SECONDS)
        try:
            due = await asyncio.get_running_loop().run_in_executor(self._asking, self._list_due)
        except StoreError as error:
            told = {"event": "jobs_not_seen", "code": error.code}
            _log.warning("jobs that are due cannot be looked for: %s", error.code, extra=told)
        else:
            await self._deliver(due)

    def _list_due(self) -> tuple[str, ...]:
        """The keys of the jobs that nobody is at work at, with what is due by the clock among them."""
        self._sweeps += 1
        if self._sweeps % SWEEPS_A_SCHEDULE == 0 and (order := self._find_due()):
            self._desk.start(order)
        return self._desk.list_due()

    async def _clean(self, timestamp: int) -> None:
        await asyncio.get_running_loop().run_in_executor(self._asking, self._desk.forget_old)

    async def _deliver(self, keys: Iterable[str]) -> None:
        for key in keys:
            with suppress(AlreadyEnqueued):
                await self._app.configure_task(_RUN, queueing_lock=key).defer_async(key=key)
