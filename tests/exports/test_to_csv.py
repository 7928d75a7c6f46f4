"""Whatever an article holds, the CSV gives it back, and no cell of it runs as a formula."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from reviewer.exports.to_csv import defuse_cell, to_csv

COLUMNS = ("claim_text", "comment")
texts = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


def read_back(exported: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline="")))


def test_excel_is_told_that_it_is_utf8_and_rows_end_in_crlf() -> None:
    exported = to_csv([{"claim_text": "毛包幹細胞", "comment": ""}], COLUMNS)
    assert exported.startswith(b"\xef\xbb\xbf")
    assert exported.endswith(b"\r\n")
    assert exported.count(b"\r\n") == 2


def test_an_empty_report_still_names_its_columns() -> None:
    assert to_csv([], COLUMNS) == b"\xef\xbb\xbfclaim_text,comment\r\n"


@given(texts, texts)
def test_every_text_comes_back_as_the_cell_it_was(claim_text: str, comment: str) -> None:
    row = {"claim_text": claim_text, "comment": comment}
    assert read_back(to_csv([row], COLUMNS)) == [{name: defuse_cell(text) for name, text in row.items()}]


@given(st.sampled_from(["=", "+", "-", "@", "＝", "＋"]), texts)
def test_no_cell_starts_a_formula(start: str, text: str) -> None:
    assert defuse_cell(start + text) == "'" + start + text


@given(texts)
def test_a_line_feed_inside_a_cell_stays_inside_it(text: str) -> None:
    row = {"claim_text": f"a{text}\nb", "comment": "c"}
    assert read_back(to_csv([row], COLUMNS)) == [row]
