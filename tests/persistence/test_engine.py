from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, inspect, make_url, text
from sqlalchemy.exc import IntegrityError

from claims.errors import SettingsError, StoreError
from db.engine import open_engine
from db.migrations import upgrade_schema
from db.unit_of_work import UnitOfWork
from tests.factories import make_article, make_audit_entry, make_citation, make_moment


def test_sqlite_keeps_a_write_ahead_log_and_foreign_keys(tmp_path: Path) -> None:
    with open_engine(f"sqlite:///{tmp_path / 'konkyo.db'}").connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_psycopg_however_its_address_begins(scheme: str) -> None:
    engine = open_engine(f"{scheme}://reviewer@database.invalid/konkyo")
    assert (engine.dialect.name, engine.dialect.driver) == ("postgresql", "psycopg")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("mysql://reviewer:secret@database.invalid/konkyo", "database_url_unknown"),
        ("sqlite://", "database_url_unknown"),
        ("konkyo.db:secret", "database_url_unreadable"),
        ("postgresql://reviewer:secret@database.invalid:port/konkyo", "database_url_unreadable"),
    ],
)
def test_an_address_that_cannot_be_used_is_named_without_its_password(address: str, code: str) -> None:
    with pytest.raises(SettingsError) as refused:
        open_engine(address)
    assert refused.value.code == code
    assert "secret" not in str(refused.value)


def test_a_database_that_cannot_be_opened_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        upgrade_schema(open_engine(f"sqlite:///{tmp_path / 'missing' / 'konkyo.db'}"))
    assert refused.value.code == "database_unusable"
    assert "unable to open" in str(refused.value.values["reason"])


def test_a_file_that_is_no_database_is_a_typed_error(tmp_path: Path) -> None:
    path = tmp_path / "konkyo.db"
    path.write_text("根拠" * 2000, encoding="utf-8")
    with pytest.raises(StoreError) as refused:
        upgrade_schema(open_engine(f"sqlite:///{path}"))
    assert refused.value.code == "database_damaged"
    assert path.read_text(encoding="utf-8") == "根拠" * 2000


def test_a_server_that_does_not_answer_is_a_typed_error_without_the_password() -> None:
    with pytest.raises(StoreError) as refused:
        upgrade_schema(open_engine("postgresql://reviewer:secret@127.0.0.1:1/konkyo"))
    assert refused.value.code == "database_unusable"
    assert "secret" not in str(refused.value)


def test_a_database_without_tables_is_a_typed_error(database_url: str) -> None:
    with UnitOfWork(open_engine(database_url)) as work, pytest.raises(StoreError) as refused:
        work.articles.list_versions()
    assert refused.value.code == "schema_missing"


def test_a_statement_that_fails_does_not_repeat_what_people_wrote(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE said (number INTEGER UNIQUE, words TEXT)"))
        say = text("INSERT INTO said VALUES (1, :words)")
        connection.execute(say, {"words": "a grade that is blind"})
        with pytest.raises(IntegrityError) as failed:
            connection.execute(say, {"words": "a grade that is blind"})
    assert "blind" not in str(failed.value)


def test_a_writer_who_waited_too_long_is_told_that_the_database_is_busy(
    migrated_url: str, engine: Engine
) -> None:
    impatient = open_engine(make_impatient(migrated_url))
    if impatient.dialect.name == "sqlite":
        event.listen(
            impatient, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 0")
        )
    with UnitOfWork(engine) as first, UnitOfWork(impatient) as second:
        first.citations.save([make_citation()])
        with pytest.raises(StoreError) as refused:
            second.citations.save([make_citation()])
    assert refused.value.code == "database_busy"


def make_impatient(url: str) -> str:
    """The address with a wait for locks of 10 ms, where the address can say so."""
    address = make_url(url)
    if address.drivername != "sqlite":
        address = address.update_query_dict({"options": "-c lock_timeout=10ms"})
    return address.render_as_string(hide_password=False)


def test_a_character_that_postgresql_has_no_place_for_is_a_typed_error(fresh_postgresql_url: str) -> None:
    engine = open_engine(fresh_postgresql_url)
    upgrade_schema(engine)
    with UnitOfWork(engine) as work, pytest.raises(StoreError) as refused:
        work.articles.add_version(make_article("根\x00拠"), make_moment())
    assert refused.value.code == "text_unstorable"


def test_moments_come_back_aware_in_utc(engine: Engine) -> None:
    at = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
    with UnitOfWork(engine) as work:
        work.articles.add_version(make_article(), at)
        work.commit(make_audit_entry())
    with UnitOfWork(engine) as work:
        (version,) = work.articles.list_versions()
    assert version.ingested_at == at
    assert version.ingested_at.tzinfo is UTC


def test_no_table_exists_before_the_migrations_ran(database_url: str) -> None:
    assert inspect(open_engine(database_url)).get_table_names() == []
