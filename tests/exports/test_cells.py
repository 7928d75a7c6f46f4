"""No cell of an export starts a formula, and none is longer than Excel takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.exports.cells import LONGEST_CELL, cut_cell, protect_row
from reviewer.formulas import defuse_cell, escape_cell, restore_cell

# What no file of XML can hold is replaced in every cell.
texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=60
)
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


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(
    st.text(alphabet="a根=\n𠮟'\"", min_size=1, max_size=9),
    st.sampled_from([3_000, LONGEST_CELL // 2, LONGEST_CELL, 40_000]),
    st.text(alphabet="= 　\ufeff@", max_size=3),
)
def test_no_cell_is_longer_than_excel_takes(part: str, times: int, start: str) -> None:
    text = start + part * (times // len(part))
    row = protect_row({"claim_text": text}, {})
    assert units(row["claim_text"]) <= LONGEST_CELL
    assert defuse_cell(text).startswith(row["claim_text"].partition(" … [cut: ")[0])


def test_a_cell_that_just_fits_stays_whole() -> None:
    assert cut_cell("根" * LONGEST_CELL, "the review room") == "根" * LONGEST_CELL


def test_a_cut_cell_says_how_long_it_was_and_where_the_whole_stands() -> None:
    long = {"searches": "=" + "a" * 42_055, "comment": "b" * 40_000}
    row = protect_row(long, {"searches": "the search log"})
    assert row["searches"].startswith("'=aaa")
    assert row["searches"].endswith("a … [cut: 42057 characters in all; the whole stands in the search log]")
    assert row["comment"].endswith("b … [cut: 40000 characters in all; the whole stands in the review room]")


@given(st.text("".join(("'", *BLANKS, *SIGNS, "﹣⁺﹦\u200ba1根")), max_size=8) | texts)
def test_a_cell_that_was_escaped_is_restored_and_starts_no_formula(text: str) -> None:
    assert defuse_cell(escape_cell(text)) == escape_cell(text)
    assert restore_cell(escape_cell(text)) == text
