"""Whether a database is sound: what ``konkyo doctor`` and the readiness of a server ask of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.orm import Session

from claims.errors import StoreError
from claims.records.job import JobCounts
from claims.records.retrieval import SearchStatus
from db.clock import database_now
from db.failures import type_own_failure
from db.migrations import find_head
from db.models import SearchRow, VersionRow
from db.queue_schema import QUEUE_SCHEMA
from db.repositories.jobs import JobRepository

# What is kept for ever: rows are added, none is changed and none goes.
APPEND_ONLY = (
    *("adjudication", "assessment", "audit_entry", "audit_link", "closed_version", "declaration", "descent"),
    *("document", "document_judgement"),
    *(
        "effort",
        "flag_answer",
        "flag_resolution",
        "guideline_grade",
        "judgement",
        "keeping",
        "level_override",
    ),
    *("own_view", "proposal", "proposal_answer", "remark", "reopening", "review_plan", "taken_back"),
    *("version_decision", "wording_rules", "review_rules", "review_date"),
)
# A worker says every five seconds that it lives.
WORKER_SILENT_SECONDS = 30
_FIND_WORKERS = text(f"SELECT to_regclass('{QUEUE_SCHEMA}.procrastinate_workers')::text")
_COUNT_WORKERS = text(
    f"SELECT count(*) FROM {QUEUE_SCHEMA}.procrastinate_workers"
    " WHERE last_heartbeat > now() - make_interval(secs => :seconds)"
)
_MOST_FAULTS = 5
# How many steps of SQLite's machine go by between two looks at the time.
_STEPS_A_LOOK = 10_000
_SQLITE_GUARDS = ("no_update", "no_delete", "no_replace")
_LIST_GUARDS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'",
    # A trigger that is not on ALWAYS does not fire for who calls itself a replica.
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE NOT tgisinternal AND tgenabled = 'A' AND prosrc LIKE '%RAISE EXCEPTION%'"
    ),
}


class DatabaseChecks:
    """Looks at one database and changes nothing. Every look raises ``StoreError`` where none is possible."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"

    def find_revision(self) -> str:
        """The revision of the schema that stands there; this version's is ``find_head()``."""
        with self._engine.connect() as connection:
            return str(connection.scalars(text("SELECT version_num FROM alembic_version")).one_or_none())

    def is_current(self) -> bool:
        """Whether the database answers and has the schema of this version."""
        return self.find_revision() == find_head()

    def list_faults(self, within_seconds: float) -> tuple[str, ...] | None:
        """What a look at every page of a SQLite file finds wrong, ``None`` where the time was too short.

        A few of many. Texts of the database are not among the words. PostgreSQL looks at its pages itself.
        """
        try:
            found = self._run_bounded(f"PRAGMA quick_check({_MOST_FAULTS})", within_seconds)
        except StoreError as error:
            if error.code != "database_damaged":
                raise
            # So damaged that the look ended there.
            return (str(error.values["reason"]),)
        if found is None:
            return None
        told = (line for (lines,) in found for line in str(lines).splitlines())
        return tuple(line for line in told if line != "ok")[:_MOST_FAULTS]

    def list_broken_references(self, within_seconds: float) -> tuple[str, ...] | None:
        """The tables of a SQLite file with rows whose other end is missing; ``None`` as ``list_faults``."""
        found = self._run_bounded("PRAGMA foreign_key_check", within_seconds)
        return None if found is None else tuple(sorted({str(row[0]) for row in found}))

    def list_missing_guards(self) -> tuple[str, ...]:
        """The triggers that should refuse to change what is kept for ever, and are off, empty or gone."""
        with self._engine.connect() as connection:
            standing = set(connection.scalars(text(_LIST_GUARDS[self._engine.dialect.name])))
        return tuple(sorted(set(self.list_guards()) - standing))

    def list_guards(self) -> tuple[str, ...]:
        """The names of the triggers that this version's schema has."""
        kinds = _SQLITE_GUARDS if self.is_sqlite else ("append_only",)
        return tuple(f"{table}_{kind}" for table in APPEND_ONLY for kind in kinds)

    def measure_clock(self, now: float) -> float:
        """How many seconds the database's clock is ahead of ``now``, seconds since 1970 elsewhere."""
        with self._engine.connect() as connection:
            return float(connection.execute(select(database_now(self._engine.dialect))).scalar_one()) - now

    def count_versions(self) -> int:
        """How many versions of articles are stored."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(VersionRow)).scalar_one()

    def count_left_searches(self) -> int:
        """How many claims' searches are marked as running by somebody whose lease is over."""
        left = SearchRow.status == SearchStatus.RUNNING
        over = SearchRow.taken_until <= database_now(self._engine.dialect)
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).where(left, over)).scalar_one()

    def count_jobs(self) -> JobCounts:
        """How many jobs wait and run at this moment, and for how long the oldest waits."""
        with Session(self._engine) as session:
            return JobRepository(session).count()

    def count_workers(self) -> int | None:
        """How many workers live, ``None`` where none has ever been started on this database."""
        if self.is_sqlite:
            return None
        with self._engine.connect() as connection:
            if connection.scalar(_FIND_WORKERS) is None:
                return None
            return int(connection.execute(_COUNT_WORKERS, {"seconds": WORKER_SILENT_SECONDS}).scalar_one())

    def _run_bounded(self, statement: str, seconds: float) -> list[tuple[object, ...]] | None:
        """The rows of a statement of SQLite's own; ``None`` where it took longer, none on PostgreSQL."""
        if not self.is_sqlite:
            return []
        with self._engine.connect() as connection:
            return _interrupt_after(_open_driver(connection), statement, seconds)


def _open_driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _interrupt_after(
    driver: sqlite3.Connection, statement: str, seconds: float
) -> list[tuple[object, ...]] | None:
    until = time.monotonic() + seconds
    driver.set_progress_handler(lambda: time.monotonic() > until, _STEPS_A_LOOK)
    try:
        rows: Iterable[tuple[object, ...]] = driver.execute(statement)
        return list(rows)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            return None
        raise type_own_failure(error) from error
    finally:
        driver.set_progress_handler(None, 0)
