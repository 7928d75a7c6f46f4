"""``konkyo backup`` and ``konkyo restore``: the whole house in one file, and a house from such a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.backup.making import BackupRequest, make_backup
from reviewer.backup.manifest import Held, Manifest
from reviewer.backup.restoring import Restored, SecretState, restore_backup
from reviewer.bootstrap import open_house
from reviewer.i18n import format_count
from reviewer.moments import write_moment
from reviewer.settings import Settings, load_settings

_SECRET_HELD = {
    Held.INCLUDED: "the session secret is in it: who reads the file can read everything",
    Held.LEFT_OUT: "the session secret is not in it: keep {place} apart, a restore asks for it",
    Held.ELSEWHERE: "the session secret is not in it: keep the value of KONKYO_SECRET apart",
    Held.NONE: "there is no session secret here: people's own API keys need that of the server they work on",
}
_LIBRARY_HELD = {
    Held.INCLUDED: "the library is in it: {records}",
    Held.LEFT_OUT: "the library is not in it, only its size: {records}",
    Held.ELSEWHERE: "",
    Held.NONE: "",
}
_SECRET_RESTORED = {
    SecretState.MISSING: "the session secret is not in the backup",
    SecretState.OTHER: "the session secret here is not that of the backup",
    SecretState.SAME: "",
    SecretState.NEVER_WAS: "",
}
_GONE_ON_WITH = (
    "own API keys are given again, and the audit trail goes on with the secret of this house, which seals"
    " what was signed before"
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--without-secret", is_flag=True, help="Leave the session secret out; a restore asks for it.")
@click.option("--without-library", is_flag=True, help="Leave the local library out; its size is noted.")
@click.option("--replace", is_flag=True, help="Write over a file that is there already.")
def backup(file: Path, without_secret: bool, without_library: bool, replace: bool) -> None:
    """Write the whole house to one file while people work.

    Database, session secret and local library, as they stood at one moment; the secret is left out where
    KONKYO_SECRET gives it. The file is read back before it gets its name, and only you can read it. A
    database that waits for an upgrade is written as it is, and stays so.
    """
    settings = load_settings()
    request = BackupRequest(
        file, OPERATOR, datetime.now(UTC), not without_secret, not without_library, replace
    )
    for line in _describe_made(make_backup(open_house(settings), request), settings):
        click.echo(line, err=True)
    click.echo(str(file.absolute()))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Also where there is work already: it is moved aside first.")
@click.option("--new-secret", is_flag=True, help="The secret of the backup is lost: go on with another.")
def restore(file: Path, replace: bool, new_secret: bool) -> None:
    """Make the house that a backup holds.

    FILE is looked at whole before anything is changed. What was there before is moved aside, never deleted,
    and named. A backup of an earlier version is brought to this one. Everybody signs in again. Stop the
    server first.

    A backup without its session secret asks for it (KONKYO_SECRET, or the file session_secret in the home).
    With --new-secret the trail goes on with another: what was signed before is sealed as it stands, which
    `konkyo audit verify` tells, and people give their own API keys again.
    """
    settings = load_settings()
    restored = restore_backup(
        open_house(settings), file, OPERATOR, datetime.now(UTC), replace=replace, new_secret=new_secret
    )
    for line in _describe_restored(restored, settings):
        click.echo(line, err=True)
    click.echo(str(settings.home))


def _describe_made(manifest: Manifest, settings: Settings) -> list[str]:
    lines = [_describe_rows(manifest)]
    lines.append(_SECRET_HELD[manifest.secret].format(place=settings.home / "session_secret"))
    lines.append(_LIBRARY_HELD[manifest.library].format(records=_count_records(manifest)))
    return [line for line in lines if line]


def _describe_restored(restored: Restored, settings: Settings) -> list[str]:
    manifest = restored.manifest
    made = write_moment(manifest.made_at, settings.time_zone)
    lines = [f"restored as of {made}, made by konkyo {manifest.konkyo}: {_describe_rows(manifest)}"]
    if restored.migrated:
        lines.append(f"brought from schema {manifest.database.revision} to that of this version")
    lines += [f"moved aside: {place}" for place in restored.moved]
    if missing := _SECRET_RESTORED[restored.secret]:
        lines.append(f"{missing}: {_GONE_ON_WITH}")
    if manifest.library is Held.LEFT_OUT:
        lines.append(f"the library is not in the backup ({_count_records(manifest)}): import its files again")
    return [*lines, "everybody signs in again"]


def _describe_rows(manifest: Manifest) -> str:
    database = manifest.database
    return f"{format_count(database.rows, 'row')} in {format_count(len(database.tables), 'table')}"


def _count_records(manifest: Manifest) -> str:
    return format_count(manifest.library_records, "record")
