"""A PostgreSQL database for backups: rows by COPY in one snapshot, into a schema of our own migrations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from sqlalchemy import Connection, Engine, bindparam, inspect, text
from sqlalchemy.exc import DBAPIError

from claims.errors import BackupError, StoreError
from db.audit_chain import ChainKey
from db.backup.moving import list_own_tables, move_aside
from db.backup.stored import DatabaseCopy, Pieces, ReadPart, Restoring, StoredDatabase, StoredTable
from db.engine import open_snapshots
from db.failures import describe_failure, quote_reason
from db.migrations import find_revision
from db.unit_of_work import UnitOfWork

POSTGRESQL = "postgresql"
# A house takes as long as it is large, and stands still while its file is written.
_NO_LIMITS = ("statement_timeout = 0", "idle_in_transaction_session_timeout = 0")
# Dates, times and numbers as text, the same whatever the server's settings are.
_PLAIN_TEXT = ("TIME ZONE 'UTC'", "datestyle = 'ISO, YMD'", "extra_float_digits = 1", "bytea_output = 'hex'")
_LOCK_SECONDS = 30
_LIST_NUMBERS = text("""
    SELECT relname || '.' || attname, pg_sequence_last_value(sequence::regclass)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid,
        LATERAL pg_get_serial_sequence(quote_ident(relname), attname) AS sequence
    WHERE relnamespace = current_schema()::regnamespace AND relname IN :tables
        AND attnum > 0 AND NOT attisdropped AND sequence IS NOT NULL
    ORDER BY 1
""").bindparams(bindparam("tables", expanding=True))


class PostgresqlStore:
    """A database of a server; ``DatabaseStore`` says what each method promises."""

    kind: ClassVar[str] = POSTGRESQL

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find_revision(self) -> str | None:
        """The revision of its schema, ``None`` where it has no table of ours."""
        with self._engine.connect() as connection:
            return find_revision(connection)

    def is_used(self) -> bool:
        """Whether it holds an article or an account."""
        with self._engine.connect() as connection:
            there = {"article", "account"} & set(list_own_tables(connection))
            return any(connection.scalar(text(f"SELECT EXISTS (SELECT FROM {name})")) for name in there)

    def work(self, key: ChainKey) -> UnitOfWork:
        """A unit of work on it whose trail ``key`` signs."""
        return UnitOfWork(self._engine, audit_key=key)

    @contextmanager
    def copying(self, scratch: object) -> Iterator[DatabaseCopy]:
        """Every table as rows in the order of its key, all read in one snapshot."""
        with _telling_failure(), open_snapshots(self._engine, for_reading=True).connect() as connection:
            _write_plainly(connection)
            revision = find_revision(connection) or ""
            names = list_own_tables(connection)
            tables = tuple(_describe(connection, name) for name in names)
            numbers = [
                (str(place), int(number))
                for place, number in connection.execute(_LIST_NUMBERS, {"tables": names})
                if number is not None
            ]
            parts = {name_part(table.name): partial(_read_rows, connection, table) for table in tables}
            yield DatabaseCopy(StoredDatabase(POSTGRESQL, revision, tables, tuple(numbers)), parts)

    def list_parts(self, stored: StoredDatabase) -> frozenset[str]:
        """One for each table."""
        return frozenset(name_part(table.name) for table in stored.tables)

    @contextmanager
    def restoring(self, stored: StoredDatabase, read: ReadPart, at: datetime) -> Iterator[Restoring]:
        """The database in one transaction, which ends when the block is left well."""
        # Late, since it brings Alembic with it.
        from db.migrations.upgrading import migrate

        with _telling_failure(), self._engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'"))
            moved = move_aside(connection, at)
            migrate(connection, stored.revision)
            _write_plainly(connection)
            _require_tables(connection, stored)
            _load(connection, stored, read)
            migrate(connection)
            yield Restoring(lambda key: UnitOfWork(connection, audit_key=key), moved)


def name_part(table: str) -> str:
    """The name that a table's rows have in a backup."""
    return f"tables/{table}.copy"


def _write_plainly(connection: Connection) -> None:
    for setting in (*_PLAIN_TEXT, *_NO_LIMITS):
        connection.exec_driver_sql(f"SET LOCAL {setting}")


def _describe(connection: Connection, table: str) -> StoredTable:
    columns = tuple(column["name"] for column in inspect(connection).get_columns(table))
    return StoredTable(table, _count_rows(connection, table), columns)


def _count_rows(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {_quote(connection, table)}").scalar_one())


def _quote(connection: Connection, *names: str) -> str:
    """The names as identifiers, with commas."""
    return ", ".join(connection.dialect.identifier_preparer.quote_identifier(name) for name in names)


def _read_rows(connection: Connection, table: StoredTable) -> Pieces:
    key = inspect(connection).get_pk_constraint(table.name)["constrained_columns"]
    asked = (
        f"COPY (SELECT {_quote(connection, *table.columns)} FROM {_quote(connection, table.name)}"
        f" ORDER BY {_quote(connection, *key)}) TO STDOUT (ENCODING 'UTF8')"
    )
    with _open_cursor(connection) as cursor, cursor.copy(asked) as rows:
        for piece in rows:
            yield bytes(piece)


def _open_cursor(connection: Connection) -> Any:
    """The driver's own cursor, which copies, in the transaction that the connection is in."""
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def _require_tables(connection: Connection, stored: StoredDatabase) -> None:
    """The schema of that revision has these tables, and these columns in each."""
    if {table.name for table in stored.tables} != set(list_own_tables(connection)):
        raise BackupError("backup_damaged", part="tables")
    for table in stored.tables:
        columns = {column["name"] for column in inspect(connection).get_columns(table.name)}
        if set(table.columns) != columns or len(table.columns) != len(columns):
            raise BackupError("backup_damaged", part=name_part(table.name))


def _load(connection: Connection, stored: StoredDatabase, read: ReadPart) -> None:
    """The rows are in their tables, each after those it refers to, and the next numbers are new ones."""
    known = {table.name: table for table in stored.tables}
    order = [name for name, _ in inspect(connection).get_sorted_table_and_fkc_names() if name in known]
    for name in order:
        _load_rows(connection, known[name], read(name_part(name)))
    for place, number in stored.numbers:
        table, _, column = place.partition(".")
        if table not in known or column not in known[table].columns:
            raise BackupError("backup_damaged", part=place)
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(quote_ident(:t), :c), :n)"),
            {"t": table, "c": column, "n": number},
        )


def _load_rows(connection: Connection, table: StoredTable, pieces: Pieces) -> None:
    from psycopg import errors as postgresql

    named = f"{_quote(connection, table.name)} ({_quote(connection, *table.columns)})"
    into = f"COPY {named} FROM STDIN (ENCODING 'UTF8')"
    try:
        with _open_cursor(connection) as cursor, cursor.copy(into) as rows:
            for piece in pieces:
                rows.write(piece)
    except (postgresql.DataError, postgresql.IntegrityError) as error:
        raise BackupError("backup_damaged", part=name_part(table.name)) from error
    if _count_rows(connection, table.name) != table.rows:
        raise BackupError("backup_damaged", part=name_part(table.name))


@contextmanager
def _telling_failure() -> Iterator[None]:
    """What the server refuses comes out as ``StoreError``."""
    from psycopg import Error

    try:
        yield
    except (DBAPIError, Error) as error:
        told = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        code = describe_failure(told)
        if code is None:
            raise StoreError("database_refuses", reason=quote_reason(told)) from error
        raise StoreError(code, reason=quote_reason(told)) from error
