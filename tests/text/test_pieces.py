"""A pattern is never left out for a text that it matches."""

from __future__ import annotations

import re

import pytest

from claims.extraction.cues import TABLES
from claims.text.patterns import read_rows
from claims.text.pieces import PieceIndex, find_pieces

PATTERNS = [
    ("ご?予約(?:は|を)", ["ご予約は", "予約を"]),
    ("(?:赤み|腫れ)[^。]{0,9}(?:出|残)る", ["赤みが出る", "腫れが数日残る"]),
    (r"\bFDA\b|approved", ["the FDA", "Approved"]),
    ("[¥￥$]\\s?\\d", ["￥100", "$ 5"]),
    ("効果(?!なし)が|効く", ["効果が", "効く"]),
    ("(?:a|b)?cd+e", ["cdde", "acde"]),
    ("x{2,3}y", ["xxy"]),
]


@pytest.mark.parametrize(("pattern", "texts"), PATTERNS)
def test_each_match_holds_a_piece(pattern: str, texts: list[str]) -> None:
    pieces = find_pieces(pattern)
    for text in texts:
        assert re.search(pattern, text, re.IGNORECASE)
        assert pieces is None or any(piece in text.lower() for piece in pieces), (pattern, pieces)


def test_a_pattern_without_letters_of_its_own_is_always_asked() -> None:
    assert find_pieces(r"\d+\s*[ぁ-ん]") is None
    assert PieceIndex({"number": r"\d+"}).find("なにもない") == {"number"}


@pytest.mark.parametrize("name", ["cues_ja", "cues_en", "wording_ja", "wording_en"])
def test_every_example_of_a_table_holds_a_piece_of_its_pattern(name: str) -> None:
    for row in read_rows(TABLES / f"{name}.tsv"):
        pieces = find_pieces(row["pattern"])
        if row.get("where") != "word" and pieces is not None:
            assert any(piece in row["example"].lower() for piece in pieces), row["example"]
