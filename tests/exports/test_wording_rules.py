"""The table of the clinic's rules: taken out, edited in a spreadsheet, and read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.house_rules import HouseRule
from claims.records.article import Language
from claims.text.invisible import drop_invisible
from reviewer.exports.wording_rules import write_wording_rules
from reviewer.wording_rules import check_wording_rules, require_rules


@pytest.mark.parametrize(
    "phrase",
    [
        "水",
        '"奇跡"の水',
        "=1+1",
        "＋α",
        "-5歳",
        "@glow",
        "﹣10%",
        "⁺α",
        "﹦x",
        "'=1",
        "''+1",
        "'90s",
        "a; b, c",
    ],
)
def test_every_rule_comes_back_as_it_was(phrase: str) -> None:
    rules = (HouseRule(phrase, Language.JA, f"理由 {phrase}", phrase), HouseRule("glow", Language.EN, "no"))
    assert require_rules(check_wording_rules(write_wording_rules(rules), "rules.tsv")) == rules


@given(st.text("'\"= +-＝﹣⁺@\u3000\u200ba1根", max_size=12))
def test_a_table_that_is_taken_out_and_read_again_is_the_same(cell: str) -> None:
    tidy = " ".join(drop_invisible(cell).split())
    rules = (HouseRule(f"{tidy}水", Language.JA, "理由", tidy),)
    assert require_rules(check_wording_rules(write_wording_rules(rules), "rules.tsv")) == rules


def test_no_cell_starts_a_formula() -> None:
    table = write_wording_rules([HouseRule("=1+1", Language.JA, "+2", "@a")]).decode("utf-8-sig")
    assert table.splitlines()[1].split("\t") == ["'=1+1", "ja", "'+2", "'@a"]
