"""The trail and what it binds cannot be changed, shortened or added to without its chain telling so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Session

from claims.extraction.house_rules import KeptRules
from claims.records.article import Original
from claims.records.assessment import SupportGrade
from db.audit_chain import BOUND, UNSIGNED, ChainKey, append_entries
from db.audit_checking import Anchor, Checked, FaultKind, check_chain, find_head
from db.base import Base, Stored, UtcDateTime
from db.mapping import audit_row
from db.models import AuditRow
from db.unit_of_work import UnitOfWork
from reviewer.exports.exporting import export_table
from reviewer.exports.table import ExportRequest
from tests.factories import make_audit_entry, make_moment
from tests.workflow.clinic import EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic, open_clinic

ALL: tuple[type[Base], ...] = (AuditRow, *BOUND)
KINDS = {kind.__tablename__: kind for kind in ALL}
KEY = ChainKey(b"the session secret of a sample")


@pytest.fixture
def begin(engine: Engine) -> Callable[[], UnitOfWork]:
    return lambda: UnitOfWork(engine, audit_key=KEY)


@pytest.fixture
def clinic(begin: Callable[[], UnitOfWork]) -> Clinic:
    """A review with most kinds of steps in it."""
    clinic = open_clinic(begin)
    clinic.assign(TWO_REVIEWERS)
    for who, grade in ((A, SupportGrade.SUPPORTED), (B, SupportGrade.OVERSTATED)):
        clinic.judge(who)
        clinic.grade(who, grade, "説明のため")
    clinic.write_view(JUDGE, SupportGrade.SUPPORTED)
    clinic.adjudicate(JUDGE, SupportGrade.SUPPORTED)
    with begin() as work:
        work.articles.add_original(clinic.version_id, Original("a.txt", "text/plain", b"SAMPLE"))
        work.commit(make_audit_entry())
    return clinic


def check(engine: Engine, *anchors: Anchor, key: ChainKey = KEY) -> Checked:
    with Session(engine) as session:
        return check_chain(session, key, anchors)


def describe(checked: Checked) -> tuple[FaultKind, str, int] | None:
    fault = checked.fault
    return None if fault is None else (fault.kind, fault.table, fault.key)


def disarm(connection: Connection) -> None:
    """What only who owns the database can do: nothing refuses a change any more."""
    if connection.dialect.name == "sqlite":
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for (name,) in triggers.all():
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        for table in ("audit_link", *KINDS):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def allow_orphans(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))


@contextmanager
def owning(engine: Engine) -> Iterator[Connection]:
    """A connection of who owns the database; all that is done with it is undone at the end."""
    with engine.connect() as connection:
        disarm(connection)
        try:
            yield connection
        finally:
            connection.rollback()


def check_there(connection: Connection, *anchors: Anchor, key: ChainKey = KEY) -> Checked:
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        return check_chain(session, key, anchors)


def test_a_review_is_as_it_was_written(engine: Engine, clinic: Clinic) -> None:
    checked = check(engine)
    assert checked.fault is None
    with Session(engine) as session:
        assert checked.lines == len(session.scalars(select(AuditRow.id)).all()) > 10
        assert checked.head == find_head(session)


def test_an_empty_house_has_a_trail_without_a_line(engine: Engine) -> None:
    assert check(engine) == Checked(0, Anchor(0, "0" * 64))


def test_every_change_of_every_column_of_a_bound_row_is_found(engine: Engine, clinic: Clinic) -> None:
    unseen, tables = [], set()
    for table, kind in KINDS.items():
        (key_column,) = inspect(kind).primary_key
        with Session(engine) as session:
            key = session.scalar(select(func.max(key_column)))
        if key is None:
            continue
        tables.add(table)
        for column in inspect(kind).columns:
            for change in list_changes(engine, column):
                with owning(engine) as connection:
                    row = f"{table} WHERE {key_column.name} = {key}"
                    if not connection.scalar(text(f"SELECT {column.name} IS NOT NULL FROM {row}")):
                        continue
                    setting = f"SET {column.name} = {change} WHERE"
                    connection.execute(text(f"UPDATE {row}".replace("WHERE", setting)))
                    found = describe(check_there(connection))
                    if found != (FaultKind.CHANGED, table, key):
                        unseen.append((table, column.name, change, found))
    assert unseen == []
    assert tables >= {
        "audit_entry", "article_version", "original", "search_run", "assessment", "judgement", "own_view",
        "adjudication", "review_plan", "declaration",
    }  # fmt: skip


def list_changes(engine: Engine, column: Column[Any]) -> list[str]:
    """What the column's value is made: another of its kind, and on SQLite, which allows it, of no kind."""
    name, kind = column.name, column.type
    on_sqlite = engine.dialect.name == "sqlite"
    if column.primary_key or column.foreign_keys:
        return []
    if isinstance(kind, Stored):
        return [f"' ' || {name}", "'{'"] if on_sqlite else ["'[1]'"]
    if isinstance(kind, UtcDateTime):
        return ["'2001-01-01 00:00:00.000000'", "'yesterday'"] if on_sqlite else ["'2001-01-01 00:00:00+00'"]
    if isinstance(kind, Boolean):
        return [f"NOT {name}"]
    if isinstance(kind, Integer):
        return [f"coalesce({name}, 0) + 1"]
    if isinstance(kind, LargeBinary):
        return ["x'00'", "'text'"] if on_sqlite else ["'\\x00'"]
    return [f"CASE {name} WHEN '' THEN 'x' ELSE substr({name}, 2) END"]


