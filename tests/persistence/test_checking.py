"""Whether a database is sound: pages, references, what refuses changes, and clocks, on both databases."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from claims.errors import StoreError
from db.checking import DatabaseChecks
from db.engine import open_engine
from db.migrations import find_head
from db.unit_of_work import UnitOfWork
from reviewer.cli import konkyo
from tests.databases import make_database
from tests.factories import NOON, make_article, make_audit_entry

PAGE = 4096
_LIST_REFUSING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%'",
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE NOT tgisinternal AND proname = 'refuse_change'"
    ),
}


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_a_fresh_database_is_sound(engine: Engine) -> None:
    checks = DatabaseChecks(engine)
    assert checks.list_faults(30) == checks.list_broken_references(30) == ()
    assert checks.list_missing_guards() == ()
    assert checks.find_revision() == find_head()
    assert checks.is_current()
    assert checks.count_versions() == checks.count_left_searches() == 0


def test_every_table_that_only_grows_is_among_those_looked_at(engine: Engine) -> None:
    with engine.connect() as connection:
        refusing = set(connection.scalars(text(_LIST_REFUSING[engine.dialect.name])))
    assert refusing == set(DatabaseChecks(engine).list_guards())


def test_versions_are_counted_without_being_read(engine: Engine, begin: Callable[[], UnitOfWork]) -> None:
    with begin() as work:
        work.articles.add_version(make_article(), NOON)
        work.commit(make_audit_entry())
    assert DatabaseChecks(engine).count_versions() == 1


def test_a_trigger_that_is_gone_off_or_empty_is_named(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        change(engine, "DROP TRIGGER audit_entry_no_update")
        change(engine, "DROP TRIGGER assessment_no_delete")
        change(engine, "CREATE TRIGGER assessment_no_delete BEFORE DELETE ON assessment BEGIN SELECT 1; END")
        expected = ["assessment_no_delete", "audit_entry_no_update"]
    else:
        change(engine, "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only")
        change(engine, "DROP TRIGGER effort_append_only ON effort")
        # Such a one does not fire for who calls itself a replica.
        change(engine, "ALTER TABLE assessment ENABLE TRIGGER assessment_append_only")
        expected = ["assessment_append_only", "audit_entry_append_only", "effort_append_only"]
    assert list(DatabaseChecks(engine).list_missing_guards()) == expected


def test_the_clocks_of_machine_and_database_are_compared(engine: Engine) -> None:
    checks = DatabaseChecks(engine)
    assert abs(checks.measure_clock(time.time())) < 2
    assert checks.measure_clock(time.time() - 31) == pytest.approx(31, abs=2)


def test_another_schema_is_told_from_this_versions(engine: Engine) -> None:
    change(engine, "UPDATE alembic_version SET version_num = '9999'")
    assert not DatabaseChecks(engine).is_current()


def test_the_doctor_names_what_is_off_on_either_database(
    engine: Engine, migrated_url: str, dialect: str, tmp_path: Path
) -> None:
    settings = {"KONKYO_HOME": str(tmp_path / "home"), "KONKYO_DATABASE_URL": migrated_url}
    sound = CliRunner().invoke(konkyo, ["doctor"], env=settings)
    assert sound.exit_code == 0, sound.output
    assert f"database {dialect}: 0 article versions" in sound.stdout
    trigger = "audit_entry_no_update" if dialect == "sqlite" else "audit_entry_append_only ON audit_entry"
    change(engine, f"DROP TRIGGER {trigger}")
    told = CliRunner().invoke(konkyo, ["doctor"], env=settings)
    assert told.exit_code == 1
    assert f"WRONG   triggers {trigger.split()[0]} are off or gone" in told.stdout


def make_damaged(tmp_path: Path, *, table: str) -> str:
    """A database with the first page of this table overwritten."""
    url = make_database(tmp_path / "konkyo.db")
    with closing(sqlite3.connect(tmp_path / "konkyo.db")) as connection:
        asked = "SELECT rootpage FROM sqlite_master WHERE name = ? UNION SELECT 1"
        page = max(number for (number,) in connection.execute(asked, (table,)))
    with (tmp_path / "konkyo.db").open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)
    return url


def test_an_overwritten_page_is_found(tmp_path: Path) -> None:
    assert DatabaseChecks(open_engine(make_damaged(tmp_path, table="flag_answer"))).list_faults(30)


def test_a_file_whose_first_page_is_gone_is_damaged_and_not_away(tmp_path: Path) -> None:
    checks = DatabaseChecks(open_engine(make_damaged(tmp_path, table="sqlite_master")))
    with pytest.raises(StoreError) as refused:
        checks.find_revision()
    assert refused.value.code == "database_damaged"


def test_a_row_whose_other_end_is_missing_is_found(tmp_path: Path) -> None:
    url = make_database(tmp_path / "konkyo.db")
    with closing(sqlite3.connect(tmp_path / "konkyo.db")) as connection, connection:
        connection.execute(
            "INSERT INTO original (version_id, name, media_type, content) VALUES (7, '', '', '')"
        )
    assert DatabaseChecks(open_engine(url)).list_broken_references(30) == ("original",)


def test_a_look_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    url = make_database(tmp_path / "konkyo.db")
    with closing(sqlite3.connect(tmp_path / "konkyo.db")) as connection, connection:
        connection.execute("CREATE TABLE many (number INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO many VALUES (?)", ((number,) for number in range(200_000)))
    checks = DatabaseChecks(open_engine(url))
    assert checks.list_faults(0) is None
    assert checks.list_faults(30) == (), "the connection is as it was"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE article_version SET title = CAST(x'ff61' AS TEXT)", "UPDATE article_version SET blocks = '[{'"],
)
def test_a_stored_text_that_cannot_be_read_is_damage_and_is_not_repeated(
    tmp_path: Path, statement: str
) -> None:
    url = make_database(tmp_path / "konkyo.db")
    engine = open_engine(url)
    with UnitOfWork(engine) as work:
        version_id = work.articles.add_version(make_article(), NOON).id
        work.commit(make_audit_entry())
    change(engine, statement)
    with UnitOfWork(engine) as work, pytest.raises(StoreError) as refused:
        work.articles.get_version(version_id)
    assert refused.value.code == "database_damaged"
    assert refused.value.values["reason"] in ("a text that is no UTF-8", "a record that is no JSON")
