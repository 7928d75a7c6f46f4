"""What a backup says of a database, and what both kinds of database do for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Protocol, TypeAlias

from db.audit_chain import ChainKey
from db.unit_of_work import UnitOfWork

# The bytes of a part, piece by piece.
Pieces: TypeAlias = Iterator[bytes]
ReadPart: TypeAlias = Callable[[str], Pieces]


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table with its rows counted; ``columns`` in the order in which rows as text have them."""

    name: str
    rows: int
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredDatabase:
    """A database as it stood at one moment. ``numbers``: the last one given for a column ``table.column``."""

    kind: str
    revision: str
    tables: tuple[StoredTable, ...]
    numbers: tuple[tuple[str, int], ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables)


@dataclass(frozen=True)
class DatabaseCopy:
    """What is written of a database: what it is, and its parts by their names in the backup."""

    stored: StoredDatabase
    parts: Mapping[str, Callable[[], Pieces]]


@dataclass(frozen=True)
class Restoring:
    """A database that was restored and is not yet in its place; ``moved``: where what was there will be."""

    work: Callable[[ChainKey], UnitOfWork]
    moved: tuple[str, ...]


class DatabaseStore(Protocol):
    """The database of an address, for backups. It is neither made nor migrated by being asked."""

    kind: ClassVar[str]

    def find_revision(self) -> str | None:
        """The revision of its schema, ``None`` where nothing has been made yet. Raises ``StoreError``."""

    def is_used(self) -> bool:
        """Whether it holds an article or an account, or something that is no house of Konkyo's."""

    def work(self, key: ChainKey) -> UnitOfWork:
        """A unit of work on it whose trail ``key`` signs; its schema must be that of this version."""

    def copying(self, scratch: Path) -> AbstractContextManager[DatabaseCopy]:
        """All of it as it stood at one moment, while others go on working.

        ``scratch`` is a file that may be made for it and is gone afterwards. Raises ``StoreError``, also for
        a database that is damaged.
        """

    def list_parts(self, stored: StoredDatabase) -> frozenset[str]:
        """The names of the parts that a backup of this must have."""

    def restoring(
        self, stored: StoredDatabase, read: ReadPart, at: datetime
    ) -> AbstractContextManager[Restoring]:
        """The backup's database with the schema of this version, in its place once the block is left well.

        What was there is moved aside then. Whatever is raised before that leaves everything as it was:
        ``BackupError`` for what does not fit its description or a database in use, ``StoreError``.
        """


def name_moment(at: datetime) -> str:
    """The moment as a name has it, to the second in UTC."""
    return at.strftime("%Y%m%dT%H%M%SZ")
