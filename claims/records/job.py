"""Jobs: long work that somebody asked for, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class JobKind(StrEnum):
    """What a job does."""

    SEARCH_DUE = "search_due"
    SEARCH_CLAIM = "search_claim"
    SEARCH_QUERY = "search_query"
    CHECK_REFERENCES = "check_references"
    TELL_NOTICES = "tell_notices"
    RECHECK = "recheck"
    LIVING_SEARCH = "living_search"


class JobState(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self not in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class JobOrder:
    """What is asked for: under one ``key`` no second job is begun while one is open.

    ``target`` is the number of the version or claim, ``values`` what the kind needs beside, ``total`` how
    many steps it is expected to have, ``asked_by`` the name of an account.
    """

    key: str
    kind: JobKind
    target: int
    total: int
    asked_by: str
    values: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """The value of this name, "" where there is none.

        >>> JobOrder("k", JobKind.SEARCH_DUE, 1, 2, "sato", (("source", "pubmed"),)).get("source")
        'pubmed'
        """
        return dict(self.values).get(name, "")


@dataclass(frozen=True, slots=True)
class Job:
    """One job as it stands: the ``number``-th under the key of its order, ``done`` of its steps are stored.

    ``attempts`` counts who took it up; ``failure`` is the code of what ended a failed one.
    """

    order: JobOrder
    number: int
    state: JobState
    done: int
    attempts: int
    is_stopping: bool = False
    failure: str = ""
    failure_values: tuple[tuple[str, str], ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state.is_over


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many jobs wait and run, and how long the oldest that waits does; those whose worker died wait."""

    waiting: int
    running: int
    oldest_seconds: float
