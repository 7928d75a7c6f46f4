"""Which store a database address means."""

from __future__ import annotations

from pathlib import Path

from claims.errors import SettingsError
from db.backup.stored import DatabaseStore
from db.engine import open_engine


def open_store(url: str) -> DatabaseStore:
    """The store of a ``sqlite:///`` or ``postgresql://`` address. Raises ``SettingsError``.

    A database that lives in memory has none.
    """
    engine = open_engine(url)
    if engine.dialect.name == "sqlite":
        from db.backup.sqlite import SqliteStore

        database = engine.url.database or ""
        if ":memory:" in database or database.startswith("file:"):
            raise SettingsError("database_url_unknown", scheme=database)
        return SqliteStore(Path(database).absolute())
    from db.backup.postgresql import PostgresqlStore

    return PostgresqlStore(engine)
