"""A pattern is never left out for a text that it matches."""

from __future__ import annotations

import re
import sys
from warnings import catch_warnings, simplefilter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.extraction.cues import TABLES
from claims.text.patterns import read_patterns
from claims.text.pieces import PieceIndex, find_pieces, fold_case

PATTERNS = [
    ("ご?予約(?:は|を)", ["ご予約は", "予約を"]),
    ("(?:赤み|腫れ)[^。]{0,9}(?:出|残)る", ["赤みが出る", "腫れが数日残る"]),
    (r"\bFDA\b|approved", ["the FDA", "Approved"]),
    ("[¥￥$]\\s?\\d", ["￥100", "$ 5"]),
    ("効果(?!なし)が|効く", ["効果が", "効く"]),
    ("(?:a|b)?cd+e", ["cdde", "acde"]),
    ("x{2,3}y", ["xxy"]),
    (r"\u3042い", ["あい"]),
    ("(?i)abc", ["ABC"]),
    (r"\x41bc", ["abc"]),
    ("(?#い)あ", ["あ"]),
    ("(?x) a b  # c", ["ab"]),
    ("(?P<n>ab)?c(?(n)d|e)", ["abcd", "ce"]),
    ("(?<=a)b(?=c)", ["abc"]),
    ("risk", ["riſK", "RİSK"]),
]


@pytest.mark.parametrize(("pattern", "texts"), PATTERNS)
def test_each_match_holds_a_piece(pattern: str, texts: list[str]) -> None:
    pieces = find_pieces(pattern)
    for text in texts:
        assert re.search(pattern, text, re.IGNORECASE)
        assert holds_one(text, pieces), (pattern, pieces)


def holds_one(text: str, pieces: frozenset[str] | None) -> bool:
    return pieces is None or any(piece in fold_case(text) for piece in pieces)


def _nest(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3)
    repeated = st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,}", "??", "+?", "*+"])
    opened = st.sampled_from(["(", "(?:", "(?i:", "(?-i:", "(?=", "(?!", "(?<=", "(?>"])
    return st.one_of(
        several.map("".join),
        several.map("|".join).flatmap(lambda pattern: opened.map(lambda sign: f"{sign}{pattern})")),
        st.tuples(inner, repeated).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    )


_letters = "abkKsSſİıßµΜあい効果\u0307"
_signs = [r"\u3042", r"\x61", r"\d", r"\b", r"\|", ".", "^", "$", "[^a]", "[a-c]", "[あ効]", "[]a]", r"[\]k]"]
patterns = st.recursive(
    st.one_of(st.text(_letters, min_size=1, max_size=3), st.sampled_from(_signs)), _nest, max_leaves=8
)


@given(patterns, st.data())
def test_whatever_a_pattern_matches_holds_one_of_its_pieces(pattern: str, data: st.DataObject) -> None:
    compiled = compile_if_valid(pattern)
    text = data.draw(st.one_of(st.text(_letters + "1|]", max_size=6), st.from_regex(compiled)))
    assume(compiled.search(text))
    assert holds_one(text, find_pieces(pattern)), find_pieces(pattern)
    assert PieceIndex({"it": pattern}).find(text) == {"it"}


def compile_if_valid(pattern: str) -> re.Pattern[str]:
    """The pattern, its case ignored; an example that is none (a look-behind of any width) is left out."""
    with catch_warnings():
        simplefilter("ignore", FutureWarning)
        try:
            return re.compile(pattern, re.IGNORECASE)
        except re.error:
            assume(False)
            raise


def test_letters_that_a_pattern_takes_for_one_another_are_folded_alike() -> None:
    for letter in map(chr, range(sys.maxunicode + 1)):
        for other in {letter.lower(), letter.upper(), letter.title(), letter.casefold()} - {letter}:
            if len(other) == 1 and re.fullmatch(re.escape(other), letter, re.IGNORECASE):
                assert fold_case(other) == fold_case(letter), (other, letter)


def test_a_pattern_without_letters_of_its_own_is_always_asked() -> None:
    assert find_pieces(r"\d+\s*[ぁ-ん]") is None
    assert PieceIndex({"number": r"\d+"}).find("なにもない") == {"number"}


@pytest.mark.parametrize("name", ["cues_ja", "cues_en", "wording_ja", "wording_en"])
def test_every_example_of_a_table_holds_a_piece_of_its_pattern(name: str) -> None:
    for row in read_patterns(TABLES / f"{name}.tsv"):
        pieces = find_pieces(row["pattern"])
        if row.get("where") != "word":
            assert holds_one(row["example"], pieces), row["example"]
