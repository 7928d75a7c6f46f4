"""Whatever an article holds, the CSV gives it back, and no cell of it runs as a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.exports.to_csv import LONGEST_CELL, cut_cell, defuse_cell, to_csv

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
    assert to_csv([], COLUMNS) == b'\xef\xbb\xbf"claim_text","comment"\r\n'


@given(texts, texts)
def test_every_text_comes_back_as_the_cell_it_was(claim_text: str, comment: str) -> None:
    row = {"claim_text": claim_text, "comment": comment}
    assert read_back(to_csv([row], COLUMNS)) == [{name: defuse_cell(text) for name, text in row.items()}]


SIGNS = tuple("=+-@＝＋－＠")
BLANKS = ("", " ", "\t", "\r", "\n", "\r\n", "\u3000", "  ", " \t", "\n\u3000")


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_starts_a_formula_with_or_without_blanks_before_it(sign: str, blank: str) -> None:
    for text in (f"{blank}{sign}1+1", f"{blank}{sign}cmd|' /C calc'!A0", f"{blank}{sign}"):
        cell = defuse_cell(text)
        assert cell.startswith("'")
        assert cell.removeprefix("'") == text


@given(st.text("".join(BLANKS), max_size=6), st.sampled_from(SIGNS), texts)
def test_no_text_behind_any_run_of_blanks_starts_a_formula(blanks: str, sign: str, text: str) -> None:
    assert defuse_cell(blanks + sign + text) == f"'{blanks}{sign}{text}"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "⁼"])
@pytest.mark.parametrize(
    "before", ["", " ", "\u3000", "\u00a0", "\ufeff", "\u200b", "\u2009\u200b ", "\u00ad"]
)
def test_nothing_that_is_not_seen_hides_the_start_of_a_formula(before: str, sign: str) -> None:
    assert defuse_cell(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@given(texts)
def test_a_separator_of_another_locale_parts_no_cell(text: str) -> None:
    exported = to_csv([{"claim_text": f"a;=1+1{text}", "comment": "b"}], COLUMNS).decode("utf-8-sig")
    assert exported.splitlines()[1].startswith('"a;=1+1')


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(
    st.text(alphabet="a根=\n𠮟'\"", min_size=1, max_size=9),
    st.sampled_from([3_000, LONGEST_CELL // 2, LONGEST_CELL, 40_000]),
    st.text(alphabet="= 　\ufeff@", max_size=3),
)
def test_no_cell_is_longer_than_excel_takes(part: str, times: int, start: str) -> None:
    text = start + part * (times // len(part))
    (row,) = read_back(to_csv([{"claim_text": text, "comment": ""}], COLUMNS))
    assert units(row["claim_text"]) <= LONGEST_CELL
    assert defuse_cell(text).startswith(row["claim_text"].partition(" … [cut: ")[0])


def test_a_cell_that_just_fits_stays_whole() -> None:
    assert cut_cell("根" * LONGEST_CELL, "the review room") == "根" * LONGEST_CELL


def test_a_cut_cell_says_how_long_it_was_and_where_the_whole_stands() -> None:
    (row,) = read_back(
        to_csv([{"searches": "=" + "a" * 42_055, "comment": "b" * 40_000}], ("searches", "comment"))
    )
    assert row["searches"].startswith("'=aaa")
    assert row["searches"].endswith(
        "a … [cut: 42057 characters in all; the whole stands in the search log (konkyo searches)]"
    )
    assert row["comment"].endswith("b … [cut: 40000 characters in all; the whole stands in the review room]")


@given(texts)
def test_a_line_feed_inside_a_cell_stays_inside_it(text: str) -> None:
    row = {"claim_text": f"a{text}\nb", "comment": "c"}
    assert read_back(to_csv([row], COLUMNS)) == [row]
