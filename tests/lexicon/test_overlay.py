from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import LexiconError
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.overlay import build_row, fold_term, lay_over
from claims.lexicon.tables import LexiconRow, TermRole
from claims.records.article import Language
from claims.search.query import build_plan
from claims.search.syntax import parse_query


@dataclass
class Notebook:
    """An overlay in memory."""

    rows: tuple[LexiconRow, ...] = ()

    def list_rows(self) -> tuple[LexiconRow, ...]:
        return self.rows


HERB = build_row("竜骨牡蠣湯", ("リュウコツボレイトウ",), ("ryukotsu boreito",), "", TermRole.INTERVENTION)


def test_without_added_rows_the_lexicon_is_the_shipped_one() -> None:
    assert lay_over(load_lexicon(), Notebook()) is load_lexicon()


def test_an_added_term_is_found_in_each_of_its_spellings_and_changes_the_version() -> None:
    grown = lay_over(load_lexicon(), Notebook((HERB,)))
    for text in ("竜骨牡蠣湯を飲む", "リュウコツボレイトウを飲む"):
        found, unmapped = grown.find_terms(text, Language.JA)
        assert found[0].english == ("ryukotsu boreito",)
        assert unmapped == ()
    assert grown.version.startswith(f"{load_lexicon().version}+")


def test_an_added_term_goes_before_the_shipped_row_of_its_spelling() -> None:
    other = build_row("薄毛", (), ("thin hair",), "Hair", TermRole.CONDITION)
    found, _ = lay_over(load_lexicon(), Notebook((other,))).find_terms("薄毛", Language.JA)
    assert (found[0].english, found[0].mesh) == (("thin hair",), "Hair")


def test_the_same_rows_give_the_same_version_and_other_rows_another() -> None:
    versions = [
        lay_over(load_lexicon(), Notebook(rows)).version
        for rows in ((HERB,), (HERB,), (build_row("竜骨", (), ("fossil bone",), "", TermRole.INTERVENTION),))
    ]
    assert versions[0] == versions[1] != versions[2]


@pytest.mark.parametrize(
    ("term", "english", "mesh", "code"),
    [
        (" ", ["hair"], "", "term_missing"),
        ("髪" * 101, ["hair"], "", "term_too_long"),
        ("髪", [" "], "", "english_missing"),
        ("髪", ['"hair"'], "", "english_unusable"),
        ("髪", ["hair*"], "", "english_unusable"),
        ("髪", ["髪の毛"], "", "english_unusable"),
        ("髪", ["hair"], "Hair[Mesh]", "english_unusable"),
    ],
)
def test_what_cannot_stand_in_a_query_is_refused(term: str, english: list[str], mesh: str, code: str) -> None:
    with pytest.raises(LexiconError) as refusal:
        build_row(term, (), english, mesh, TermRole.CONDITION)
    assert refusal.value.code == code


def test_spellings_that_are_read_alike_have_one_key() -> None:
    assert fold_term(" ＨＩＦ−１α ") == fold_term("hif-1α")


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_row_that_is_accepted_makes_valid_queries(english: str, mesh: str) -> None:
    try:
        row = build_row("竜骨牡蠣湯", (), (english,), mesh, TermRole.INTERVENTION)
    except LexiconError:
        return
    small = type(load_lexicon())([row])
    for query in build_plan("竜骨牡蠣湯", "", "", Language.JA, small).ladder:
        parse_query(query.text)
