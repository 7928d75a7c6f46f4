"""What brings a database to the schema of this version, by Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from claims.errors import StoreError
from db.migrations import find_head, find_revision
from db.migrations.keeping import keeping_former
from db.repositories.known_claims import KnownClaimRepository
from db.repositories.stages import StageRepository
from db.repositories.tallies import TallyRepository
from db.repositories.uses import UseRepository

# Any number, as long as nothing else in the database takes an advisory lock of the same.
_MIGRATION_LOCK = 4_953_001
_STAGED_SINCE, _KNOWN_SINCE, _WORDED_SINCE, _QUEUED_SINCE = "0025", "0028", "0030", "0031"


def run_migrations(engine: Engine, *, keep_former: bool = True) -> None:
    """All migrations that the database lacks, or none: what ``upgrade_schema`` promises.

    ``keep_former``: of a SQLite database that has a schema already a copy is kept first.
    """
    with _connect_unchecked(engine) as connection, connection.begin():
        _take_time(connection)
        _wait_for_turn(connection)
        former = find_revision(connection)
        if not keep_former or former in (None, find_head()):
            _migrate_whole(connection, former)
        else:
            with keeping_former(engine, former or ""):
                _migrate_whole(connection, former)


def _migrate_whole(connection: Connection, former: str | None) -> None:
    """The schema of this version; a house from before anything was counted is counted through."""
    migrate(connection)
    if former is None or former >= _QUEUED_SINCE:
        return
    with Session(connection) as session:
        if former < _WORDED_SINCE:
            UseRepository(session).fill()
        tallies = TallyRepository(session)
        tallies.fill()
        if former < _STAGED_SINCE:
            tallies.fill_shares()
            StageRepository(session).fill()
        if former < _KNOWN_SINCE:
            KnownClaimRepository(session).fill()
        session.flush()


def migrate(connection: Connection, revision: str = "head") -> None:
    """The schema of ``revision`` in the transaction that the connection is in.

    Raises ``StoreError`` where the database is of a newer version, or left with broken references.
    """
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise StoreError("schema_unknown", reason=str(error)) from error
    _check_references(connection)


@contextmanager
def _connect_unchecked(engine: Engine) -> Iterator[Connection]:
    """A connection on which SQLite lets a table be made anew that others refer to.

    SQLite changes most of a table by copying it, and hears of foreign keys outside a transaction only.
    """
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            yield connection
            return
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.rollback()
        try:
            yield connection
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise StoreError("database_unusable", reason=f"{len(broken)} broken references")


def _take_time(connection: Connection) -> None:
    """A migration may take as long as the tables are large, and waits for who works."""
    if connection.dialect.name == "postgresql":
        for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = 0"))


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
