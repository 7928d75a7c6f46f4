"""What a backup says of itself: what is in it, of which versions, and by what each part is told."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.errors import BackupError
from claims.records.record_json import from_json, to_json
from db.backup import StoredDatabase

FORMAT = 1
MANIFEST = "manifest.json"
SECRET = "session_secret"
LIBRARY = "library/"
# The files of an index lie in one folder; no name leads out of it.
_LIBRARY_FILE = re.compile(r"library/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,120}\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class Held(StrEnum):
    """What became of a part that a backup may be without; permanent.

    ``ELSEWHERE``: it is given by a setting and never written down. ``NONE``: there was nothing.
    """

    INCLUDED = "included"
    LEFT_OUT = "left_out"
    ELSEWHERE = "elsewhere"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name in the file, its bytes counted, and their SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``secret_fingerprint`` tells the secret without giving it away, "" where there was none."""

    format: int
    konkyo: str
    made_at: datetime
    database: StoredDatabase
    secret: Held
    secret_fingerprint: str
    library: Held
    library_records: int
    parts: tuple[Part, ...]

    def is_library(self, name: str) -> bool:
        """Whether a part is a file of the library."""
        return name.startswith(LIBRARY)


def write_manifest(manifest: Manifest) -> bytes:
    """The manifest as JSON."""
    return json.dumps(to_json(manifest), ensure_ascii=False, indent=1).encode("utf-8")


def read_manifest(content: bytes) -> Manifest:
    """The manifest again. Raises ``BackupError``, by its own code for a format that came later."""
    try:
        written = json.loads(content)
        form = written["format"]
        if isinstance(form, int) and form > FORMAT:
            raise BackupError("backup_newer", konkyo=str(written.get("konkyo", "")))
        manifest = from_json(Manifest, written)
        sound = form == FORMAT and _is_sound(manifest)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BackupError("backup_damaged", part=MANIFEST) from error
    if not sound:
        raise BackupError("backup_damaged", part=MANIFEST)
    return manifest


def _is_sound(manifest: Manifest) -> bool:
    """Whether every value is of its kind and no part is of another name than parts have."""
    database = manifest.database
    words = (manifest.konkyo, manifest.secret_fingerprint, database.kind, database.revision)
    numbers = (
        manifest.library_records,
        *(part.size for part in manifest.parts),
        *(table.rows for table in database.tables),
        *(number for _, number in database.numbers),
    )
    texts = (
        *words,
        *(part.name for part in manifest.parts),
        *(part.sha256 for part in manifest.parts),
        *(place for place, _ in database.numbers),
        *(name for table in database.tables for name in (table.name, *table.columns)),
    )
    names = [part.name for part in manifest.parts]
    return (
        manifest.made_at.tzinfo is not None
        and all(type(number) is int and number >= 0 for number in numbers)
        and all(type(one) is str for one in texts)
        and len(set(names)) == len(names)
        and all(_DIGEST.match(part.sha256) for part in manifest.parts)
        and all(_LIBRARY_FILE.match(name) for name in names if name.startswith(LIBRARY))
        and (SECRET in names) == (manifest.secret is Held.INCLUDED)
        and any(name.startswith(LIBRARY) for name in names) == (manifest.library is Held.INCLUDED)
    )
