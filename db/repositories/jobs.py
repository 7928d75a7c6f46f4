"""Jobs by their keys, taken under a lease by the database's clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, true, update
from sqlalchemy.orm import Session

from claims.records.job import Job, JobCounts, JobOrder, JobState
from db.clock import database_now
from db.models.jobs import JobRow
from db.repositories.inserting import insert_into

# A job that killed whoever took it up so often is given up.
MOST_ATTEMPTS = 5
_KEPT_SECONDS = 7 * 24 * 3600.0
_OVER = [state for state in JobState if state.is_over]


class JobRepository:
    """Keeps the latest job under each key. What two do at once one of them has done."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._now = database_now(session.get_bind().dialect)

    def start(self, order: JobOrder) -> Job:
        """The job now open under the key of the order: a new one, or the one that is not over yet."""
        fresh: dict[str, Any] = {
            "number": 1,
            "kind": order.kind,
            "target": order.target,
            "total": order.total,
            "asked_by": order.asked_by,
            "order_values": order.values,
            "asked_at": self._now,
            "state": JobState.WAITING,
            "done": 0,
            "attempts": 0,
            "is_stopping": False,
            "taken_by": "",
            "taken_until": 0.0,
            "failure": "",
            "failure_values": (),
        }
        insert = insert_into(self._session, JobRow).values(key=order.key, **fresh)
        anew = {name: insert.excluded[name] for name in fresh if name != "number"}
        self._session.execute(
            insert.on_conflict_do_update(
                index_elements=["key"],
                set_={**anew, "number": JobRow.number + 1},
                where=JobRow.state.in_(_OVER),
            )
        )
        job = self.find(order.key)
        assert job is not None
        return job

    def is_next_due(self, key: str, every_seconds: float) -> bool:
        """Whether a job that is done again and again is to begin: there was none, or the last is over and was
        asked for so long ago."""
        still = (JobRow.state.not_in(_OVER), JobRow.asked_at > self._now - every_seconds)
        recent = select(JobRow.key).where(JobRow.key == key, or_(*still))
        return self._session.scalar(recent) is None

    def find(self, key: str) -> Job | None:
        """The latest job under this key, over or not; ``None`` where there was none of late."""
        row = self._session.scalar(
            select(JobRow).where(JobRow.key == key), execution_options={"populate_existing": True}
        )
        return None if row is None else _job_record(row)

    def take(self, key: str, owner: str, seconds: float) -> Job | None:
        """The job, of which ``owner`` is now at work for so long; ``None`` when it is not to be had.

        That is one that is over, or that somebody else is at work at. One that ended whoever took it up too
        often has failed (``job_given_up``); one that was told to stop meanwhile is cancelled.
        """
        self._change(key, self._is_lapsed(), JobRow.is_stopping == true(), state=JobState.CANCELLED)
        worn = JobRow.attempts >= MOST_ATTEMPTS
        self._change(key, self._is_lapsed(), worn, state=JobState.FAILED, failure="job_given_up")
        taken = self._change(
            key,
            or_(JobRow.state == JobState.WAITING, self._is_lapsed()),
            state=JobState.RUNNING,
            taken_by=owner,
            taken_until=self._now + seconds,
            attempts=JobRow.attempts + 1,
        )
        return self.find(key) if taken else None

    def renew(self, key: str, owner: str, seconds: float, done: int) -> Job | None:
        """The job as it stands, leased to ``owner`` for so long from now on; ``None`` once it is lost."""
        held = self._change(key, self._is_of(owner), taken_until=self._now + seconds, done=done)
        return self.find(key) if held else None

    def give_back(self, key: str, owner: str, done: int) -> bool:
        """Whether ``owner`` had the job, which waits for the next from now on, as if not taken up."""
        return self._change(
            key,
            self._is_of(owner),
            state=JobState.WAITING,
            taken_by="",
            taken_until=0.0,
            done=done,
            attempts=JobRow.attempts - 1,
        )

    def end(
        self,
        key: str,
        owner: str,
        state: JobState,
        done: int,
        failure: str = "",
        values: Mapping[str, object] | None = None,
    ) -> bool:
        """Whether ``owner`` had the job, which is over from now on."""
        told = tuple((name, _tell(value)) for name, value in (values or {}).items())
        return self._change(
            key, self._is_of(owner), state=state, done=done, failure=failure, failure_values=told
        )

    def ask_to_stop(self, key: str) -> None:
        """Have the job stopped: one that nobody is at work at is cancelled now."""
        idle = or_(JobRow.state == JobState.WAITING, self._is_lapsed())
        if not self._change(key, idle, state=JobState.CANCELLED, is_stopping=True):
            self._change(key, JobRow.state == JobState.RUNNING, is_stopping=True)

    def list_due(self) -> tuple[str, ...]:
        """The keys of the jobs that wait, or whose worker's lease is over; who waits longest first."""
        due = select(JobRow.key).where(self._is_due()).order_by(JobRow.asked_at, JobRow.key)
        return tuple(self._session.scalars(due))

    def count(self) -> JobCounts:
        """How many wait and run at this moment."""
        waiting = func.count().filter(self._is_due())
        running = func.count().filter(and_(JobRow.state == JobState.RUNNING, ~self._is_lapsed()))
        oldest = func.min(JobRow.asked_at).filter(self._is_due())
        one, other, since = self._session.execute(
            select(waiting, running, func.coalesce(self._now - oldest, 0.0))
        ).one()
        return JobCounts(one, other, float(since))

    def forget_old(self) -> None:
        """Drop the jobs that have been over for a week."""
        old = and_(JobRow.state.in_(_OVER), JobRow.asked_at < self._now - _KEPT_SECONDS)
        self._session.execute(delete(JobRow).where(old), execution_options={"synchronize_session": False})

    def _change(self, key: str, *only: ColumnElement[bool], **values: Any) -> bool:
        changed = self._session.scalar(
            update(JobRow).where(JobRow.key == key, *only).values(**values).returning(JobRow.key),
            execution_options={"synchronize_session": False},
        )
        return changed is not None

    def _is_of(self, owner: str) -> ColumnElement[bool]:
        return and_(JobRow.state == JobState.RUNNING, JobRow.taken_by == owner)

    def _is_lapsed(self) -> ColumnElement[bool]:
        return and_(JobRow.state == JobState.RUNNING, JobRow.taken_until <= self._now)

    def _is_due(self) -> ColumnElement[bool]:
        return or_(JobRow.state == JobState.WAITING, self._is_lapsed())


def _tell(value: object) -> str:
    """A value of an error as it is told."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _job_record(row: JobRow) -> Job:
    order = JobOrder(row.key, row.kind, row.target, row.total, row.asked_by, row.order_values)
    return Job(
        order,
        row.number,
        row.state,
        row.done,
        row.attempts,
        row.is_stopping,
        row.failure,
        row.failure_values,
    )
