"""`konkyo backup` and `konkyo restore` as they are typed: one clear line, and what is missing is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.backup.archive import ArchiveWriter, open_archive
from tests.backup.houses import OTHER_SECRET, SECRET, back_up, make_house, open_test_house
from tests.cli.test_edges import assert_refused, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose home has a review in it."""
    make_house(tmp_path / "home")
    return tmp_path


def test_a_house_goes_into_one_file_and_comes_out_elsewhere(folder: Path) -> None:
    made = run(folder, "backup", "x")
    assert (made.returncode, made.stdout.strip()) == (0, str(folder / "x"))
    assert "who reads the file can read everything" in made.stderr
    restored = run(folder, "restore", "x", KONKYO_HOME=str(folder / "new"))
    assert (restored.returncode, restored.stdout.strip()) == (0, str(folder / "new"))
    assert restored.stderr.splitlines()[-1] == "everybody signs in again"
    assert "moved aside" not in restored.stderr
    claims = [run(folder, "claims", "1", KONKYO_HOME=str(folder / home)).stdout for home in ("home", "new")]
    assert claims[0] == claims[1] != ""


def test_without_the_secret_it_is_said_what_must_be_given(folder: Path) -> None:
    made = run(folder, "backup", "x", "--without-secret")
    assert str(folder / "home" / "session_secret") in made.stderr
    settings = {"KONKYO_HOME": str(folder / "new")}
    assert_refused(run(folder, "restore", "x", **settings), "KONKYO_SECRET", "--new-secret")
    other = {"KONKYO_HOME": str(folder / "b"), "KONKYO_SECRET": OTHER_SECRET}
    assert_refused(run(folder, "restore", "x", **other), "KONKYO_SECRET", "--new-secret")
    anew = run(folder, "restore", "x", "--new-secret", **other)
    assert "is not that of the backup" in anew.stderr
    verified = run(folder, "audit", "verify", **other)
    assert (verified.returncode, "the session secret changed" in verified.stderr) == (0, True)
    same = run(folder, "restore", "x", KONKYO_HOME=str(folder / "c"), KONKYO_SECRET=SECRET)
    assert "KONKYO_SECRET" not in same.stderr


def test_a_secret_of_the_environment_is_said_not_to_be_in_it(folder: Path) -> None:
    made = run(folder, "backup", "x", KONKYO_SECRET=OTHER_SECRET)
    assert "keep the value of KONKYO_SECRET apart" in made.stderr


def test_what_was_there_is_named_where_it_is_now(folder: Path) -> None:
    run(folder, "backup", "x")
    assert_refused(run(folder, "restore", "x"), str(folder / "home"), "--replace", "KONKYO_HOME")
    replaced = run(folder, "restore", "x", "--replace")
    (line,) = (line for line in replaced.stderr.splitlines() if line.startswith("moved aside: "))
    assert Path(line.removeprefix("moved aside: ")).is_file()


def test_every_wrong_file_is_one_clear_line(folder: Path) -> None:
    run(folder, "backup", "x")
    whole = (folder / "x").read_bytes()
    (folder / "text").write_text("a letter", encoding="utf-8")
    (folder / "short").write_bytes(whole[: len(whole) // 2])
    (folder / "flipped").write_bytes(whole[:2000] + bytes([whole[2000] ^ 255]) + whole[2001:])
    settings = {"KONKYO_HOME": str(folder / "new")}
    assert_refused(run(folder, "restore", "text", **settings), "no backup of Konkyo")
    assert_refused(
        run(folder, "restore", "short", **settings), "damaged or was cut short", "nothing was changed"
    )
    assert_refused(run(folder, "restore", "flipped", **settings), "database.sqlite3")
    assert_refused(run(folder, "restore", "none", **settings), "cannot be read")
    assert_refused(run(folder, "restore", ".", **settings), "cannot be read")
    settings["KONKYO_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/x"
    assert_refused(run(folder, "restore", "x", **settings), "sqlite", "postgresql", "KONKYO_DATABASE_URL")
    assert not (folder / "new").exists()


def test_an_empty_home_has_nothing_to_back_up(folder: Path) -> None:
    assert_refused(run(folder, "backup", "x", KONKYO_HOME=str(folder / "new")), "nothing to back up")
    assert_refused(run(folder, "backup", "no/x/" + "y" * 300), "y" * 300)
    assert not (folder / "new").exists()


def test_a_file_that_is_there_is_kept(folder: Path) -> None:
    run(folder, "backup", "x")
    assert_refused(run(folder, "backup", "x"), "--replace")
    assert run(folder, "backup", "x", "--replace").returncode == 0


def test_a_backup_of_a_later_version_is_told_plainly(folder: Path) -> None:
    back_up(open_test_house(folder / "home"), folder / "x")
    with open_archive(folder / "x") as archive:
        manifest = archive.manifest
        parts = {part.name: b"".join(archive.read(part.name)) for part in manifest.parts}
    later = replace(manifest, konkyo="9.9", database=replace(manifest.database, revision="9999"))
    with (folder / "later").open("wb") as file, ArchiveWriter(file) as writer:
        for name, content in parts.items():
            writer.add(name, [content])
        writer.finish(later)
    told = run(folder, "restore", "later", KONKYO_HOME=str(folder / "new"))
    assert_refused(told, "newer Konkyo (9.9)", "nothing was changed")
