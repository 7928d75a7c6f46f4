"""A house in one file and again, on both databases: every row, every rule, and nothing but what was kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from claims.errors import BackupError, StoreError
from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction
from claims.records.plan import ReviewPlan
from db.audit_chain import UNSIGNED
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.own_keys import find_own_key
from reviewer.accounts.signing_in import find_signed_in, sign_in
from reviewer.backup.house import House
from reviewer.backup.restoring import SecretState, restore_backup
from reviewer.bootstrap import open_application
from reviewer.workflow.audit_trail import check_trail
from tests.backup.houses import (
    AWKWARD,
    KEY,
    LATER,
    OTHER_SECRET,
    PASSWORD,
    SECRET,
    back_up,
    fill_house,
    keep_secret,
    open_test_house,
    read_rows,
    restore,
)
from tests.databases import migrate
from tests.examples import at_most
from tests.factories import make_audit_entry
from tests.persistence.released_houses import build_house
from tests.persistence.test_released_houses import keep_columns, list_rows
from tests.workflow.clinic import A, Clinic, open_clinic

# What a restore changes: sign-ins end, and the trail goes on.
CHANGED = {"sign_in", "audit_entry", "audit_link"}


@pytest.fixture
def house(migrated_url: str, tmp_path: Path) -> House:
    """A house with a review in it."""
    keep_secret(tmp_path / "home")
    fill_house(migrated_url)
    return open_test_house(tmp_path / "home", migrated_url)


@pytest.fixture
def empty(database_url: str, tmp_path: Path) -> House:
    """A house of the same kind of database in which nothing has been made."""
    return open_test_house(tmp_path / "other" / "home", database_url)


@pytest.fixture
def restored(house: House, empty: House, tmp_path: Path) -> Iterator[Engine]:
    """The database of the house that was restored from a backup of the other."""
    back_up(house, tmp_path / "x")
    restore(empty, tmp_path / "x")
    engine = open_engine(empty.settings.database_url)
    yield engine
    engine.dispose()


def test_every_row_is_there_again(house: House, empty: House, restored: Engine) -> None:
    before, after = read_rows(house.settings.database_url), read_rows(empty.settings.database_url)
    assert {name: rows for name, rows in after.items() if name not in CHANGED} == {
        name: rows for name, rows in before.items() if name not in CHANGED
    }
    for grown in ("audit_entry", "audit_link"):
        assert after[grown][:-1] == before[grown]
    assert (after["sign_in"], len(before["sign_in"])) == ([], 1)


@settings(
    max_examples=at_most(3),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=8))
def test_every_text_that_a_database_keeps_is_there_again(
    begin: Callable[[], UnitOfWork], migrated_url: str, empty: House, tmp_path: Path, texts: list[str]
) -> None:
    keep_secret(tmp_path / "home")
    with begin() as work:
        for written in (AWKWARD, *texts):
            work.commit(make_audit_entry(actor=written, subject=written, values=((written, written),)))
    back_up(open_test_house(tmp_path / "home", migrated_url), tmp_path / "x", replace=True)
    restore(empty, tmp_path / "x", replace=True)
    after = read_rows(empty.settings.database_url)["audit_entry"]
    assert after[:-1] == read_rows(migrated_url)["audit_entry"]


def test_a_restored_house_works(restored: Engine) -> None:
    with UnitOfWork(restored) as work:
        token = sign_in(work, "sato", PASSWORD, "192.0.2.1", SECRET, LATER)
        sato = find_signed_in(work, token, SECRET, LATER)
        assert sato is not None
        own = find_own_key(work, sato, SECRET)
        assert own is not None
        assert own.api_key == KEY
        (version,) = work.articles.list_versions()
        claims = work.claims.list_claims(version.id)
    clinic = Clinic(lambda: UnitOfWork(restored), version.id, tuple(claim.id for claim in claims))
    clinic.minutes = count(700)
    clinic.grade(A, SupportGrade.SUPPORTED, claim=1)
    assert AuditAction.CLAIM_GRADED in clinic.actions(f"claim:{clinic.claim_ids[1]}")


def test_numbers_go_on_after_those_that_were_given(restored: Engine, house: House) -> None:
    with UnitOfWork(restored) as work:
        work.commit(make_audit_entry())
    numbers = [row.id for row in read_rows(str(restored.url.render_as_string(False)))["audit_entry"]]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("change", ["DELETE FROM assessment", "UPDATE audit_entry SET actor = 'x'"])
def test_what_only_grows_still_does(restored: Engine, change: str) -> None:
    with restored.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(change))


def test_backup_and_restore_stand_in_the_trail(house: House, empty: House, tmp_path: Path) -> None:
    back_up(house, tmp_path / "x")
    restore(empty, tmp_path / "x")
    with empty.store.work(UNSIGNED) as work:
        restored, made = work.audit.list_entries("site", 2)
    assert (made.action, restored.action) == (AuditAction.BACKUP_MADE, AuditAction.BACKUP_RESTORED)
    assert made.values == (("file", "x"), ("secret", "included"), ("library", "none"))
    assert ("sign_ins_ended", "1") in restored.values
    assert made.actor.startswith("cli:")


def test_every_acknowledged_grade_is_in_a_backup_made_while_people_grade(
    begin: Callable[[], UnitOfWork], migrated_url: str, empty: House, tmp_path: Path
) -> None:
    keep_secret(tmp_path / "home")
    clinic = open_clinic(begin, claims=60)
    clinic.assign(ReviewPlan(("a",)))
    acknowledged: list[int] = []
    begun, stop = Event(), Event()

    def grade_on() -> None:
        for claim in range(60):
            if stop.is_set():
                return
            clinic.grade(A, SupportGrade.OVERSTATED, "根拠", claim=claim)
            acknowledged.append(clinic.claim_ids[claim])
            if claim == 5:
                begun.set()

    grading = Thread(target=grade_on)
    grading.start()
    begun.wait(60)
    known = len(acknowledged)
    manifest = back_up(open_test_house(tmp_path / "home", migrated_url), tmp_path / "x")
    stop.set()
    grading.join(60)
    restore(empty, tmp_path / "x")
    rows = read_rows(empty.settings.database_url)
    graded = [row.claim_id for row in rows["assessment"]]
    told = [row for row in rows["audit_entry"] if (row.actor, row.action) == ("a", AuditAction.CLAIM_GRADED)]
    assert known >= 6
    assert set(acknowledged[:known]) <= set(graded)
    assert len(told) == len(graded) == len(set(graded))
    assert {row.id for row in rows["claim"] if row.status == "graded"} == set(graded)
    assert next(table.rows for table in manifest.database.tables if table.name == "assessment") == len(graded)


def test_a_used_house_is_refused_and_with_a_word_moved_aside(house: House, tmp_path: Path) -> None:
    url = house.settings.database_url
    back_up(house, tmp_path / "x")
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE article SET title = 'since then'"))
    engine.dispose()
    before = read_rows(url)
    with pytest.raises(BackupError) as refused:
        restore(house, tmp_path / "x")
    assert refused.value.code == "restore_over_work"
    assert read_rows(url) == before
    (moved,) = restore(house, tmp_path / "x", replace=True).moved
    assert read_rows(url)["article"] != before["article"]
    if house.store.kind == "sqlite":
        assert "20260105T220000Z" in moved
        assert read_rows(f"sqlite:///{moved}") == before
    else:
        assert moved == "konkyo_before_20260105t220000z"
        assert read_rows(url, schema=moved) == before
        drop_schema(url, moved)


def drop_schema(url: str, name: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


def test_what_was_moved_aside_still_refuses_changes(house: House, tmp_path: Path) -> None:
    back_up(house, tmp_path / "x")
    url = house.settings.database_url
    (moved,) = restore(house, tmp_path / "x", replace=True).moved
    aside = f"sqlite:///{moved}" if house.store.kind == "sqlite" else url
    table = "audit_entry" if house.store.kind == "sqlite" else f"{moved}.audit_entry"
    engine = open_engine(aside)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(f"DELETE FROM {table}"))
    engine.dispose()
    if house.store.kind == "postgresql":
        drop_schema(url, moved)


def test_a_restore_that_breaks_off_at_its_end_leaves_everything_as_it_was(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    back_up(house, tmp_path / "x")
    before = read_rows(house.settings.database_url)
    monkeypatch.setattr("reviewer.backup.placing.Placing.put", break_off)
    keep_secret(house.settings.home, OTHER_SECRET)
    with pytest.raises(OSError, match="space"):
        restore(house, tmp_path / "x", replace=True)
    assert read_rows(house.settings.database_url) == before
    assert (house.settings.home / "session_secret").read_text(encoding="ascii") == OTHER_SECRET
    assert sorted(path.name for path in house.settings.home.iterdir()) == ["session_secret"]


def test_the_wrong_kind_of_database_is_refused_by_name(house: House, tmp_path: Path, dialect: str) -> None:
    back_up(house, tmp_path / "x")
    other = "postgresql://nobody@127.0.0.1:1/x" if dialect == "sqlite" else f"sqlite:///{tmp_path / 'o.db'}"
    with pytest.raises(BackupError) as refused:
        restore(open_test_house(tmp_path / "third", other), tmp_path / "x")
    assert refused.value.code == "backup_other_database"
    assert refused.value.values["kind"] == dialect
    assert not (tmp_path / "third").exists()


def test_an_earlier_schema_is_brought_to_this_one(other_url: str, empty: House, tmp_path: Path) -> None:
    build_house(other_url, "0016")
    keep_secret(tmp_path / "home")
    before = read_rows(other_url)
    back_up(open_test_house(tmp_path / "home", other_url), tmp_path / "x")
    assert read_rows(other_url) == before, "neither migrated nor written to"
    restored = restore(empty, tmp_path / "x")
    assert restored.migrated
    after = list_rows(empty.settings.database_url)
    kept = {name: rows for name, rows in list_rows(other_url).items() if name not in CHANGED}
    assert keep_columns(after, kept) == keep_columns(kept, kept)
    migrate(empty.settings.database_url)


def test_a_newer_schema_is_not_backed_up_as_if_it_were_known(house: House, tmp_path: Path) -> None:
    engine = open_engine(house.settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError) as refused:
        back_up(house, tmp_path / "x")
    assert refused.value.code == "schema_unknown"
    assert not (tmp_path / "x").exists()


def test_nothing_is_no_house_to_back_up(empty: House, tmp_path: Path) -> None:
    with pytest.raises(BackupError) as refused:
        back_up(empty, tmp_path / "x")
    assert refused.value.code == "backup_nothing"
    assert not empty.settings.home.exists()


def test_a_house_of_another_secret_is_refused_without_a_change(
    house: House, empty: House, tmp_path: Path
) -> None:
    back_up(house, tmp_path / "x")
    theirs = open_test_house(empty.settings.home, empty.settings.database_url, OTHER_SECRET)
    with pytest.raises(BackupError) as refused:
        restore(theirs, tmp_path / "x")
    assert refused.value.code == "restore_secret_needed"
    restored = restore_backup(theirs, tmp_path / "x", OPERATOR, LATER, new_secret=True)
    assert restored.secret is SecretState.OTHER
    assert not (empty.settings.home / "session_secret").exists()
    application = open_application(theirs.settings)
    with application.reading() as work:
        checked = check_trail(work, application.audit_key)
    assert (checked.fault, checked.sealed_at) == (None, checked.lines)
