"""``konkyo audit``: the trail is as it was written, or the first place where it is not is named."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from reviewer.cli import konkyo


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
    """What only who owns the database can do."""
    engine = create_engine(f"sqlite:///{home / 'konkyo.db'}")
    with engine.begin() as connection:
        for (name,) in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))
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


def test_an_end_that_was_cut_off_is_found_by_the_anchor(home: Path) -> None:
    run("report", "1", "--out", "report.csv")
    assert run("audit", "anchor", "--out", "anchors.jsonl").exit_code == 0
    own(
        home,
        "DELETE FROM audit_link WHERE position = (SELECT max(position) FROM audit_link)",
        "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)",
    )
    assert run("audit", "verify").exit_code == 0
    done = run("audit", "verify", "--anchor", "anchors.jsonl")
    assert done.exit_code == 1
    assert "is missing" in done.output


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
