"""The copy of a database from before a migration: beside it, the last three."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from claims.errors import StoreError
from db.backup.sqlite_files import copy_database, sync_file
from db.backup.stored import name_moment

KEPT = 3
_COPY = re.compile(r"\.schema-[A-Za-z0-9]{1,32}-(\d{8}T\d{6}Z)(\.part)?\Z")
_log = logging.getLogger("konkyo.database")


@contextmanager
def keeping_former(engine: Engine, revision: str) -> Iterator[None]:
    """A copy of the database of this ``revision`` is beside it while it is migrated, and stays afterwards.

    Nobody may write until the block is left. One that ends in an error changed nothing and leaves no copy.
    Of PostgreSQL no copy is made, which is said in the log. Raises ``StoreError("copy_not_kept")``.
    """
    if engine.dialect.name != "sqlite":
        _log.warning(
            "the database of schema %s is brought to that of this version; no copy of it is made here:"
            " run `konkyo backup` before an upgrade",
            revision,
            extra={"event": "migrated_without_copy"},
        )
        yield
        return
    database = Path(engine.url.database or "").absolute()
    _forget_oldest(database)
    kept = _keep(database, revision)
    try:
        yield
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    _log.warning(
        "%s: as it was with schema %s, before the upgrade, it is kept as %s",
        database,
        revision,
        kept,
        extra={"event": "former_database_kept"},
    )
    _forget_oldest(database)


def _keep(database: Path, revision: str) -> Path:
    kept = database.with_name(f"{database.name}.schema-{revision}-{name_moment(datetime.now(UTC))}")
    partial = kept.with_name(f"{kept.name}.part")
    try:
        copy_database(database, partial)
        partial.replace(kept)
        sync_file(kept.parent)
    except (OSError, StoreError) as error:
        partial.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else error.values.get("reason", error.code)
        raise StoreError("copy_not_kept", path=str(kept), reason=reason) from error
    return kept


def _forget_oldest(database: Path) -> None:
    """No more than the last three copies stay, and no part of one."""
    beside = (file for file in database.parent.iterdir() if file.name.startswith(database.name))
    ends = ((_COPY.match(file.name, len(database.name)), file) for file in beside)
    found = [(match, file) for match, file in ends if match]
    whole = sorted((match[1], file) for match, file in found if not match[2])
    for file in (*(file for match, file in found if match[2]), *(file for _, file in whole[:-KEPT])):
        file.unlink(missing_ok=True)
