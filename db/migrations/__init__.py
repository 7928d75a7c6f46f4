"""The schema and its history: migrations are the only way a table comes to be."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text


def upgrade_schema(engine: Engine) -> None:
    """Bring the database to the schema of this version; one that is there already is only read.

    All of it happens or nothing. Of several processes that start at once one migrates and the others wait.
    Raises ``StoreError`` when the database was made by a newer version.
    """
    with engine.connect() as connection:
        if _is_current(connection):
            return
    # Late, since it brings Alembic with it: a quarter of the time that a command takes to start.
    from db.migrations.upgrading import run_migrations

    run_migrations(engine)


@cache
def find_head() -> str:
    """The revision of this version's schema: the number before the name of the last migration."""
    files = (Path(__file__).parent / "versions").glob("[0-9]*_*.py")
    return max(file.name.partition("_")[0] for file in files)


def _is_current(connection: Connection) -> bool:
    """Whether there is nothing to do, told without waiting for anybody who writes."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return connection.scalars(text("SELECT version_num FROM alembic_version")).all() == [find_head()]
