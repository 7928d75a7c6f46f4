"""SQLite databases as files: a copy of one moment, what it holds, and whether nobody else has it open."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from claims.errors import BackupError, StoreError
from db.backup.stored import StoredDatabase, StoredTable
from db.failures import describe_failure, quote_reason
from db.limits import BUSY_SECONDS

SQLITE = "sqlite"
# What SQLite keeps beside a database, and what belongs to it there.
COMPANIONS = ("-wal", "-shm", "-journal")
_PIECE = 1 << 20
_BEGIN = b"SQLite format 3\0"


def copy_database(source: Path, target: Path) -> None:
    """A new private file that holds the database as it stands at this moment, whoever writes meanwhile.

    It is one file without a log beside it, and is on the disk. Raises ``StoreError``.
    """
    make_private(target)
    with telling_failure(), closing(connect(source)) as reading, closing(connect(target)) as copy:
        # All pages in one step: one snapshot, and no beginning anew when somebody writes.
        reading.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    sync_file(target)


def inspect_database(path: Path) -> StoredDatabase:
    """What a database file that nobody uses holds, once all of it was looked at.

    Raises ``StoreError``: ``database_damaged`` where pages or references are broken, and for no database.
    """
    with telling_failure(), closing(connect(path, "ro&immutable=1")) as reading:
        found = [row[0] for row in reading.execute("PRAGMA integrity_check(1)")]
        if found != ["ok"]:
            raise StoreError("database_damaged", reason=" ".join(found[0].split()))
        broken = reading.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreError("database_damaged", reason=f"{len(broken)} broken references")
        tables = tuple(StoredTable(name, _count_rows(reading, name)) for name in _list_tables(reading))
        return StoredDatabase(SQLITE, read_revision(reading) or "", tables)


def read_revision(reading: sqlite3.Connection) -> str | None:
    """The revision of the schema, ``None`` where no migration has been there."""
    if not _has_table(reading, "alembic_version"):
        return None
    row = reading.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def has_rows(reading: sqlite3.Connection, table: str) -> bool:
    """Whether the table is there and holds anything."""
    return _has_table(reading, table) and bool(
        reading.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")').fetchone()[0]
    )


def require_unused(path: Path) -> None:
    """Nobody has the database open; its log is folded into it. Raises ``BackupError("restore_in_use")``.

    What is no database is left alone, since SQLite would throw away the log beside it.
    """
    if not is_database(path):
        return
    try:
        with closing(connect(path)) as alone:
            alone.execute("PRAGMA busy_timeout = 0")
            # Leaving the write-ahead log is granted to the only connection there is, and to no other.
            alone.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if describe_failure(error) == "database_busy":
            raise BackupError("restore_in_use", path=str(path)) from error
        raise StoreError("database_unusable", reason=quote_reason(error)) from error
    except sqlite3.DatabaseError:
        # Damaged, or something else: nobody works with it, and it is moved aside as it is.
        return


def is_database(path: Path) -> bool:
    """Whether the file begins as SQLite's do; an empty one will. For files that this process has not open."""
    with path.open("rb") as file:
        return file.read(len(_BEGIN)) in (b"", _BEGIN)


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection to a file that must be there."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS)


@contextmanager
def telling_failure() -> Iterator[None]:
    """What SQLite raises within comes out as ``StoreError``."""
    try:
        yield
    except sqlite3.Error as error:
        # Of SQLite's own codes, damage and a foreign file come as the bare class.
        damaged = type(error) is sqlite3.DatabaseError
        code = "database_damaged" if damaged else describe_failure(error) or "database_unusable"
        raise StoreError(code, reason=quote_reason(error)) from error


def make_private(path: Path) -> None:
    """A new empty file that its owner alone reads; one of the same name is removed first."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def sync_file(path: Path) -> None:
    """The file, or the names in the folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_pieces(path: Path) -> Iterator[bytes]:
    """The bytes of the file, piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _has_table(reading: sqlite3.Connection, name: str) -> bool:
    found = reading.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,))
    return found.fetchone() is not None


def _list_tables(reading: sqlite3.Connection) -> list[str]:
    found = reading.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name <> 'alembic_version' ORDER BY name"
    )
    return [str(name) for (name,) in found]


def _count_rows(reading: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(reading.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])
