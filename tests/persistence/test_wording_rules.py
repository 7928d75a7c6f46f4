"""The clinic's own rules: every table that was in force is kept, and the latest is in force."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from claims.errors import VersionConflict
from claims.extraction.house_rules import HouseRule, KeptRules
from claims.records.article import Language
from claims.records.claim import ClaimType
from claims.records.review_day import KeptReviewRules, ReviewRule
from db.unit_of_work import UnitOfWork
from tests.factories import make_audit_entry, make_moment

Begin = Callable[[], UnitOfWork]
FIRST = KeptRules(1, (HouseRule("水", Language.JA, "理由", "湯"),), "佐藤", make_moment())
DATES = KeptReviewRules(1, (ReviewRule(3, "院内", "院内", ClaimType.SAFETY, 4),), "佐藤", make_moment())
SECOND = KeptRules(2, (), "鈴木", make_moment(1))


def keep(begin: Begin, *tables: KeptRules) -> None:
    for kept in tables:
        with begin() as work:
            work.wording_rules.keep(kept)
            work.commit(make_audit_entry())


def test_the_latest_rules_are_in_force_and_come_back_whole(begin: Begin) -> None:
    with begin() as work:
        assert work.wording_rules.find_latest() is None
    keep(begin, FIRST)
    with begin() as work:
        assert work.wording_rules.find_latest() == FIRST
        assert work.house_rules.rules == FIRST.rules
    keep(begin, SECOND)
    with begin() as work:
        assert work.wording_rules.find_latest() == SECOND
        assert work.house_rules.rules == ()


def test_of_two_changes_to_the_same_rules_the_second_is_refused(begin: Begin) -> None:
    keep(begin, FIRST, SECOND)
    for late in (FIRST, SECOND):
        with begin() as work, pytest.raises(VersionConflict):
            work.wording_rules.keep(late)


def test_rules_on_review_dates_are_kept_apart_and_come_back_whole(begin: Begin) -> None:
    keep(begin, FIRST)
    with begin() as work:
        assert work.review_rules.find_latest() is None
        work.review_rules.keep(DATES)
        work.commit(make_audit_entry())
    with begin() as work:
        assert (work.review_rules.find_latest(), work.wording_rules.find_latest()) == (DATES, FIRST)
        with pytest.raises(VersionConflict):
            work.review_rules.keep(DATES)


@pytest.mark.parametrize("table", ["wording_rules", "review_rules"])
@pytest.mark.parametrize("way", ["change", "delete", "replace"])
def test_rules_that_were_in_force_are_never_changed(
    engine: Engine, begin: Begin, way: str, table: str
) -> None:
    keep(begin, FIRST)
    with begin() as work:
        work.review_rules.keep(DATES)
        work.commit(make_audit_entry())
    replacing = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": f"TRUNCATE {table}",
    }
    statements = {
        "change": f"UPDATE {table} SET kept_by = 'nobody'",
        "delete": f"DELETE FROM {table}",
        "replace": replacing[engine.dialect.name],
    }
    with engine.connect() as connection, pytest.raises(DBAPIError, match=f"{table} is append-only"):
        connection.execute(text(statements[way]))
    with begin() as work:
        assert (work.wording_rules.find_latest(), work.review_rules.find_latest()) == (FIRST, DATES)
