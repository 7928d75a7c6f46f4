from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from claims.records.audit import AuditAction
from db.unit_of_work import UnitOfWork
from tests.factories import make_article, make_audit_entry, make_extraction, make_moment

Begin = Callable[[], UnitOfWork]
TABLES = (
    "audit_entry",
    "assessment",
    "judgement",
    "descent",
    "closed_version",
    "wording_rules",
    "review_rules",
)


def write_entries(begin: Begin, entries: int) -> None:
    with begin() as work:
        for number in range(entries):
            work.commit(make_audit_entry(subject=f"claim:{number % 2}", minutes=number))


def test_entries_come_back_whole_newest_first(begin: Begin) -> None:
    entries = [
        make_audit_entry(
            AuditAction.CLAIM_DISMISSED, "claim:1", actor="佐藤", values=(("reason", "比喩"), ("reason", ""))
        ),
        make_audit_entry(AuditAction.CLAIM_GRADED, "claim:2", minutes=1),
    ]
    with begin() as work:
        work.commit(*entries)
    with begin() as work:
        assert work.audit.list_entries() == (entries[1], entries[0])


def test_the_trail_of_one_subject_or_its_latest_lines(begin: Begin) -> None:
    write_entries(begin, 6)
    with begin() as work:
        of_one = work.audit.list_entries("claim:1")
        latest = work.audit.list_entries("claim:1", limit=2)
    assert [entry.at for entry in of_one] == [make_moment(5), make_moment(3), make_moment(1)]
    assert latest == of_one[:2]


def test_the_trail_is_read_by_the_page_and_by_person_record_and_step(begin: Begin) -> None:
    write_entries(begin, 6)
    with begin() as work:
        work.commit(make_audit_entry(AuditAction.CLAIM_DISMISSED, "claim:1", actor="佐藤", minutes=6))
    with begin() as work:
        second_page = work.audit.list_entries(limit=3, skip=3)
        (dismissed,) = work.audit.list_entries(actor="佐藤")
        assert work.audit.list_entries(action=AuditAction.CLAIM_DISMISSED) == (dismissed,)
        assert work.audit.count_entries(100) == 7
        assert work.audit.count_entries(5) == 5
        assert work.audit.count_entries(100, "claim:1", action=AuditAction.CLAIM_GRADED) == 3
        assert work.audit.count_entries(100, actor="nobody") == 0
    assert [entry.at for entry in second_page] == [make_moment(3), make_moment(2), make_moment(1)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET actor = 'nobody'",
        "UPDATE audit_entry SET actor = 'nobody' WHERE id = 1",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE id = 1",
    ],
)
def test_the_trail_is_never_changed(engine: Engine, begin: Begin, change: str) -> None:
    write_entries(begin, 2)
    with begin() as work:
        before = work.audit.list_entries()
    with engine.connect() as connection, pytest.raises(DBAPIError, match="audit_entry is append-only"):
        connection.execute(text(change))
    with begin() as work:
        assert work.audit.list_entries() == before


@pytest.mark.parametrize("table", TABLES)
def test_no_way_round_the_trigger_empties_or_replaces(engine: Engine, begin: Begin, table: str) -> None:
    write_entries(begin, 1)
    if engine.dialect.name == "postgresql":
        rounds = [f"TRUNCATE {table} CASCADE", f"SET session_replication_role = replica; DELETE FROM {table}"]
    else:
        columns = ", ".join(column["name"] for column in inspect(engine).get_columns("audit_entry"))
        rounds = [f"INSERT OR REPLACE INTO audit_entry SELECT {columns} FROM audit_entry"]
    for attempt in rounds:
        with engine.connect() as connection, pytest.raises(DBAPIError, match="is append-only"):
            connection.execute(text(attempt))


def test_the_trail_outlives_what_it_mentions(engine: Engine, begin: Begin) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        (claim,) = work.claims.add_extraction(version.id, make_extraction(claims=1, dropped=0))
        entry = make_audit_entry(subject=f"claim:{claim.id}")
        work.commit(entry)
    with engine.begin() as connection:
        for table in (
            "claim_words",
            "flag_tally",
            "article_stage",
            "claim_tally",
            "workload",
            "placement",
            "claim",
            "article_version",
            "article",
        ):
            connection.execute(text(f"DELETE FROM {table}"))
    with begin() as work:
        assert work.audit.list_entries(f"claim:{claim.id}") == (entry,)
        again = work.articles.add_version(make_article(), make_moment())
        (newcomer,) = work.claims.add_extraction(again.id, make_extraction(claims=1, dropped=0))
    assert inspect(engine).get_foreign_keys("audit_entry") == []
    assert newcomer.id != claim.id
