"""``konkyo audit``: the trail is as it was written, or the first place where it is not is named."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from reviewer.cli import konkyo
from tests.persistence.released_houses import build_house


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with one article."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    (tmp_path / "article.txt").write_text("ミノキシジルは毛包の成長期を延長します。\n", encoding="utf-8")
    assert run("ingest", "article.txt").exit_code == 0
    return tmp_path / "home"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(konkyo, arguments)


def own(home: Path, *statements: str) -> None:
    """What only who owns the database can do; the triggers are back afterwards."""
    engine = create_engine(f"sqlite:///{home / 'konkyo.db'}")
    with engine.begin() as connection:
        triggers = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        ).all()
        for name, _ in triggers:
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))
        for _, made in triggers:
            connection.exec_driver_sql(made)
    engine.dispose()


def test_a_trail_as_it_was_written_is_said_with_its_head(home: Path) -> None:
    done = run("audit", "verify")
    anchor = json.loads(run("audit", "anchor").output)
    assert done.exit_code == 0, done.output
    assert f"head {anchor['position']}:{anchor['digest']}" in done.output
    assert done.output.startswith("as written: ")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE article_version SET text = 'another'", "row 1 of article_version was changed"),
        ("UPDATE audit_entry SET actor = 'nobody' WHERE id = 1", "row 1 of audit_entry was changed"),
        ("DELETE FROM original", "row 1 of original is missing"),
        (
            "INSERT INTO audit_entry (at, actor, action, subject, details) "
            "SELECT at, 'a', action, subject, details FROM audit_entry WHERE id = 1",
            "no line tells of it",
        ),
    ],
)
def test_the_first_thing_that_is_not_as_written_is_named(home: Path, statement: str, told: str) -> None:
    own(home, statement)
    done = run("audit", "verify")
    assert done.exit_code == 1
    assert "not as written" in done.output
    assert told in done.output


def test_another_secret_is_named_with_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONKYO_SECRET", "s" * 64)
    done = run("audit", "verify")
    assert done.exit_code == 1
    assert "KONKYO_SECRET" in done.output


def test_a_secret_that_is_lost_is_told_and_what_follows_is_checked(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONKYO_SECRET", "s" * 64)
    assert run("secret", "--adopt").exit_code == 0
    assert run("claim", "dismiss", "1", "1", "--reason", "sample").exit_code == 0
    assert "already" in run("secret", "--adopt").output
    done = run("audit", "verify")
    assert done.exit_code == 0, done.output
    assert "the session secret changed: line" in done.stderr
    with sqlite3.connect(home / "konkyo.db") as connection:
        (last,) = connection.execute("SELECT max(id) FROM audit_entry").fetchone()
    for row in (1, last):
        own(home, f"UPDATE audit_entry SET actor = actor || 'x' WHERE id = {row}")
        done = run("audit", "verify")
        assert done.exit_code == 1
        assert ("an earlier secret" if row == 1 else f"row {last} of audit_entry") in done.output
        own(home, f"UPDATE audit_entry SET actor = substr(actor, 1, length(actor) - 1) WHERE id = {row}")


def test_an_end_that_was_cut_off_is_found_by_the_anchor(home: Path) -> None:
    run("report", "1", "--out", "report.csv")
    assert run("audit", "anchor", "--out", "anchors.jsonl").exit_code == 0
    own(
        home,
        "DELETE FROM audit_link WHERE position = (SELECT max(position) FROM audit_link)",
        "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)",
    )
    (kept,) = home.glob("trail_head_*")
    kept.unlink()
    done = run("audit", "verify", "--anchor", "anchors.jsonl")
    assert done.exit_code == 1
    assert "is missing" in done.output
    # Without what was kept elsewhere and in the home nothing tells.
    assert run("audit", "verify").exit_code == 0


CUT_OFF = (
    "DELETE FROM audit_link WHERE position = (SELECT max(position) FROM audit_link)",
    "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)",
)
TAKEN_OUT = ("DELETE FROM audit_link", "UPDATE audit_entry SET actor = 'forged' WHERE id = 1")


@pytest.mark.parametrize("statements", [CUT_OFF, TAKEN_OUT])
def test_no_next_step_makes_a_trail_sound_again_that_was_taken_out(
    home: Path, statements: tuple[str, ...]
) -> None:
    assert run("claim", "dismiss", "1", "1", "--reason", "sample").exit_code == 0
    own(home, *statements)
    for term in ("甲試験", "乙試験", "丙試験"):
        done = run("audit", "verify")
        assert done.exit_code == 1, done.output
        assert "this home keeps the head" in done.stderr
        added = run("lexicon", "add", term, "--english", "test", "--role", "outcome")
        assert added.exit_code == 0, added.output
    assert "WRONG   audit trail" in run("doctor").output


def test_a_trail_that_was_begun_again_is_told_by_a_home_that_keeps_no_head(home: Path) -> None:
    own(home, *TAKEN_OUT)
    (kept,) = home.glob("trail_head_*")
    kept.unlink()
    assert run("lexicon", "add", "甲試験", "--english", "test", "--role", "outcome").exit_code == 0
    done = run("audit", "verify")
    assert done.exit_code == 1
    assert "begins once more" in done.output
    assert "begun once more" in run("doctor").output


def test_a_kept_head_that_cannot_be_read_is_told_and_stops_no_work(home: Path) -> None:
    (kept,) = home.glob("trail_head_*")
    assert kept.stat().st_mode & 0o077 == 0
    kept.write_text("nothing", encoding="ascii")
    assert run("lexicon", "add", "甲試験", "--english", "test", "--role", "outcome").exit_code == 0
    done = run("audit", "verify")
    assert done.exit_code == 1
    assert str(kept) in done.stderr


def test_a_house_from_before_the_chain_is_sealed_once_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "old"
    home.mkdir()
    monkeypatch.setenv("KONKYO_HOME", str(home))
    build_house(f"sqlite:///{home / 'konkyo.db'}", "0017")
    done = run("audit", "verify")
    assert done.exit_code == 0, done.output
    assert "1 line" in done.output
    assert "from before the trail was signed" in done.stderr
    own(home, *TAKEN_OUT)
    assert run("audit", "verify").exit_code == 1


def test_a_file_that_holds_no_anchors_is_refused_in_one_line(home: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello\n", encoding="utf-8")
    done = run("audit", "verify", "--anchor", "notes.txt")
    assert done.exit_code == 1
    assert "notes.txt line 1" in done.output


def test_a_report_says_where_the_trail_stands_and_its_file_is_bound_to_the_trail(
    home: Path, tmp_path: Path
) -> None:
    done = run("report", "1", "--out", "report.csv")
    anchor = json.loads(run("audit", "anchor").output)
    assert f"audit trail at {anchor['position']}:{anchor['digest']}" in done.stderr
    run("report", "1", "--table", "audit", "--out", "trail.csv")
    digest = sha256((tmp_path / "report.csv").read_bytes()).hexdigest()
    assert digest in (tmp_path / "trail.csv").read_text(encoding="utf-8-sig")


def test_a_restored_house_has_its_whole_trail_and_goes_on_with_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("audit", "anchor", "--out", "anchors.jsonl")
    assert run("backup", "all.backup").exit_code == 0
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "restored"))
    assert run("restore", "all.backup").exit_code == 0
    assert run("claim", "dismiss", "1", "1", "--reason", "sample").exit_code == 0
    done = run("audit", "verify", "--anchor", "anchors.jsonl")
    assert done.exit_code == 0, done.output
