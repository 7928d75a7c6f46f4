"""What ``konkyo doctor`` says of a home that is not as it should be, and what to do next."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, event

from claims.errors import SettingsError
from reviewer.cli import checkup, konkyo
from tests.cli.homes import copy_home
from tests.entrez_server import EntrezServer

PAGE = 4096
ARTICLE = "# 見本\n\n見本成分は見本の毛を増やす。臨床試験で30%増えた。\n"
_Usage = namedtuple("_Usage", "total used free")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one article in it."""
    for name in ("KONKYO_DATABASE_URL", "KONKYO_ENTREZ_URL", "NCBI_EMAIL", "NCBI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    copy_home(home, tmp_path / "article.md")
    monkeypatch.setenv("KONKYO_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    return home


def call(*arguments: str) -> Result:
    return CliRunner().invoke(konkyo, list(arguments))


def list_lines(result: Result, state: str) -> list[str]:
    """What was said in this state."""
    lines = result.stdout.splitlines()
    return [line[8:] for line in lines if line.split()[0] == state]


def run_sql(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "konkyo.db")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def damage(home: Path, page: int) -> None:
    """Overwrite a page of the database, as a failing disk does."""
    with closing(sqlite3.connect(home / "konkyo.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (home / "konkyo.db").open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def find_page(home: Path, table: str) -> int:
    with closing(sqlite3.connect(home / "konkyo.db")) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return int(page)


def test_a_sound_home_is_told_part_by_part() -> None:
    done = call("doctor")
    assert done.exit_code == 0
    told = " ".join(list_lines(done, "ok"))
    for part in (
        *("home", "session secret", "disk:", "1 article version", "schema 00", "pages:", "references:"),
        *("triggers:", "clock:", "searches: none", "jobs: 0 running, 0 waiting", "audit trail:", "lexicon"),
    ):
        assert part in told
    assert list_lines(done, "WRONG") == []


@pytest.mark.parametrize(("version", "is_told"), [((3, 40, 1), True), ((3, 51, 3), False)])
def test_an_sqlite_that_may_damage_the_database_is_a_note_and_no_fault(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], is_told: bool
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(sqlite3, "sqlite_version", ".".join(map(str, version)))
    done = call("doctor")
    assert done.exit_code == 0
    notes = [line for line in list_lines(done, "note") if "WAL-reset" in line]
    assert bool(notes) is is_told
    assert all(line.startswith("SQLite 3.40.1:") and "3.51.3" in line for line in notes)


@pytest.mark.parametrize("command", [("doctor",), ("claims", "1"), ("report", "1", "--out", "report.csv")])
@pytest.mark.parametrize("table", ["sqlite_master", "article_version"])
def test_a_damaged_page_is_told_in_words_by_whoever_meets_it(
    home: Path, command: tuple[str, ...], table: str
) -> None:
    damage(home, 1 if table == "sqlite_master" else find_page(home, table))
    done = call(*command)
    assert done.exit_code == 1
    assert "the database is damaged" in done.output
    assert "put the last backup in its place" in done.output
    assert "KONKYO_DATABASE_URL" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_damaged_page_that_no_command_reads_is_found_by_the_doctor(home: Path) -> None:
    damage(home, find_page(home, "flag_answer"))
    assert call("claims", "1").exit_code == 0
    wrong = list_lines(call("doctor"), "WRONG")
    assert wrong[0].startswith("pages: the database is damaged")


def test_rows_that_point_nowhere_and_triggers_that_are_gone_are_named(home: Path) -> None:
    run_sql(
        home,
        "INSERT INTO original (version_id, name, media_type, content) VALUES (99, '', '', '')",
        "DROP TRIGGER audit_entry_no_delete",
    )
    wrong = list_lines(call("doctor"), "WRONG")
    assert [line.split()[0] for line in wrong] == ["references:", "triggers"]
    assert "original" in wrong[0]
    assert "audit_entry_no_delete" in wrong[1]


def test_a_search_whose_process_died_is_noted_and_one_that_runs_is_not(home: Path) -> None:
    run_sql(
        home,
        "INSERT INTO search (claim_id, status, plan, taken_by, taken_until)"
        " SELECT id, 'running', '{}', 'gone', unixepoch() + 60 FROM claim LIMIT 1",
    )
    assert "searches: none" in call("doctor").stdout
    run_sql(home, "UPDATE search SET taken_until = 0")
    done = call("doctor")
    assert done.exit_code == 0
    assert any("1 claim left" in line and "konkyo search" in line for line in list_lines(done, "note"))


def test_a_job_that_nobody_takes_up_is_noted_with_what_to_do(home: Path) -> None:
    run_sql(
        home,
        "INSERT INTO job (key, number, kind, target, total, asked_by, order_values, asked_at, state, done,"
        " attempts, is_stopping, taken_by, taken_until, failure, failure_values)"
        " VALUES ('k', 1, 'search_due', 1, 1, 'sato', '[]', unixepoch() - 90, 'waiting', 0, 0, 0, '', 0, '',"
        " '[]')",
    )
    done = call("doctor")
    assert done.exit_code == 0
    assert any("1 waiting" in line and "konkyo worker" in line for line in list_lines(done, "note"))


def test_a_full_disk_is_noted_before_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(10**12, 10**12, 999_999_999))
    done = call("doctor")
    assert done.exit_code == 0
    assert any(
        line.startswith("disk: 1.0 GB free") and "make room" in line for line in list_lines(done, "note")
    )


def test_what_was_open_to_others_is_narrowed_and_told(home: Path) -> None:
    (home / "konkyo.db").chmod(0o644)
    assert "narrowed to its owner just now: 1 file" in call("doctor").stdout
    assert "narrowed" not in call("doctor").stdout


def test_what_stays_open_to_others_is_wrong(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "konkyo.db").chmod(0o644)
    # The file system of another machine may know no modes.
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    wrong = list_lines(call("doctor"), "WRONG")
    assert any("konkyo.db is open to others" in line and "chmod" in line for line in wrong)


def test_a_library_that_cannot_be_read_is_told_with_what_to_do(home: Path) -> None:
    folder = home / "library"
    call("library", "import", str(Path(__file__).parents[2] / "samples" / "library" / "hair.xml"))
    (folder / "meta.json").write_text("{", encoding="utf-8")
    done = call("doctor")
    assert [line for line in list_lines(done, "WRONG") if line.startswith("library:")]


def test_ncbi_is_asked_with_online_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with EntrezServer() as server:
        monkeypatch.setenv("KONKYO_ENTREZ_URL", server.base_url)
        monkeypatch.setenv("NCBI_EMAIL", "asked@example.org")
        call("doctor")
        assert server.seen == []
        done = call("doctor", "--online")
        assert len(server.seen) == 1
    assert any(line.startswith("PubMed answers") for line in list_lines(done, "ok"))


def test_an_ncbi_that_is_not_reached_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONKYO_ENTREZ_URL", "http://127.0.0.1:1/entrez/eutils/")
    monkeypatch.setenv("NCBI_EMAIL", "asked@example.org")
    done = call("doctor", "--online")
    assert done.exit_code == 1
    assert list_lines(done, "WRONG") == [
        "PubMed: PubMed cannot be reached: check the network, then search again"
    ]


def test_the_doctor_counts_articles_and_reads_none() -> None:
    asked: list[str] = []

    def hear(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        assert call("doctor").exit_code == 0
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    (counted,) = [statement for statement in asked if "FROM article_version" in statement]
    assert counted.startswith("SELECT count(*)")


def test_a_trail_that_was_taken_out_is_wrong(home: Path) -> None:
    run_sql(home, "DROP TRIGGER audit_link_no_delete", "DELETE FROM audit_link")
    (told,) = (line for line in list_lines(call("doctor"), "WRONG") if line.startswith("audit trail"))
    assert "no longer has the line whose head this home keeps" in told
    for kept in home.glob("trail_head_*"):
        kept.unlink()
    assert any("no line is signed" in line for line in list_lines(call("doctor"), "WRONG"))


@pytest.mark.parametrize(
    ("code", "state", "told"),
    [
        ("", "ok", "Japanese can be printed"),
        ("pdf_fonts_missing", "WRONG", "fonts-noto-cjk"),
        ("pdf_libraries_missing", "WRONG", "libpango"),
        ("pdf_not_installed", "note", "requirements-pdf.lock"),
    ],
)
def test_what_a_pdf_needs_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, code: str, state: str, told: str
) -> None:
    def try_printing() -> None:
        if code:
            raise SettingsError(code, letters="根拠", reason="libpango")

    monkeypatch.setattr(checkup, "is_pdf_written_here", lambda: code != "pdf_not_installed")
    monkeypatch.setattr(checkup, "try_printing", try_printing)
    (line,) = (line for line in list_lines(call("doctor"), state) if line.startswith("fonts: "))
    assert told in line
