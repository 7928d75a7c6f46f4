"""The way to the database: SQLite or PostgreSQL by the address, and its failures as typed errors."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, TimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from claims.errors import SettingsError, StoreError
from db.base import write_json
from db.failures import type_failure, type_own_failure
from db.limits import (
    BUSY_SECONDS,
    CONNECT_SECONDS,
    CONNECTIONS,
    IDLE_SECONDS,
    LOCK_SECONDS,
    STATEMENT_SECONDS,
)

SNAPSHOT = "konkyo_snapshot"
_POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}


def _read_json(stored: str) -> Any:
    try:
        return json.loads(stored)
    except ValueError:
        # What complained repeats what is stored.
        raise StoreError("database_damaged", reason="a record that is no JSON") from None


class _Pool(QueuePool):
    def _do_get(self) -> ConnectionPoolEntry:
        try:
            return super()._do_get()
        except TimeoutError:
            # Those who have a connection wait for a row, or for one another: this one may come again.
            raise StoreError("database_busy", reason="no free connection") from None


def open_engine(url: str, connections: int = CONNECTIONS) -> Engine:
    """The engine for a ``sqlite:///`` or ``postgresql://`` address (``postgres://`` too, by psycopg 3).

    No connection is made yet. SQLite: write-ahead log, foreign keys on; a unit of work that writes takes
    the writer's place at its first change and waits for it up to ``BUSY_SECONDS``. Reading never waits.
    At most ``connections`` are open at a time; who gets none within ``CONNECT_SECONDS`` gets ``StoreError``
    (``database_busy``). On PostgreSQL nobody waits longer than ``LOCK_SECONDS`` for a row, a statement takes
    ``STATEMENT_SECONDS`` at most, and a transaction that stands still for ``IDLE_SECONDS`` is ended, so that
    one held row never takes the server.
    A database that does not answer raises ``StoreError`` at the first use, a wrong address
    ``SettingsError`` at once.
    """
    address = _parse_address(url)
    opened = _open_sqlite if address.drivername == "sqlite" else _open_postgresql
    engine = opened(address, connections)
    event.listen(engine, "handle_error", type_failure, retval=True)
    return engine


def _parse_address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        # The address may hold a password: neither it nor what complained about it is repeated.
        raise SettingsError("database_url_unreadable") from None
    if address.drivername in _POSTGRESQL:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername != "sqlite" or not address.database:
        raise SettingsError("database_url_unknown", scheme=address.drivername)
    return address


def _open_sqlite(address: URL, connections: int) -> Engine:
    # IMMEDIATE: the driver takes the writer's place before the first change and keeps reads outside, so that
    # of two who read and then write one waits for the other, and never each for the other.
    engine = create_engine(
        address,
        json_serializer=write_json,
        json_deserializer=_read_json,
        hide_parameters=True,
        connect_args={"isolation_level": "IMMEDIATE", "timeout": BUSY_SECONDS},
        **_pool_of(address, connections),
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_snapshot)
    return engine


def _begin_snapshot(connection: Connection) -> None:
    """Begin the transaction that the driver would begin no sooner than at the first change."""
    begin = connection.get_execution_options().get(SNAPSHOT)
    if begin:
        connection.exec_driver_sql(begin)


def open_snapshots(engine: Engine, *, for_reading: bool) -> Engine:
    """The same database: all that one transaction reads is as it was at its first read.

    One that is not ``for_reading`` alone may write in a transaction after that.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{SNAPSHOT: "BEGIN"})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=for_reading)


def _prepare_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.DatabaseError as error:
        raise type_own_failure(error) from error
    finally:
        cursor.close()


def _open_postgresql(address: URL, connections: int) -> Engine:
    limits = {
        "lock_timeout": LOCK_SECONDS,
        "statement_timeout": STATEMENT_SECONDS,
        "idle_in_transaction_session_timeout": IDLE_SECONDS,
    }
    options = [f"-c {name}={seconds}s" for name, seconds in limits.items()]
    # What the address itself says comes last and wins.
    own = address.query.get("options", ())
    options += [own] if isinstance(own, str) else own
    return create_engine(
        address,
        json_serializer=write_json,
        json_deserializer=_read_json,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "options": " ".join(options)},
        **_pool_of(address, connections),
    )


def _pool_of(address: URL, connections: int) -> dict[str, Any]:
    """How connections are kept; a database in memory has one that is its own, and keeps it."""
    if address.drivername == "sqlite" and ":memory:" in (address.database or ""):
        return {}
    return {
        "poolclass": _Pool,
        "pool_size": connections,
        "max_overflow": 0,
        "pool_timeout": CONNECT_SECONDS,
    }
