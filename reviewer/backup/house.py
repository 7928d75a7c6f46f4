"""What a backup is made of and restored to: the database, the session secret, the library."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from db.backup import DatabaseStore
from reviewer.settings import Settings


class Shelf(Protocol):
    """What a backup asks of a library."""

    folder: Path

    @property
    def exists(self) -> bool:
        """Whether anything has been imported."""

    def count(self) -> int:
        """How many records there are."""

    def open_files(self) -> AbstractContextManager[dict[str, BinaryIO]]:
        """Its files as they stood at one moment."""


@dataclass(frozen=True)
class House:
    """The places of an installation; nothing is made or migrated by having one."""

    settings: Settings
    store: DatabaseStore
    library: Shelf
    konkyo: str
