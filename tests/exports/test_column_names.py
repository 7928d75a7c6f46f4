"""Columns are named in Japanese for who asks, and nothing else of a table changes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from reviewer.cli import konkyo
from reviewer.exports.column_names import COLUMN_NAMES, name_columns
from reviewer.exports.exporting import write_table
from reviewer.exports.registry import FORMATS, TABLES
from reviewer.exports.report import REPORT_COLUMNS
from reviewer.exports.table import ExportRequest
from tests.cli.test_article import PAGE, bring_in
from tests.conftest import OpenWork
from tests.exports.published import TOKYO
from tests.exports.reading_back import READERS
from tests.workflow.clinic import EDITOR, open_clinic


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_japanese_name_of_its_own(table: str) -> None:
    columns = TABLES[table].columns
    named = name_columns(columns, "ja")
    assert len(set(named)) == len(columns)
    assert name_columns(columns, "en") == columns


def test_no_name_is_left_over() -> None:
    assert set(COLUMN_NAMES) == {column for table in TABLES.values() for column in table.columns}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("table", TABLES)
def test_rows_are_the_same_whatever_their_columns_are_called(
    open_work: OpenWork, table: str, ending: str
) -> None:
    clinic = open_clinic(open_work, 2)
    with clinic.open_work() as work:
        english, japanese = (
            READERS[ending](
                write_table(work, table, ExportRequest(clinic.version_id, EDITOR, TOKYO, columns=one), ending)
            )
            for one in ("en", "ja")
        )
    assert [{COLUMN_NAMES[name]: cell for name, cell in row.items()} for row in english] == japanese


def read_heads(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return [next(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))]
    sheets = openpyxl.load_workbook(path).worksheets[1:]
    return [[str(cell) for cell in next(sheet.iter_rows(values_only=True))] for sheet in sheets]


def test_the_command_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(tmp_path, "article.html", PAGE, monkeypatch)
    for name in ("a.csv", "a.xlsx"):
        done = CliRunner().invoke(konkyo, ["report", "1", "--columns", "ja", "--out", name])
        assert done.exit_code == 0, done.output
        assert read_heads(tmp_path / name)[0] == list(name_columns(REPORT_COLUMNS, "ja"))
    assert len(read_heads(tmp_path / "a.xlsx")) == len(TABLES)
    done = CliRunner().invoke(konkyo, ["report", "1", "--out", "b.csv"])
    assert read_heads(tmp_path / "b.csv")[0] == list(REPORT_COLUMNS)


def test_a_report_without_columns_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(tmp_path, "article.html", PAGE, monkeypatch)
    done = CliRunner().invoke(konkyo, ["report", "1", "--columns", "ja", "--out", "a.html"])
    assert done.exit_code == 2
    assert "--columns is for csv, xlsx: html has no columns" in done.output
