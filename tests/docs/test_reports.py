"""docs/reports.md tells every column of every table, no other, and what the tables of today mean by it."""

from __future__ import annotations

from importlib import import_module

import pytest

from reviewer.exports.registry import TABLES

pages = import_module("docs.write_reports")


def test_the_page_is_what_the_tables_are_today() -> None:
    assert pages.PAGE.read_text(encoding="utf-8") == pages.write_page(), "run `python -m docs.write_reports`"


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_meaning_and_no_meaning_is_left_over(table: str) -> None:
    columns = TABLES[table].columns
    assert all(all(pages.describe(table, column)) for column in columns)
    assert set(pages.BY_TABLE[table]) <= set(columns)
    assert "schema_version" in columns


def test_what_is_shared_is_a_column_of_some_table() -> None:
    assert set(pages.SHARED) <= {column for table in TABLES.values() for column in table.columns}