@pytest.mark.parametrize("table", ["audit_entry", "assessment", "search_run", "original", "article_version"])
def test_a_row_that_is_gone_is_named(engine: Engine, clinic: Clinic, table: str) -> None:
    (key_column,) = inspect(KINDS[table]).primary_key
    with owning(engine) as connection:
        key = connection.scalar(select(func.max(key_column)))
        allow_orphans(connection)
        connection.execute(text(f"DELETE FROM {table} WHERE {key_column.name} = {key}"))
        assert describe(check_there(connection)) == (FaultKind.MISSING, table, key)


@pytest.mark.parametrize("table", ["audit_entry", "assessment", "search_run"])
def test_a_row_that_no_line_tells_of_is_named(engine: Engine, clinic: Clinic, table: str) -> None:
    names = [column.name for column in inspect(KINDS[table]).columns if column.name != "id"]
    with owning(engine) as connection:
        last = connection.scalar(text(f"SELECT max(id) FROM {table}"))
        chosen = ", ".join(names)
        connection.execute(
            text(f"INSERT INTO {table} (id, {chosen}) SELECT id + 7, {chosen} FROM {table} WHERE id = {last}")
        )
        assert describe(check_there(connection)) == (FaultKind.INSERTED, table, last + 7)


def test_lines_that_changed_places_are_found(engine: Engine, clinic: Clinic) -> None:
    with owning(engine) as connection:
        for change in ("entry_id = -1 WHERE entry_id = 2", "entry_id = 2 WHERE entry_id = 3"):
            connection.execute(text(f"UPDATE audit_link SET {change}"))
        connection.execute(text("UPDATE audit_link SET entry_id = 3 WHERE entry_id = -1"))
        assert describe(check_there(connection)) == (FaultKind.CHANGED, "audit_entry", 3)


def test_a_link_that_is_gone_is_found_and_one_that_was_changed(engine: Engine, clinic: Clinic) -> None:
    for change, kind in (
        ("DELETE FROM audit_link WHERE position = 3", FaultKind.MISSING),
        ("UPDATE audit_link SET digest = 'é' WHERE position = 3", FaultKind.CHANGED),
        ("UPDATE audit_link SET bound = '[]' WHERE position = 1", FaultKind.CHANGED),
    ):
        with owning(engine) as connection:
            connection.execute(text(change))
            fault = check_there(connection).fault
            assert fault is not None, change
            assert fault.kind is kind, change


def test_an_end_that_was_cut_off_is_found_by_an_anchor_alone(engine: Engine, clinic: Clinic) -> None:
    with Session(engine) as session:
        anchor = find_head(session)
    assert check(engine, anchor).fault is None
    with owning(engine) as connection:
        connection.execute(text("DELETE FROM original"))
        connection.execute(text(f"DELETE FROM audit_link WHERE position = {anchor.position}"))
        connection.execute(text("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)"))
        assert check_there(connection).fault is None
        assert describe(check_there(connection, anchor)) == (FaultKind.MISSING, "audit_link", anchor.position)


