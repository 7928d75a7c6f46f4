"""The file of a backup: a ZIP whose first entry says what it is and whose last one is the manifest."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from claims.errors import BackupError
from reviewer.backup.manifest import MANIFEST, Manifest, Part, read_manifest, write_manifest

# The first entry: by it a file that was cut short is told from one that is no backup.
MARK = "konkyo-backup"
_MOST_MANIFEST = 64 << 20
_PIECE = 1 << 20
# What reading a file that is not what it seems ends in.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
)


class ArchiveWriter:
    """Writes the parts of a backup one after the other, then what it says of itself."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w", compresslevel=1)
        self._parts: list[Part] = []
        self._write(MARK, [b"1\n"], zipfile.ZIP_STORED)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What was written until now."""
        return tuple(self._parts)

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        """Write a part; ``packed`` for what gets smaller by it."""
        way = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        self._parts.append(self._write(name, pieces, way))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        # Otherwise the archive would be ended later, in a file that is closed.
        if error is not None:
            self._zip.fp = None

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and end the archive; the file stays open."""
        self._write(MANIFEST, [write_manifest(manifest)], zipfile.ZIP_DEFLATED)
        self._zip.close()

    def _write(self, name: str, pieces: Iterable[bytes], way: int) -> Part:
        digest, size = hashlib.sha256(), 0
        self._zip.compression = way
        with self._zip.open(name, "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
                digest.update(piece)
                size += len(piece)
        return Part(name, size, digest.hexdigest())


class Archive:
    """A backup that is open for reading; its parts are those that its manifest names, and no others."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        names = archive.namelist()
        self.manifest = read_manifest(b"".join(self._read(MANIFEST, _MOST_MANIFEST)))
        self._parts = {part.name: part for part in self.manifest.parts}
        if sorted(names) != sorted([MARK, MANIFEST, *self._parts]):
            raise BackupError("backup_damaged", part="zip")

    def verify(self) -> None:
        """Read every part once. Raises ``BackupError`` naming the first that is not as it was written."""
        for name in self._parts:
            for _ in self.read(name):
                pass

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes of a part. The last come only after all are known to be as written: ``BackupError``."""
        part = self._parts.get(name)
        if part is None:
            raise BackupError("backup_damaged", part=name)
        digest, size, held = hashlib.sha256(), 0, b""
        for piece in self._read(name, part.size):
            digest.update(piece)
            size += len(piece)
            if held:
                yield held
            held = piece
        if size != part.size or digest.hexdigest() != part.sha256:
            raise BackupError("backup_damaged", part=name)
        if held:
            yield held

    def _read(self, name: str, most: int) -> Iterator[bytes]:
        """What is stored under a name, no more than ``most`` bytes of it."""
        left = most
        try:
            with self._zip.open(name) as part:
                while piece := part.read(min(_PIECE, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        raise BackupError("backup_damaged", part=name)
                    yield piece
        except _BROKEN as error:
            raise BackupError("backup_damaged", part=name) from error


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """The backup in the file. Raises ``BackupError`` for what is none, and for one that is damaged.

    What it says of its parts is not looked at before ``verify`` or ``read``.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError("backup_unreadable", path=str(path), reason=error.strerror) from error
    with file:
        # A ZIP begins with its first entry's name behind thirty bytes.
        if file.read(30 + len(MARK))[30:] != MARK.encode("ascii"):
            raise BackupError("backup_foreign", path=str(path))
        try:
            archive = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise BackupError("backup_damaged", part="zip") from error
        with archive:
            yield Archive(archive)
