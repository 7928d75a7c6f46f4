"""Jobs as rows: asked for, taken up under a lease, told to stop, ended; each step by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from claims.records.job import Job, JobOrder, JobState
from db.unit_of_work import UnitOfWork
from reviewer.workflow.leasing import BEAT_SECONDS, LEASE_SECONDS

# Longer than a search's lease by as much as that may have been renewed later: whoever takes up the job of one
# that died finds all its claims due.
JOB_LEASE_SECONDS = LEASE_SECONDS + BEAT_SECONDS


class JobDesk:
    """The jobs of a house, the same for every process that asks. Each call is a unit of work of its own.

    Whoever looks for what is due also begins the ``regular`` jobs, each again after so many seconds.
    """

    def __init__(
        self, open_work: Callable[[], UnitOfWork], regular: Sequence[tuple[JobOrder, float]] = ()
    ) -> None:
        self._open_work = open_work
        self._regular = regular

    def start(self, order: JobOrder) -> Job:
        """The job now open under the key of the order: a new one, or the one that is not over yet."""
        with self._open_work() as work:
            job = work.jobs.start(order)
            work.commit_passing()
        return job

    def find(self, key: str) -> Job | None:
        """The latest job under this key, over or not."""
        with self._open_work() as work:
            return work.jobs.find(key)

    def take(self, key: str, owner: str) -> Job | None:
        """The job, leased to ``owner``; ``None`` when it is over, or somebody else works at it."""
        with self._open_work() as work:
            job = work.jobs.take(key, owner, JOB_LEASE_SECONDS)
            work.commit_passing()
        return job

    def renew(self, key: str, owner: str, done: int) -> Job | None:
        """The job as it stands, its lease renewed; ``None`` when ``owner`` has lost it."""
        with self._open_work() as work:
            job = work.jobs.renew(key, owner, JOB_LEASE_SECONDS, done)
            work.commit_passing()
        return job

    def give_back(self, key: str, owner: str, done: int) -> bool:
        """Whether the job waits for the next who takes it up."""
        with self._open_work() as work:
            given = work.jobs.give_back(key, owner, done)
            work.commit_passing()
        return given

    def end(
        self,
        key: str,
        owner: str,
        state: JobState,
        done: int,
        failure: str = "",
        values: Mapping[str, object] | None = None,
    ) -> bool:
        """Whether the job was ``owner``'s to end."""
        with self._open_work() as work:
            ended = work.jobs.end(key, owner, state, done, failure, values)
            work.commit_passing()
        return ended

    def ask_to_stop(self, key: str) -> Job | None:
        """The job, which stops: cancelled already where nobody had taken it up."""
        with self._open_work() as work:
            work.jobs.ask_to_stop(key)
            work.commit_passing()
            return work.jobs.find(key)

    def list_due(self) -> tuple[str, ...]:
        """The keys of the jobs that nobody is at work at, longest waiting first."""
        with self._open_work() as work:
            due = [order for order, seconds in self._regular if work.jobs.is_next_due(order.key, seconds)]
            keys = work.jobs.list_due()
        return (*keys, *(job.order.key for job in map(self.start, due) if job.state is JobState.WAITING))

    def forget_old(self) -> None:
        """Drop the jobs that have been over for a week."""
        with self._open_work() as work:
            work.jobs.forget_old()
            work.commit_passing()
