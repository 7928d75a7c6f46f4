"""Whatever an article holds, the CSV gives it back, in Excel too."""

from __future__ import annotations

from hypothesis import given

from reviewer.exports.to_csv import to_csv
from tests.exports.reading_back import read_csv
from tests.exports.test_cells import texts

COLUMNS = ("claim_text", "comment")


def test_excel_is_told_that_it_is_utf8_and_rows_end_in_crlf() -> None:
    exported = to_csv([{"claim_text": "毛包幹細胞", "comment": ""}], COLUMNS)
    assert exported.startswith(b"\xef\xbb\xbf")
    assert exported.endswith(b"\r\n")
    assert exported.count(b"\r\n") == 2


def test_an_empty_report_still_names_its_columns() -> None:
    assert to_csv([], COLUMNS) == b'\xef\xbb\xbf"claim_text","comment"\r\n'


@given(texts)
def test_a_separator_of_another_locale_parts_no_cell(text: str) -> None:
    exported = to_csv([{"claim_text": f"a;=1+1{text}", "comment": "b"}], COLUMNS).decode("utf-8-sig")
    assert exported.splitlines()[1].startswith('"a;=1+1')


@given(texts)
def test_a_line_feed_inside_a_cell_stays_inside_it(text: str) -> None:
    row = {"claim_text": f"a{text}\nb", "comment": "c"}
    assert read_csv(to_csv([row], COLUMNS)) == [row]
