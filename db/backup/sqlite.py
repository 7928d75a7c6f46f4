"""A SQLite database for backups: copied while people work, restored beside and put in place at once."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from claims.errors import BackupError, StoreError
from db.audit_chain import ChainKey
from db.backup.sqlite_files import (
    COMPANIONS,
    SQLITE,
    connect,
    copy_database,
    has_rows,
    inspect_database,
    is_database,
    make_private,
    read_pieces,
    read_revision,
    require_unused,
    sync_file,
    telling_failure,
)
from db.backup.stored import DatabaseCopy, ReadPart, Restoring, StoredDatabase, name_moment
from db.engine import open_engine
from db.migrations import migrate_alone
from db.unit_of_work import UnitOfWork

PART = "database.sqlite3"
_log = logging.getLogger("konkyo.database")


class SqliteStore:
    """A database file; ``DatabaseStore`` says what each method promises."""

    kind: ClassVar[str] = SQLITE

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = open_engine(f"sqlite:///{path}")

    def find_revision(self) -> str | None:
        """The revision of its schema, ``None`` where there is no file or none of ours."""
        if not self.path.exists():
            return None
        with telling_failure(), closing(connect(self.path)) as reading:
            return read_revision(reading)

    def is_used(self) -> bool:
        """Whether it holds an article or an account; what cannot be read counts as used."""
        if not self.path.exists():
            return False
        if not is_database(self.path):
            return True
        try:
            with telling_failure(), closing(connect(self.path)) as reading:
                return has_rows(reading, "article") or has_rows(reading, "account")
        except StoreError:
            # Whatever it is, somebody put it there.
            return True

    def work(self, key: ChainKey) -> UnitOfWork:
        """A unit of work on it whose trail ``key`` signs."""
        return UnitOfWork(self._engine, audit_key=key)

    @contextmanager
    def copying(self, scratch: Path) -> Iterator[DatabaseCopy]:
        """A copy of one moment in ``scratch``, looked at whole."""
        try:
            copy_database(self.path, scratch)
            yield DatabaseCopy(inspect_database(scratch), {PART: partial(read_pieces, scratch)})
        finally:
            _remove(scratch)

    def list_parts(self, stored: StoredDatabase) -> frozenset[str]:
        """The one file."""
        return frozenset({PART})

    @contextmanager
    def restoring(self, stored: StoredDatabase, read: ReadPart, at: datetime) -> Iterator[Restoring]:
        """The database in a file beside, which takes the place of this one when the block is left well."""
        self._require_unused()
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self.path.with_name(f"{self.path.name}.restoring")
        aside = find_free(self.path.with_name(f"{self.path.name}.before-{name_moment(at)}"))
        try:
            _write_whole(beside, read(PART))
            _require_described(beside, stored)
            engine = open_engine(f"sqlite:///{beside}")
            try:
                migrate_alone(engine)
                yield Restoring(lambda key: UnitOfWork(engine, audit_key=key), self._name_moved(aside))
            finally:
                engine.dispose()
            require_unused(beside)
            sync_file(beside)
            self._put_in_place(beside, aside)
        finally:
            _remove(beside)

    def _require_unused(self) -> None:
        self._engine.dispose()
        if self.path.exists():
            require_unused(self.path)

    def _name_moved(self, aside: Path) -> tuple[str, ...]:
        return (str(aside),) if self.path.exists() else ()

    def _put_in_place(self, beside: Path, aside: Path) -> None:
        """At no moment is there no database, and nothing of what was there is lost."""
        self._require_unused()
        if self.path.exists():
            _name_also(self.path, aside)
        beside.replace(self.path)
        sync_file(self.path.parent)


def find_free(path: Path) -> Path:
    """``path``, or with a number behind it where that is taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _write_whole(path: Path, pieces: Iterator[bytes]) -> None:
    make_private(path)
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _require_described(path: Path, stored: StoredDatabase) -> None:
    try:
        found = inspect_database(path)
    except StoreError as error:
        raise BackupError("backup_damaged", part=PART) from error
    if found != stored:
        raise BackupError("backup_damaged", part=PART)


def _name_also(path: Path, aside: Path) -> None:
    """The database has a second name, its log only that one: what cannot be read may be mended by it."""
    for end in COMPANIONS:
        log = path.with_name(path.name + end)
        if log.exists():
            log.rename(aside.with_name(aside.name + end))
    try:
        os.link(path, aside)
    except OSError as error:
        # Not every file system gives a file two names.
        _log.info("%s: %s", aside, error.strerror, extra={"event": "file_has_one_name"})
        path.rename(aside)


def _remove(path: Path) -> None:
    for end in ("", *COMPANIONS):
        path.with_name(path.name + end).unlink(missing_ok=True)
