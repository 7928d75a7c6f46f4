"""A backup is made: while people work, told in the trail, and read back before it gets its name."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from claims.errors import BackupError, StoreError
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.migrations import find_head, list_revisions
from reviewer.accounts.sealing import derive_audit_key
from reviewer.backup.archive import ArchiveWriter, open_archive
from reviewer.backup.house import House
from reviewer.backup.manifest import FORMAT, LIBRARY, SECRET, Held, Manifest
from reviewer.home import find_secret, fingerprint_secret

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class BackupRequest:
    """Which file is to be written, by whom, and without what."""

    out: Path
    actor: User
    at: datetime
    with_secret: bool = True
    with_library: bool = True
    replace: bool = False


@dataclass(frozen=True, slots=True)
class _Beside:
    """What goes beside the database, and what is said of it."""

    secret: str
    secret_held: Held
    library_held: Held
    records: int


def make_backup(house: House, request: BackupRequest) -> Manifest:
    """What the new file ``request.out`` holds; it is on the disk, was read back, and is its owner's alone.

    The trail tells of it before the database is read, so that the backup itself does; of a database that
    waits for its migration nothing is told. Raises ``BackupError``, ``StoreError`` and ``SourceError``; then
    nothing new stands under the name.
    """
    revision = house.store.find_revision()
    if revision is None:
        raise BackupError("backup_nothing", home=str(house.settings.home))
    if revision not in list_revisions():
        raise StoreError("schema_unknown", reason=revision)
    beside = _look_beside(house, request)
    with _writing(request.out, request.replace) as (file, part):
        if revision == find_head():
            _tell(house, request, beside)
        manifest = _write(house, request, beside, file, part.with_name(f"{part.name}.db"))
        file.flush()
        os.fsync(file.fileno())
        with open_archive(part) as archive:
            archive.verify()
            if archive.manifest != manifest:
                raise BackupError("backup_damaged", part="manifest.json")
    return manifest


def _look_beside(house: House, request: BackupRequest) -> _Beside:
    secret = find_secret(house.settings) or ""
    held = Held.INCLUDED if request.with_secret else Held.LEFT_OUT
    if house.settings.secret or not secret:
        held = Held.ELSEWHERE if secret else Held.NONE
    records = house.library.count() if house.library.exists else 0
    library = Held.INCLUDED if request.with_library else Held.LEFT_OUT
    return _Beside(secret, held, library if records else Held.NONE, records)


def _tell(house: House, request: BackupRequest, beside: _Beside) -> None:
    values = (
        ("file", request.out.name),
        ("secret", beside.secret_held.value),
        ("library", beside.library_held.value),
    )
    with house.store.work(derive_audit_key(beside.secret)) as work:
        work.commit(AuditEntry(request.at, request.actor.name, AuditAction.BACKUP_MADE, "site", values))


def _write(house: House, request: BackupRequest, beside: _Beside, file: BinaryIO, scratch: Path) -> Manifest:
    with ArchiveWriter(file) as writer:
        with house.store.copying(scratch) as copy:
            for name, read in copy.parts.items():
                writer.add(name, read())
        if beside.secret_held is Held.INCLUDED:
            writer.add(SECRET, [beside.secret.encode("ascii")])
        if beside.library_held is Held.INCLUDED:
            with house.library.open_files() as files:
                for name, content in files.items():
                    # The index packs its records itself.
                    writer.add(LIBRARY + name, _read_pieces(content), packed=False)
        manifest = Manifest(
            format=FORMAT,
            konkyo=house.konkyo,
            made_at=request.at,
            database=copy.stored,
            secret=beside.secret_held,
            secret_fingerprint=fingerprint_secret(beside.secret) if beside.secret else "",
            library=beside.library_held,
            library_records=beside.records,
            parts=writer.parts,
        )
        writer.finish(manifest)
    return manifest


def _read_pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


@contextmanager
def _writing(out: Path, replace: bool) -> Iterator[tuple[BinaryIO, Path]]:
    """A private file beside ``out``, which gets that name when the block is left well, and else is gone.

    What a process that was killed left of one is written over; two at once are told apart by a lock.
    """
    _require_free(out, replace)
    part = out.with_name(f"{out.name}.part")
    with ExitStack() as stack, _telling_unwritten(out):
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        file = stack.enter_context(open(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b"))
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError("backup_busy", path=str(out)) from error
        stack.callback(part.unlink, missing_ok=True)
        part.chmod(0o600)
        file.truncate()
        yield file, part
        _require_free(out, replace)
        part.replace(out)
        folder = os.open(out.absolute().parent, os.O_RDONLY)
        stack.callback(os.close, folder)
        os.fsync(folder)


def _require_free(out: Path, replace: bool) -> None:
    if out.exists() and not out.is_file():
        raise BackupError("backup_not_written", path=str(out), reason="no ordinary file")
    if out.exists() and not replace:
        raise BackupError("backup_exists", path=str(out))


@contextmanager
def _telling_unwritten(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError("backup_not_written", path=str(out), reason=error.strerror or str(error)) from error