def test_who_owns_the_database_and_not_the_secret_cannot_make_the_chain_anew(
    engine: Engine, clinic: Clinic
) -> None:
    with Session(engine) as session:
        anchor = find_head(session)
    with owning(engine) as connection:
        connection.execute(text("UPDATE assessment SET comment = 'another' WHERE id = 1"))
        connection.execute(text("DELETE FROM audit_link"))
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            append_entries(session, UNSIGNED, [audit_row(make_audit_entry())], [])
            session.flush()
            assert describe(check_chain(session, KEY)) == (FaultKind.OTHER_KEY, "audit_link", 1)
            session.execute(text(f"UPDATE audit_link SET key_name = '{KEY.name}'"))
            session.expire_all()
            fault = check_chain(session, KEY).fault
            assert fault is not None
            assert fault.kind is FaultKind.CHANGED
            # Even with the secret, and sealed as a house from before the chain: the kept head is another.
            session.execute(text("DELETE FROM audit_link"))
            append_entries(session, KEY, [audit_row(make_audit_entry())], [], seals=True)
            session.flush()
            assert check_chain(session, KEY).fault is None
            assert check_chain(session, KEY, [Anchor(1, anchor.digest)]).fault is not None


def test_a_trail_whose_signatures_were_taken_out_is_never_sound_again(engine: Engine, clinic: Clinic) -> None:
    with Session(engine) as session:
        lines = len(session.scalars(select(AuditRow.id)).all())
    with engine.begin() as connection:
        disarm(connection)
        connection.execute(text("DELETE FROM audit_link"))
        connection.execute(text("UPDATE assessment SET comment = 'forged' WHERE id = 1"))
    clinic.grade(A, SupportGrade.OVERSTATED, claim=1)
    for _ in range(2):
        fault = check(engine).fault
        assert fault is not None
        assert (fault.kind, fault.position) == (FaultKind.BEGUN_AGAIN, 1)
        assert fault.key > lines
        clinic.judge(A, claim=1)


def test_what_stood_before_the_chain_began_is_sealed_by_its_first_line(
    engine: Engine, clinic: Clinic, begin: Callable[[], UnitOfWork]
) -> None:
    with engine.begin() as connection:
        disarm(connection)
        connection.execute(text("DELETE FROM audit_link"))
    with begin() as work:
        work.commit_sealing(make_audit_entry())
    clinic.grade(A, SupportGrade.OVERSTATED, claim=1)
    assert check(engine).fault is None
    assert check(engine).before > 10
    for change, found in (
        ("UPDATE assessment SET comment = 'x' WHERE id = 1", (FaultKind.CHANGED, "assessment", 0)),
        ("DELETE FROM judgement WHERE id = 1", (FaultKind.MISSING, "judgement", 0)),
        ("UPDATE audit_entry SET actor = 'x' WHERE id = 1", (FaultKind.CHANGED, "audit_entry", 0)),
    ):
        with owning(engine) as connection:
            connection.execute(text(change))
            assert describe(check_there(connection)) == found


def test_lines_of_many_at_once_are_one_chain(engine: Engine, begin: Callable[[], UnitOfWork]) -> None:
    def write(_number: int) -> None:
        with begin() as work:
            work.commit(make_audit_entry(), make_audit_entry())

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(60)))
    assert check(engine) == Checked(120, check(engine).head)


def test_an_export_is_in_the_chain_whatever_was_written_while_it_was_read(
    engine: Engine, clinic: Clinic, begin: Callable[[], UnitOfWork]
) -> None:
    request = ExportRequest(clinic.version_id, EDITOR, UTC)
    with UnitOfWork(engine, audit_key=KEY, of_one_moment=True) as work:
        work.claims.get_claim(clinic.claim_ids[0])
        clinic.grade(A, SupportGrade.OVERSTATED, claim=1)
        export_table(work, "claims", request, make_moment(900))
    assert check(engine).fault is None


def test_a_unit_of_one_moment_keeps_its_line_alone(engine: Engine, clinic: Clinic) -> None:
    with UnitOfWork(engine, audit_key=KEY, of_one_moment=True) as work:
        work.wording_rules.keep(KeptRules(1, (), "a", make_moment()))
        with pytest.raises(TypeError, match="one moment"):
            work.commit(make_audit_entry())


def test_the_trail_outlives_accounts(engine: Engine, clinic: Clinic) -> None:
    with engine.begin() as connection:
        for table in ("sign_in", "mail", "mailing", "notice", "account"):
            connection.execute(text(f"DELETE FROM {table}"))
    assert check(engine).fault is None
