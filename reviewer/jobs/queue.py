"""The queue: where long work is asked for, looked at and stopped, whoever does it and wherever."""

from __future__ import annotations

from typing import Protocol

from claims.records.job import Job, JobOrder


class JobQueue(Protocol):
    """Jobs of the house. What is told of them stands in the database, the same for every server.

    A queue delivers: it sees to it that somebody takes up each job that nobody is at work at. That one does
    so at a time is held by the job's lease.
    """

    def start(self, order: JobOrder) -> Job:
        """The job now open under the key of the order: a new one, or the one that is not over yet."""
        ...

    def find(self, key: str) -> Job | None:
        """The latest job under this key, over or not; ``None`` where there was none of late."""
        ...

    def cancel(self, key: str) -> None:
        """Have the job give up what it waits for, and stop; what was stored stays."""
        ...

    def watch(self) -> None:
        """From now on take up what was left by those who died, and by earlier lives of this process."""
        ...

    def close(self) -> None:
        """Give back what this process is at work at; it is going down."""
        ...
