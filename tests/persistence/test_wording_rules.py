"""The clinic's rules on wording: every table that was in force is kept, and the latest is in force."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from claims.errors import VersionConflict
from claims.extraction.house_rules import HouseRule, KeptRules
from claims.records.article import Language
from db.unit_of_work import UnitOfWork
from tests.factories import make_audit_entry, make_moment

Begin = Callable[[], UnitOfWork]
FIRST = KeptRules(1, (HouseRule("水", Language.JA, "理由", "湯"),), "佐藤", make_moment())
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


@pytest.mark.parametrize("way", ["change", "delete", "replace"])
def test_rules_that_were_in_force_are_never_changed(engine: Engine, begin: Begin, way: str) -> None:
    keep(begin, FIRST)
    replacing = {
        "sqlite": "INSERT OR REPLACE INTO wording_rules SELECT * FROM wording_rules",
        "postgresql": "TRUNCATE wording_rules",
    }
    statements = {
        "change": "UPDATE wording_rules SET kept_by = 'nobody'",
        "delete": "DELETE FROM wording_rules",
        "replace": replacing[engine.dialect.name],
    }
    with engine.connect() as connection, pytest.raises(DBAPIError, match="wording_rules is append-only"):
        connection.execute(text(statements[way]))
    with begin() as work:
        assert work.wording_rules.find_latest() == FIRST
