"""Before a migration changes a SQLite database a copy of it is kept beside, and the last three stay."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection

from claims.errors import StoreError
from db.engine import open_engine
from db.migrations import upgrade_schema
from tests.backup.houses import ROOT, read_rows
from tests.databases import migrate
from tests.persistence.released_houses import build_house

LOG = "konkyo.database"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A filled SQLite database of an earlier schema."""
    url = f"sqlite:///{tmp_path / 'konkyo.db'}"
    build_house(url, "0016")
    return url


def list_copies(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if ".schema-" in path.name)


def test_the_copy_holds_what_there_was(url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = read_rows(url)
    with caplog.at_level(logging.WARNING, logger=LOG):
        migrate(url)
    (kept,) = list_copies(tmp_path)
    assert kept.name.startswith("konkyo.db.schema-0016-20")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert read_rows(f"sqlite:///{kept}") == before
    assert str(kept) in caplog.text


def test_a_new_database_and_one_of_this_schema_are_not_copied(tmp_path: Path) -> None:
    url = migrate(f"sqlite:///{tmp_path / 'new.db'}")
    migrate(url)
    assert list_copies(tmp_path) == []


def test_the_last_three_stay_and_nothing_else_is_touched(url: str, tmp_path: Path) -> None:
    others = ("other.db.schema-0001-20260101T000000Z", "konkyo.db.schema-note.txt")
    old = [f"konkyo.db.schema-000{n}-2026010{n}T000000Z" for n in range(1, 6)]
    for name in (*others, *old, "konkyo.db.schema-0001-20260101T000000Z.part"):
        (tmp_path / name).touch()
    migrate(url)
    kept = [path.name for path in list_copies(tmp_path) if path.name not in others]
    assert kept[:-1] == old[-2:]
    assert kept[-1].startswith("konkyo.db.schema-0016-")
    assert all((tmp_path / name).exists() for name in others)


def test_a_migration_that_fails_leaves_no_copy_and_no_older_one_goes(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(connection: Connection, revision: str = "head") -> None:
        raise StoreError("database_unusable", reason="test")

    old = [f"konkyo.db.schema-000{n}-2026010{n}T000000Z" for n in range(1, 4)]
    for name in old:
        (tmp_path / name).touch()
    monkeypatch.setattr("db.migrations.upgrading.migrate", break_off)
    with pytest.raises(StoreError):
        upgrade_schema(open_engine(url))
    assert [path.name for path in list_copies(tmp_path)] == old


def test_without_room_for_a_copy_nothing_is_migrated(url: str, tmp_path: Path) -> None:
    before = read_rows(url)
    call = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from db.engine import open_engine; from db.migrations import upgrade_schema\n"
        "engine = open_engine(sys.argv[1]); engine.connect().close()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); upgrade_schema(engine)"
    )
    done = subprocess.run(
        [sys.executable, "-c", call, url], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert "copy_not_kept" in done.stderr
    assert list_copies(tmp_path) == []
    assert read_rows(url) == before


def test_of_postgresql_it_is_said_that_no_copy_is_made(
    fresh_postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    build_house(fresh_postgresql_url, "0016")
    with caplog.at_level(logging.WARNING, logger=LOG):
        migrate(fresh_postgresql_url)
    assert "konkyo backup" in caplog.text
