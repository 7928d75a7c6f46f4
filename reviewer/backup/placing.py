"""Files and folders that take the place of others: what was there is moved aside, and back when it fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from db.backup.stored import name_moment


@dataclass
class Placing:
    """What is put in place; ``moved`` are the new names of what was there."""

    at: datetime
    moved: list[Path] = field(default_factory=list)
    _undo: list[tuple[Path, Path]] = field(default_factory=list)

    def put(self, ready: Path, target: Path) -> None:
        """``ready``, which lies on the same disk, is at ``target``; what was there is beside."""
        if target.exists():
            aside = _find_free(target.with_name(f"{target.name}.before-{name_moment(self.at)}"))
            self._rename(target, aside)
            self.moved.append(aside)
        self._rename(ready, target)

    def undo(self) -> None:
        """Everything is where it was."""
        while self._undo:
            source, target = self._undo.pop()
            target.rename(source)

    def _rename(self, source: Path, target: Path) -> None:
        source.rename(target)
        self._undo.append((source, target))


@contextmanager
def placing(at: datetime) -> Iterator[Placing]:
    """What is put in place within stays when the block is left well, and else is taken back."""
    puts = Placing(at)
    try:
        yield puts
    except BaseException:
        puts.undo()
        raise


@contextmanager
def making_beside(target: Path) -> Iterator[Path]:
    """A name beside ``target`` where a file or folder may be made; what is still there at the end goes."""
    ready = target.with_name(f"{target.name}.restoring")
    _remove(ready)
    try:
        yield ready
    finally:
        _remove(ready)


def write_private(path: Path, pieces: Iterator[bytes]) -> None:
    """The new file holds the pieces, is its owner's alone, and is on the disk."""
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _find_free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
