"""The workbook opens in Excel as it was written: no text becomes anything else, every sheet can be used."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC

import openpyxl
import pandas
import pytest
from openpyxl.utils import get_column_letter

from claims.records.assessment import SupportGrade
from reviewer.exports.cells import LONGEST_CELL, protect_row
from reviewer.exports.documents.colours import GROUNDS, HEAD_GROUND
from reviewer.exports.documents.model import Tone
from reviewer.exports.documents.to_html import load_page
from reviewer.exports.grade_tones import GRADE_TONES
from reviewer.exports.report import REPORT_COLUMNS
from reviewer.exports.report_formats import REPORT_FORMATS
from reviewer.exports.table import ExportRequest
from reviewer.exports.to_xlsx import Sheet, to_xlsx, write_workbook
from reviewer.i18n import LOCALES
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.exports.reading_back import read_sheets, read_xlsx
from tests.factories import make_moment
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, A, Clinic, copy_clinic

# What Excel makes something else of, where it is let.
TRAPS = (
    *("1/2", "3-4", "2026-01-05", "1e5", "00123", "9000000001", "TRUE", "NA", "12:30", "1,5"),
    *(
        " 前に空白",
        "\t値",
        "後ろに空白 ",
        '"引用"',
        "'90s",
        "行\n行",
        "_x000D_",
        "＝1+1",
        "https://a.example/b",
    ),
    *("𠮷野家の﨑さん", "🧬", "=1+1", "-5歳", "@a"),
)


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    return copy_clinic(LENT, open_work)


def workbook(clinic: Clinic, who: object = EDITOR, locale: str = "") -> bytes:
    request = ExportRequest(clinic.version_id, who, UTC, locale)  # type: ignore[arg-type]
    with clinic.open_work() as work:
        return REPORT_FORMATS["xlsx"].write(work, request, make_moment(99))


@pytest.mark.parametrize("trap", TRAPS)
def test_a_text_stays_the_text_that_it_was(trap: str) -> None:
    row = protect_row({"claim_text": trap}, {})
    assert read_xlsx(to_xlsx([row], ["claim_text"])) == [row]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_an_end_of_line_is_one_line_feed_as_in_cells_of_excel(end: str) -> None:
    assert read_xlsx(to_xlsx([{"comment": f"甲{end}乙"}], ["comment"])) == [{"comment": "甲\n乙"}]


def test_no_cell_holds_a_formula_a_link_or_a_date() -> None:
    rows = [protect_row({"claim_text": trap}, {}) for trap in TRAPS]
    written = to_xlsx(rows, ["claim_text"])
    sheet = openpyxl.load_workbook(io.BytesIO(written)).active
    assert {cell.data_type for (cell,) in sheet.iter_rows()} == {"s"}
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        words = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in words
    assert "<hyperlink" not in words


def test_a_cell_of_as_many_signs_as_excel_takes_stays_whole_and_a_longer_one_says_where_the_rest_is() -> None:
    full, long = "𠮷" * (LONGEST_CELL // 2), "根" * 40_000
    rows = [protect_row({"searches": text}, {"searches": "the search log"}) for text in (full, long)]
    back = read_xlsx(to_xlsx(rows, ["searches"]))
    assert back[0]["searches"] == full
    assert back[1]["searches"].endswith("[cut: 40000 characters in all; the whole stands in the search log]")


def test_counts_are_numbers_and_names_are_not() -> None:
    row = dict.fromkeys(REPORT_COLUMNS, "") | {"claim_no": "12", "pmids": "9000000001", "support_grade": "4"}
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([row], REPORT_COLUMNS))).active
    cells = dict(zip(REPORT_COLUMNS, (cell.value for cell in sheet[2]), strict=True))
    assert (cells["claim_no"], cells["pmids"], cells["support_grade"]) == (12, "9000000001", "4")


def test_the_head_of_a_sheet_is_frozen_filtered_and_repeated_and_its_texts_are_wrapped() -> None:
    row = dict.fromkeys(REPORT_COLUMNS, "見本")
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([row] * 3, REPORT_COLUMNS))).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(REPORT_COLUMNS))}4"
    assert sheet.print_title_rows == "$1:$1"
    assert all(cell.alignment.wrap_text for line in sheet.iter_rows() for cell in line)


@pytest.mark.parametrize("grade", SupportGrade)
def test_a_grade_has_the_ground_of_its_tone(grade: SupportGrade) -> None:
    told = grade.value if grade.step is None else str(grade.step)
    row = dict.fromkeys(REPORT_COLUMNS, "") | {"support_grade": told}
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([row], REPORT_COLUMNS))).active
    grounds = {column: cell.fill.fgColor.rgb for column, cell in zip(REPORT_COLUMNS, sheet[2], strict=True)}
    assert grounds["support_grade"] == grounds["grade_label"] == f"FF{GROUNDS[GRADE_TONES[grade]]}"
    assert grounds["claim_text"] == "00000000"


def test_a_page_has_the_same_colours() -> None:
    style = load_page().template.upper()
    assert all(f"#{ground}" in style for tone, ground in GROUNDS.items() if tone is not Tone.PLAIN)
    assert f"#{HEAD_GROUND}" in style


def test_rows_are_written_as_they_come_and_the_same_rows_are_the_same_workbook() -> None:
    taken = []

    def rows() -> object:
        for number in range(3):
            taken.append(number)
            yield {"a": str(number)}

    buffers = io.BytesIO(), io.BytesIO()
    for buffer in buffers:
        write_workbook([Sheet("S", ["a"], rows())], buffer)  # type: ignore[arg-type]
    assert taken == [0, 1, 2] * 2
    assert buffers[0].getvalue() == buffers[1].getvalue()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_workbook_has_a_face_and_a_sheet_for_every_table_in_one_language(
    clinic: Clinic, locale: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(clinic, EDITOR, locale)))
    english = ["Report", "Claims and citations", "Search log", "Flow of records", "References"]
    english += ["Audit trail", "Versions"]
    japanese = ["報告書", "主張と文献", "検索記録", "文献の流れ", "参考文献", "監査記録", "版の一覧"]
    assert book.sheetnames == ["Konkyo", *(japanese if locale == "ja" else english)]
    assert book.worksheets[0]["A2"].value == ("未評価" if locale == "ja" else "NOT GRADED")


@pytest.mark.parametrize("who", [A, AUTHOR])
def test_who_may_not_read_the_trail_gets_the_workbook_without_it(clinic: Clinic, who: object) -> None:
    assert "監査記録" not in read_sheets(workbook(clinic, who))
    assert "監査記録" in read_sheets(workbook(clinic, ADMIN))


def test_pandas_reads_every_sheet(clinic: Clinic) -> None:
    book = pandas.read_excel(io.BytesIO(workbook(clinic)), sheet_name=None)
    assert list(book["報告書"].columns) == list(REPORT_COLUMNS)
    assert list(book["報告書"]["claim_no"]) == [1, 2]
