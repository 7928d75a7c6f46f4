"""The head of the audit trail as the home keeps it, beside the secret and apart from the database."""

from __future__ import annotations

import json
import logging
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from claims.records.audit import AuditAction, AuditEntry
from db.audit_chain import NO_DIGEST
from db.audit_checking import Anchor
from db.audit_heads import name_database
from db.unit_of_work import UnitOfWork
from reviewer.settings import Settings

# What was cut off of a trail within so many seconds after it was written is not found out by it.
KEPT_EVERY_SECONDS = 10.0
# Of a trail that is still to begin.
NOT_BEGUN = Anchor(0, NO_DIGEST)
# No trail has it.
UNREADABLE = Anchor(0, "")
_log = logging.getLogger("konkyo.audit")


class KeptHead:
    """One file of the home for each database that is worked on from it (a ``HeadKeeper``)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._due_at = 0.0

    def is_due(self) -> bool:
        """Whether some seconds have passed since this process last kept one."""
        return time.monotonic() >= self._due_at

    def find(self) -> Anchor | None:
        """The head that is kept, ``None`` where none is, ``UNREADABLE`` where the file holds none."""
        try:
            told = json.loads(self.path.read_text(encoding="ascii"))
            return Anchor(int(told["position"]), str(told["digest"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError):
            return UNREADABLE

    def keep(self, head: Anchor) -> None:
        """The file holds this head, whole, or what it held before."""
        if head.position:
            self._due_at = time.monotonic() + KEPT_EVERY_SECONDS
        written = self.path.with_name(f"{self.path.name}.{secrets.token_hex(8)}")
        try:
            write_head(written, head)
            written.replace(self.path)
        except OSError as error:
            told = {"event": "trail_head_not_kept"}
            _log.warning("%s: %s", self.path, error.strerror, extra=told)
            with suppress(OSError):
                written.unlink(missing_ok=True)

    def tell_other(self, kept: Anchor) -> None:
        """Log that the database's trail is not the one whose head is kept."""
        self._due_at = time.monotonic() + KEPT_EVERY_SECONDS
        message = "the audit trail no longer has line %d, whose head %s keeps: konkyo audit verify"
        _log.error(message, kept.position, self.path, extra={"event": "trail_not_as_kept"})


def write_head(path: Path, head: Anchor) -> None:
    """A new file with this head, its owner's alone, on the disk. Raises ``OSError``."""
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(json.dumps({"position": head.position, "digest": head.digest}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def place_head(settings: Settings) -> Path:
    """Where the head of this database's trail is kept, whatever its password and wherever the home is."""
    name = name_database(settings.database_url).replace(str(settings.home.absolute()), "home")
    return settings.home / f"trail_head_{sha256(name.encode()).hexdigest()[:8]}.jsonl"


def open_kept_head(settings: Settings, has_chain: Callable[[], bool]) -> KeptHead:
    """The head that this home keeps of the database's trail, asked before the database gets a new schema.

    Of a database that has no chain yet it is noted that the trail is still to begin: once it has, this is
    never said again.
    """
    heads = KeptHead(place_head(settings))
    if heads.find() is None and not has_chain():
        heads.keep(NOT_BEGUN)
    return heads


def begin_trail(heads: KeptHead, open_work: Callable[[], UnitOfWork], actor: str, at: datetime) -> None:
    """What stands in a house from before the chain is sealed, once: while this home waits for its trail.

    A home that keeps no head yet takes the one that it finds.
    """
    kept = heads.find()
    if kept not in (None, NOT_BEGUN):
        return
    with open_work() as work:
        head = work.audit.find_head()
        if head.position or not work.audit.count_entries(1):
            if kept is None:
                heads.keep(head)
        elif kept is not None:
            work.commit_sealing(AuditEntry(at, actor, AuditAction.TRAIL_SEALED, "site"))
