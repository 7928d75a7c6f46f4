"""Numbers as they are written in articles, and what they mean."""

from __future__ import annotations

import re
import unicodedata

import pytest

from claims.extraction.cues import TABLES
from claims.extraction.quantities import list_quantities
from claims.text.tables import read_rows

CASES = [
    ("痛みが約３０％減りました。", [("~", "30", "%")]),
    ("12〜24週間続けます。", [("", "12-24", "週間")]),
    ("患者は10〜20万人です。", [("", "100000-200000", "人")]),
    ("20歳以上65歳未満の方", [(">=", "20", "歳"), ("<", "65", "歳")]),
    ("三割の方が二、三日で", [("", "3", "割"), ("", "3", "日")]),
    ("二〇一八年に発売", [("", "2018", "年")]),
    ("3人に1人、1万人に2人", [("", "1/3", "人"), ("", "2/10000", "人")]),
    ("有意差があった（n=60, p<0.05）", [("", "60", "n"), ("<", "0.05", "p")]),
    ("ルテイン1,000mg", [("", "1000", "mg")]),
    ("M1型からM2型へ、HIF-1α", []),
    ("一般に、唯一の方法", []),
    ("about 30% of 1,200 patients", [("~", "30", "%"), ("", "1200", "patients")]),
    ("one in ten; 1 in 10 adults", [("", "1/10", "")]),
    ("less than 5 mg for 8 to 12 weeks", [("<", "5", "mg"), ("", "8-12", "weeks")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_numbers_are_read_with_their_limits_and_units(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [(q.limit, q.value, q.unit) for q in list_quantities(text)] == expected


@pytest.mark.parametrize(("text", "_"), CASES)
def test_the_words_of_a_quantity_are_not_empty(text: str, _: object) -> None:
    assert all(quantity.words.strip() for quantity in list_quantities(text))


@pytest.mark.parametrize("row", list(read_rows(TABLES / "units.tsv")), ids=lambda row: row["pattern"])
def test_each_unit_is_read_in_its_example(row: dict[str, str]) -> None:
    (quantity,) = list_quantities(row["example"])
    assert re.fullmatch(row["pattern"], unicodedata.normalize("NFKC", quantity.unit), re.IGNORECASE), quantity
