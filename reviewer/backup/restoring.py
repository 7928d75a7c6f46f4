"""A house is restored from a backup: looked at whole first, then put in place at once."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from claims.errors import BackupError, SettingsError
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.audit_chain import CHAINED_SINCE, ChainKey
from db.audit_checking import Anchor
from db.backup import Restoring
from db.migrations import find_head, list_revisions
from db.models import LinkRow
from reviewer.accounts.house_secret import forget_house_secret
from reviewer.accounts.sealing import derive_audit_key
from reviewer.accounts.signing_in import end_every_sign_in
from reviewer.backup.archive import Archive, open_archive
from reviewer.backup.house import House
from reviewer.backup.manifest import LIBRARY, SECRET, Held, Manifest
from reviewer.backup.placing import making_beside, placing, write_private
from reviewer.home import find_secret, fingerprint_secret, make_secret, place_secret, prepare_home
from reviewer.trail_head import place_head, write_head


class SecretState(StrEnum):
    """How the session secret of the restored house stands to the one that the backup was made with."""

    SAME = "same"
    OTHER = "other"
    MISSING = "missing"
    NEVER_WAS = "never_was"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where what was there before is now."""

    manifest: Manifest
    moved: tuple[str, ...]
    secret: SecretState

    @property
    def migrated(self) -> bool:
        """Whether the backup had an earlier schema than this version's."""
        return self.manifest.database.revision != find_head()


def restore_backup(
    house: House, file: Path, actor: User, at: datetime, *, replace: bool = False, new_secret: bool = False
) -> Restored:
    """What was restored of the file: database and library, and the secret unless the settings give one.

    Every sign-in of then is ended: one that was ended since must not come back. The trail goes on with who
    restored it, signed with the secret of the backup, or with another where a ``new_secret`` is asked for
    since that one is lost: what it signed is sealed then. Raises ``BackupError`` and ``StoreError``; then
    nothing has changed.
    """
    with open_archive(file) as archive:
        _require_fit(house, archive.manifest)
        if not new_secret:
            _require_secret(house, archive.manifest)
        archive.verify()
        if not replace:
            _require_empty(house)
        prepare_home(house.settings)
        return _put_in_place(house, archive, actor, at, new_secret)


def _require_fit(house: House, manifest: Manifest) -> None:
    database = manifest.database
    if database.kind != house.store.kind:
        raise BackupError("backup_other_database", kind=database.kind, own=house.store.kind)
    if database.revision not in list_revisions():
        raise BackupError("backup_newer", konkyo=manifest.konkyo)
    parts = {
        part.name for part in manifest.parts if part.name != SECRET and not part.name.startswith(LIBRARY)
    }
    if parts != house.store.list_parts(database):
        raise BackupError("backup_damaged", part="manifest.json")


def _require_secret(house: House, manifest: Manifest) -> None:
    """The trail can be gone on with by the secret that signed it. Raises ``BackupError``."""
    is_taken_out = manifest.secret is Held.INCLUDED and not house.settings.secret
    signed = any(table.name == LinkRow.__tablename__ and table.rows for table in manifest.database.tables)
    if signed and not is_taken_out and _compare_secret(house, manifest) is not SecretState.SAME:
        raise BackupError("restore_secret_needed", place=str(place_secret(house.settings)))


def _require_empty(house: House) -> None:
    """There is no article, no account and no library. Raises ``BackupError``."""
    folder = house.library.folder
    if house.store.is_used():
        raise BackupError("restore_over_work", home=str(house.settings.home))
    if folder.is_dir() and any(folder.iterdir()):
        raise BackupError("restore_over_library", path=str(folder))


def _put_in_place(house: House, archive: Archive, actor: User, at: datetime, new_secret: bool) -> Restored:
    manifest, secret_file = archive.manifest, place_secret(house.settings)
    state = _compare_secret(house, manifest)
    if manifest.secret is Held.INCLUDED and not house.settings.secret:
        state = SecretState.SAME
    with ExitStack() as stack:
        secret = stack.enter_context(making_beside(secret_file))
        library = stack.enter_context(making_beside(house.library.folder))
        kept_head = stack.enter_context(making_beside(place_head(house.settings)))
        _unpack(house, archive, secret, library)
        places = stack.enter_context(placing(at))
        database = stack.enter_context(house.store.restoring(manifest.database, archive.read, at))
        seals = new_secret or manifest.database.revision < CHAINED_SINCE
        head = _tell(database, _find_key(house, secret), manifest, actor, at, seals=seals)
        write_head(kept_head, head)
        places.put(kept_head, place_head(house.settings))
        if secret.exists():
            places.put(secret, secret_file)
        if library.exists():
            places.put(library, house.library.folder)
        moved = (*database.moved, *map(str, places.moved))
    return Restored(manifest, moved, state)


def _unpack(house: House, archive: Archive, secret: Path, library: Path) -> None:
    """Secret and library are whole beside their places, where there is anything to put there."""
    manifest = archive.manifest
    given = house.settings.secret or (
        _compare_secret(house, manifest) is SecretState.SAME and place_secret(house.settings).exists()
    )
    if manifest.secret is Held.INCLUDED and not given:
        write_private(secret, archive.read(SECRET))
    if manifest.library is Held.INCLUDED:
        library.mkdir(mode=0o700)
        for part in manifest.parts:
            if manifest.is_library(part.name):
                write_private(library / part.name.removeprefix(LIBRARY), archive.read(part.name))


def _find_key(house: House, beside: Path) -> ChainKey:
    """What signs the trail from now on; where there is no secret yet one is made ``beside``."""
    if not beside.exists() and find_secret(house.settings) is None:
        write_private(beside, iter([make_secret().encode("ascii")]))
    secret = beside.read_text(encoding="ascii") if beside.exists() else find_secret(house.settings)
    return derive_audit_key(secret or "")


def _tell(
    database: Restoring, key: ChainKey, manifest: Manifest, actor: User, at: datetime, *, seals: bool
) -> Anchor:
    """The head of the trail after the line that tells of the restore."""
    with database.work(key) as work:
        ended = end_every_sign_in(work)
        forget_house_secret(work)
        values = (
            ("made_at", manifest.made_at.isoformat()),
            ("konkyo", manifest.konkyo),
            ("schema", manifest.database.revision),
            ("sign_ins_ended", str(ended)),
        )
        line = AuditEntry(at, actor.name, AuditAction.BACKUP_RESTORED, "site", values)
        if seals:
            work.commit_sealing(line)
        else:
            work.commit(line)
        return work.audit.find_head()


def _compare_secret(house: House, manifest: Manifest) -> SecretState:
    if not manifest.secret_fingerprint:
        return SecretState.NEVER_WAS
    try:
        secret = find_secret(house.settings)
    except SettingsError:
        # One that was cut short or cannot be read opens nothing; another may take its place.
        return SecretState.OTHER
    if secret is None:
        return SecretState.MISSING
    same = fingerprint_secret(secret) == manifest.secret_fingerprint
    return SecretState.SAME if same else SecretState.OTHER
