"""A restore changes everything or nothing, deletes nothing, and says what is missing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from claims.errors import KonkyoError, SourceError
from claims.library import Library
from db.audit_checking import Anchor, Checked
from reviewer.accounts.offline import OPERATOR
from reviewer.backup.archive import ArchiveWriter, open_archive
from reviewer.backup.house import House
from reviewer.backup.restoring import SecretState, restore_backup
from reviewer.bootstrap import open_application
from reviewer.trail_head import place_head
from reviewer.workflow.audit_trail import check_trail
from tests.backup.houses import (
    LATER,
    OTHER_SECRET,
    ROOT,
    SECRET,
    back_up,
    keep_secret,
    list_files,
    make_house,
    open_test_house,
    restore,
)
from tests.databases import make_database


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house with a review and a library."""
    house = make_house(tmp_path / "home")
    Library(house.settings.library_folder).import_files([ROOT / "samples" / "library" / "hair.xml"])
    return house


@pytest.fixture
def backup(house: House, tmp_path: Path) -> Path:
    back_up(house, tmp_path / "x")
    return tmp_path / "x"


def refuse(house: House, file: Path, *, replace: bool = False) -> str:
    with pytest.raises(KonkyoError) as refused:
        restore(house, file, replace=replace)
    return refused.value.code


def read_mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_an_empty_home_gets_everything_and_is_its_owners_alone(backup: Path, tmp_path: Path) -> None:
    home = tmp_path / "new"
    assert restore(open_test_house(home), backup).moved == ()
    kept = place_head(open_test_house(home).settings).name
    assert {path.name for path in home.iterdir()} == {"konkyo.db", "library", "session_secret", kept}
    assert (home / "session_secret").read_text(encoding="ascii") == SECRET
    assert {read_mode(path) for path in home.rglob("*") if path.is_file()} == {0o600}
    assert {read_mode(path) for path in (home, home / "library")} == {0o700}
    application = open_application(open_test_house(home).settings)
    assert application.library.count() == Library(tmp_path / "home" / "library").count() > 0
    assert application.secret == SECRET


def test_a_house_that_was_only_opened_asks_nothing(backup: Path, tmp_path: Path) -> None:
    make_database(tmp_path / "new" / "konkyo.db")
    keep_secret(tmp_path / "new", OTHER_SECRET)
    database, secret = restore(open_test_house(tmp_path / "new"), backup).moved
    assert Path(database).name == "konkyo.db.before-20260105T220000Z"
    assert Path(secret).read_text(encoding="ascii") == OTHER_SECRET


def test_a_database_that_somebody_has_open_is_left_alone(house: House, backup: Path) -> None:
    before = list_files(house.settings.home)
    with closing(sqlite3.connect(house.settings.home / "konkyo.db")) as server:
        server.execute("PRAGMA journal_mode = WAL")
        server.execute("SELECT count(*) FROM article").fetchone()
        assert refuse(house, backup, replace=True) == "restore_in_use"
    after = list_files(house.settings.home)
    assert {name for name in after if not name.startswith("konkyo.db")} == {
        name for name in before if not name.startswith("konkyo.db")
    }
    assert len(restore(house, backup, replace=True).moved) == 2


def test_a_library_alone_makes_a_home_used(house: House, backup: Path, tmp_path: Path) -> None:
    other = open_test_house(tmp_path / "new")
    Library(other.settings.library_folder).import_files([ROOT / "samples" / "library" / "skin.xml"])
    before = list_files(tmp_path / "new")
    assert refuse(other, backup) == "restore_over_library"
    assert list_files(tmp_path / "new") == before
    (moved,) = restore(other, backup, replace=True).moved
    assert Library(Path(moved)).count() != Library(other.settings.library_folder).count()


def test_what_is_no_database_is_moved_aside_with_its_log(backup: Path, tmp_path: Path) -> None:
    home = tmp_path / "new"
    home.mkdir()
    for end in ("", "-wal"):
        (home / f"konkyo.db{end}").write_bytes(b"no database " * 400)
    assert refuse(open_test_house(home), backup) == "restore_over_work"
    (moved,) = restore(open_test_house(home), backup, replace=True).moved
    assert Path(moved).read_bytes() == Path(f"{moved}-wal").read_bytes() == b"no database " * 400


