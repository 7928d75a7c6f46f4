"""Databases for tests: the migrations make one a process, and each test gets a copy of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, Engine, create_engine, make_url

from db.engine import open_engine
from db.migrations import upgrade_schema
from db.queue_schema import QUEUE_SCHEMA

_folder = TemporaryDirectory(prefix="konkyo-template-")
# The address of ``lend_database``.
LENT = f"sqlite:///{_folder.name}/lent.db"
_END_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_DESCRIBE_SCHEMA = """
    SELECT md5(string_agg(told, '|' ORDER BY told)) FROM (
        SELECT concat_ws(' ', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull)
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        UNION ALL SELECT pg_get_constraintdef(oid) || conrelid::regclass::text FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT version_num FROM alembic_version
    ) AS part (told)
"""
_ALLOW_CHANGE = """
    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RETURN OLD; END'
"""
_EMPTY_TABLES = """
    DO $$ DECLARE one record; has_rows boolean; BEGIN
        FOR one IN SELECT oid::regclass AS name FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
        LOOP
            EXECUTE 'SELECT EXISTS (SELECT FROM ' || one.name || ')' INTO has_rows;
            IF has_rows THEN EXECUTE 'DELETE FROM ' || one.name; END IF;
        END LOOP;
        PERFORM setval((schemaname || '.' || sequencename)::regclass, start_value, false)
            FROM pg_sequences WHERE last_value IS NOT NULL;
    END $$
"""


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


def renew_postgresql(url: str, template: str) -> bool:
    """Whether the database is as the template again: no row but its own, no sequence used, nobody connected.

    A new copy of the template takes 0.25 s more. ``False``: the schema was changed, and a copy is needed.
    """
    with _open_server(url).connect() as connection:
        # The driver's own: what is sent has per cent signs that are no placeholders.
        run = connection.connection.driver_connection.execute  # type: ignore[union-attr]
        run(_END_OTHERS)
        run(f"DROP SCHEMA IF EXISTS {QUEUE_SCHEMA} CASCADE")
        if run(_DESCRIBE_SCHEMA).fetchone()[0] != _describe_template(url, template):
            return False
        (ours,) = run("SELECT pg_get_functiondef('refuse_change'::regproc)").fetchone()
        run("BEGIN")
        run("SET LOCAL session_replication_role = replica")
        # Rows that are kept for ever go too: what refuses it lets them, until this is over.
        run(_ALLOW_CHANGE)
        run(_EMPTY_TABLES)
        run(ours)
        run("COMMIT")
    return True


@cache
def _describe_template(url: str, template: str) -> str:
    engine = create_engine(_with_driver(url).set(database=template), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        described: str = connection.exec_driver_sql(_DESCRIBE_SCHEMA).scalar_one()
    # Nobody may be connected to what is copied.
    engine.dispose()
    return described


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
    # A database that was made anew ended the connection to the former one.
    return create_engine(_with_driver(server), isolation_level="AUTOCOMMIT", pool_pre_ping=True)


def _with_driver(url: str) -> URL:
    return make_url(url).set(drivername="postgresql+psycopg")
