"""The schema and its history: migrations are the only way a table comes to be."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text


def upgrade_schema(engine: Engine) -> None:
    """Bring the database to the schema of this version; one that is there already is only read.

    All of it happens or nothing. Of several processes that start at once one migrates and the others wait.
    A SQLite database that is changed by it is copied first, beside. Raises ``StoreError`` when the database
    was made by a newer version, or cannot be copied.
    """
    with engine.connect() as connection:
        if find_revision(connection) == find_head():
            return
    # Late, since it brings Alembic with it: a quarter of the time that a command takes to start.
    from db.migrations.upgrading import run_migrations

    run_migrations(engine)


def migrate_alone(engine: Engine) -> None:
    """As ``upgrade_schema``, for a database that is a copy itself: nothing of it is kept beside."""
    from db.migrations.upgrading import run_migrations

    run_migrations(engine, keep_former=False)


@cache
def find_head() -> str:
    """The revision of this version's schema: the number before the name of the last migration."""
    return max(list_revisions())


@cache
def list_revisions() -> frozenset[str]:
    """Every revision that this version knows."""
    files = (Path(__file__).parent / "versions").glob("[0-9]*_*.py")
    return frozenset(file.name.partition("_")[0] for file in files)


def find_revision(connection: Connection) -> str | None:
    """The revision of the database, ``None`` where it has none; told without waiting for any writer."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalars(text("SELECT version_num FROM alembic_version")).first()
