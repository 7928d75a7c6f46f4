"""A backup is private, whole or not there, and says what is not in it."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from claims.errors import BackupError, KonkyoError
from claims.library import Library
from claims.records.audit import AuditAction
from db.audit_chain import UNSIGNED
from reviewer.backup.archive import open_archive
from reviewer.backup.house import House
from reviewer.backup.manifest import Held
from reviewer.home import fingerprint_secret
from tests.backup.houses import ROOT, SECRET, back_up, make_house, open_test_house
from tests.factories import make_audit_entry


@pytest.fixture
def house(tmp_path: Path) -> House:
    return make_house(tmp_path / "home")


def import_library(house: House) -> None:
    Library(house.settings.library_folder).import_files([ROOT / "samples" / "library" / "hair.xml"])


def refuse(house: House, out: Path, *, replace: bool = False) -> str:
    with pytest.raises(KonkyoError) as refused:
        back_up(house, out, replace=replace)
    return refused.value.code


def list_names(file: Path) -> list[str]:
    with open_archive(file) as archive:
        return [part.name for part in archive.manifest.parts]


def test_only_its_owner_reads_it_and_nothing_is_left_beside(house: House, tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        back_up(house, tmp_path / "out" / "any name.bak")
    finally:
        os.umask(mask)
    (file,) = (tmp_path / "out").iterdir()
    assert file.name == "any name.bak"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(house: House, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    assert refuse(house, tmp_path / "x") == "backup_exists"
    assert (tmp_path / "x").read_text(encoding="utf-8") == "mine"
    back_up(house, tmp_path / "x", replace=True)
    assert list_names(tmp_path / "x") == ["database.sqlite3", "session_secret"]


def test_a_folder_is_never_replaced(house: House, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    assert refuse(house, tmp_path / "x", replace=True) == "backup_not_written"


def test_two_backups_to_one_name_do_not_mix(house: House, tmp_path: Path) -> None:
    with (tmp_path / "x.part").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert refuse(house, tmp_path / "x") == "backup_busy"
    assert (tmp_path / "x.part").exists(), "it is the other's"


def test_the_secret_is_told_and_not_given_away_when_it_is_left_out(house: House, tmp_path: Path) -> None:
    manifest = back_up(house, tmp_path / "x", with_secret=False)
    assert manifest.secret is Held.LEFT_OUT
    assert manifest.secret_fingerprint == fingerprint_secret(SECRET)
    assert SECRET.encode() not in (tmp_path / "x").read_bytes()
    assert list_names(tmp_path / "x") == ["database.sqlite3"]


def test_a_secret_of_the_settings_is_never_written(house: House, tmp_path: Path) -> None:
    given = open_test_house(house.settings.home, secret="u" * 40)
    manifest = back_up(given, tmp_path / "x")
    assert (manifest.secret, manifest.secret_fingerprint) == (Held.ELSEWHERE, fingerprint_secret("u" * 40))
    assert "session_secret" not in list_names(tmp_path / "x")


def test_no_secret_is_made_for_a_backup(house: House, tmp_path: Path) -> None:
    (house.settings.home / "session_secret").unlink()
    manifest = back_up(house, tmp_path / "x")
    assert (manifest.secret, manifest.secret_fingerprint) == (Held.NONE, "")
    assert not (house.settings.home / "session_secret").exists()


def test_the_library_is_in_it_or_named(house: House, tmp_path: Path) -> None:
    import_library(house)
    whole = back_up(house, tmp_path / "x")
    named = back_up(house, tmp_path / "y", with_library=False)
    assert (whole.library, named.library) == (Held.INCLUDED, Held.LEFT_OUT)
    assert whole.library_records == named.library_records > 0
    assert "library/meta.json" in list_names(tmp_path / "x")
    assert list_names(tmp_path / "y") == ["database.sqlite3", "session_secret"]


def test_a_damaged_database_is_no_backup(house: House, tmp_path: Path) -> None:
    path = house.settings.home / "konkyo.db"
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as reading:
        (page,) = reading.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_placement_claim_id'"
        ).fetchone()
        (size,) = reading.execute("PRAGMA page_size").fetchone()
    content[(page - 1) * size + 8 : page * size] = b"\xee" * (size - 8)
    path.write_bytes(content)
    assert refuse(house, tmp_path / "x") == "database_damaged"
    assert not (tmp_path / "x").exists()


def test_a_full_disk_leaves_no_file(house: House, tmp_path: Path) -> None:
    call = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from pathlib import Path; from tests.backup.houses import back_up, open_test_house\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "back_up(open_test_house(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", call, str(house.settings.home), str(tmp_path / "x")],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "StoreError" in done.stderr or "backup_not_written" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("pause", [0.0, 0.02, 0.08])
def test_a_backup_that_is_killed_leaves_no_file_of_that_name(
    house: House, tmp_path: Path, pause: float
) -> None:
    with house.store.work(UNSIGNED) as work:
        # Enough to be in the middle of.
        for _ in range(40):
            work.commit(make_audit_entry(values=(("x", os.urandom(200_000).hex()),)))
    call = (
        "import sys; from pathlib import Path; from tests.backup.houses import back_up, open_test_house\n"
        "back_up(open_test_house(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    making = subprocess.Popen(
        [sys.executable, "-c", call, str(house.settings.home), str(tmp_path / "x")], cwd=ROOT
    )
    while not (tmp_path / "x.part").exists():
        assert making.poll() is None
        time.sleep(0.002)
    time.sleep(pause)
    making.send_signal(signal.SIGKILL)
    making.wait(60)
    assert not (tmp_path / "x").exists()
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir() if path.is_file()} == {0o600}
    back_up(house, tmp_path / "x")
    assert {path.name for path in tmp_path.iterdir()} == {"home", "x"}


def test_what_leaves_is_told_before_it_is_written(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object) -> None:
        raise BackupError("backup_damaged", part="x")

    monkeypatch.setattr("reviewer.backup.archive.Archive.verify", break_off)
    assert refuse(house, tmp_path / "x") == "backup_damaged"
    assert not (tmp_path / "x").exists()
    with house.store.work(UNSIGNED) as work:
        (last,) = work.audit.list_entries("", 1)
    assert last.action is AuditAction.BACKUP_MADE