def damage(backup: Path, name: str) -> None:
    """The backup, one byte of one part changed and everything that ZIP itself checks in order."""
    with open_archive(backup) as archive:
        manifest = archive.manifest
        parts = {part.name: bytearray(b"".join(archive.read(part.name))) for part in manifest.parts}
    parts[name][len(parts[name]) // 2] ^= 1
    with backup.open("wb") as file, ArchiveWriter(file) as writer:
        for one, content in parts.items():
            writer.add(one, [bytes(content)])
        writer.finish(manifest)


def test_damage_in_any_part_changes_nothing(house: House, backup: Path, tmp_path: Path) -> None:
    whole, before = backup.read_bytes(), list_files(house.settings.home)
    with open_archive(backup) as archive:
        names = [part.name for part in archive.manifest.parts]
    for name in names:
        damage(backup, name)
        assert refuse(house, backup, replace=True) == "backup_damaged"
        assert refuse(open_test_house(tmp_path / "new"), backup) == "backup_damaged"
        backup.write_bytes(whole)
    assert list_files(house.settings.home) == before
    assert not (tmp_path / "new").exists()
    assert len(names) > 5


def test_a_database_of_other_rows_than_described_is_refused(backup: Path, tmp_path: Path) -> None:
    make_database(tmp_path / "other.db")
    with open_archive(backup) as archive:
        manifest = archive.manifest
        parts = {part.name: b"".join(archive.read(part.name)) for part in manifest.parts}
    parts["database.sqlite3"] = (tmp_path / "other.db").read_bytes()
    with backup.open("wb") as file, ArchiveWriter(file) as writer:
        for name, content in parts.items():
            writer.add(name, [content])
        writer.finish(replace(manifest, parts=writer.parts))
    home = tmp_path / "new"
    assert refuse(open_test_house(home), backup) == "backup_damaged"
    assert list(home.iterdir()) == []


def test_a_backup_of_a_newer_program_is_told_and_changes_nothing(
    house: House, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list_files(house.settings.home)
    monkeypatch.setattr("reviewer.backup.restoring.list_revisions", lambda: frozenset({"0001"}))
    assert refuse(house, backup, replace=True) == "backup_newer"
    assert list_files(house.settings.home) == before


@pytest.mark.parametrize("missing", ["nothing", "folder"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, missing: str) -> None:
    (tmp_path / "folder").mkdir()
    assert refuse(open_test_house(tmp_path / "new"), tmp_path / missing) == "backup_unreadable"


def verify_trail(house: House) -> Checked:
    application = open_application(house.settings)
    with application.reading() as work:
        return check_trail(work, application.audit_key, [application.heads.find() or Anchor(0, "")])


@pytest.mark.parametrize("there", [None, OTHER_SECRET, "short"])
def test_a_secret_that_was_left_out_has_to_be_given(house: House, tmp_path: Path, there: str | None) -> None:
    back_up(house, tmp_path / "x", with_secret=False)
    if there:
        keep_secret(tmp_path / "new", there)
    new = open_test_house(tmp_path / "new")
    assert refuse(new, tmp_path / "x") == "restore_secret_needed"
    assert not (tmp_path / "new" / "konkyo.db").exists()
    keep_secret(tmp_path / "new")
    restored = restore(new, tmp_path / "x")
    assert (restored.secret, restored.moved) == (SecretState.SAME, ())
    checked = verify_trail(new)
    assert (checked.fault, checked.earlier) == (None, 0)


@pytest.mark.parametrize(("there", "state"), [(None, SecretState.MISSING), (OTHER_SECRET, SecretState.OTHER)])
def test_a_house_whose_secret_is_lost_goes_on_with_another_which_seals_what_was_signed(
    house: House, tmp_path: Path, there: str | None, state: SecretState
) -> None:
    back_up(house, tmp_path / "x", with_secret=False)
    if there:
        keep_secret(tmp_path / "new", there)
    new = open_test_house(tmp_path / "new")
    assert restore_backup(new, tmp_path / "x", OPERATOR, LATER, new_secret=True).secret is state
    secret = (tmp_path / "new" / "session_secret").read_text(encoding="ascii")
    assert secret == there or (there is None and len(secret) > 32)
    checked = verify_trail(new)
    assert checked.fault is None
    assert checked.sealed_at == checked.lines == checked.earlier + 1 > 10


def test_a_secret_that_was_cut_short_makes_way(backup: Path, tmp_path: Path) -> None:
    keep_secret(tmp_path / "new", "short")
    restored = restore(open_test_house(tmp_path / "new"), backup)
    assert restored.secret is SecretState.SAME
    assert len(restored.moved) == 1


def test_a_library_is_copied_as_of_its_latest_commit(house: House, tmp_path: Path) -> None:
    folder = house.settings.library_folder
    (folder / "ffffffffffffffffffffffffffffffff.store").write_bytes(b"not committed")
    (folder / "spool").mkdir()
    with Library(folder).open_files() as files:
        assert "ffffffffffffffffffffffffffffffff.store" not in files
        assert {"meta.json", ".managed.json"} <= set(files)
        assert not [name for name in files if "lock" in name]


def test_no_library_has_no_files(tmp_path: Path) -> None:
    tmp_path.joinpath("meta.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SourceError) as refused, Library(tmp_path).open_files():
        pass
    assert refused.value.code == "library_unreadable"
