"""Databases for tests: the migrations make one a process, and each test gets a copy of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, make_url

from db.engine import open_engine
from db.migrations import upgrade_schema

_folder = TemporaryDirectory(prefix="konkyo-template-")
# The address of ``lend_database``.
LENT = f"sqlite:///{_folder.name}/lent.db"


def lend_database() -> Engine:
    """The one SQLite database that tests of this process use in turn: the schema of this version and no row.

    Who was lent it before loses it.
    """
    engine = lend_engine(LENT)
    engine.dispose()
    for file in Path(_folder.name).glob("lent.db*"):
        file.unlink()
    make_database(Path(_folder.name) / "lent.db")
    return engine


def lend_engine(url: str) -> Engine:
    """An engine for an address that several databases have one after the other, with no listener yet.

    What it compiles stays compiled for the next.
    """
    return _keep_engine(url).execution_options()


@cache
def _keep_engine(url: str) -> Engine:
    return open_engine(url)


def fill_database(url: str, template: Path) -> None:
    """The SQLite database at the address holds what the template holds, whoever has it open."""
    database = make_url(url).database or ""
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(database)) as copy:
        source.backup(copy)


def make_database(path: Path) -> str:
    """The address of a fresh SQLite database at ``path`` with the schema of this version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_migrate_sqlite(), path)
    return f"sqlite:///{path}"


@cache
def _migrate_sqlite() -> Path:
    template = Path(_folder.name) / "template.db"
    migrate(f"sqlite:///{template}")
    return template


def migrate(url: str) -> str:
    """The address, its database brought to the schema of this version and no connection left open."""
    engine = open_engine(url)
    upgrade_schema(engine)
    engine.dispose()
    return url


def create_postgresql(server: str, name: str, template: str = "template1") -> str:
    """The address of a new database on the server, a copy of ``template``."""
    _tell_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_postgresql(server: str, name: str) -> None:
    """The database is gone, whoever is still connected."""
    _tell_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def hurry_postgresql(server: str) -> None:
    """The server waits for no disk from now on: no test cuts its power, and a copy is made sooner."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _tell_server(server, f"ALTER SYSTEM SET {setting} = off")
    _tell_server(server, "SELECT pg_reload_conf()")


def _tell_server(server: str, statement: str) -> None:
    engine = _open_server(server)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


@cache
def _open_server(server: str) -> Engine:
    return create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
