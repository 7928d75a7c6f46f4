"""What makes two claims the same, near or different, and what is named where they differ."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.equivalence.blocking import list_blocking_keys
from claims.equivalence.comparison import Likeness, Verdict, compare_claims
from claims.equivalence.meanings import COLUMNS, TABLES, Kind
from claims.equivalence.signature import read_signature
from claims.lexicon.lexicon import load_lexicon
from claims.records.article import Language
from claims.text.tables import read_rows
from tests.evaluation.claim_pairs import LabelledPair, read_both, read_pairs

PAIRS = read_pairs()
CLAIM = "フィナステリド1mgは、男性の薄毛を改善する。"


def compare(one: str, other: str, contexts: tuple[str, str] = ("", "")) -> Verdict:
    language = Language.EN if one.isascii() else Language.JA
    lexicon = load_lexicon()
    return compare_claims(
        read_signature(one, contexts[0], language, lexicon),
        read_signature(other, contexts[1], language, lexicon),
    )


@pytest.mark.parametrize(
    "other",
    [
        CLAIM,
        "男性の薄毛は、プロペシア１ｍｇで良くなる。",
        "フィナステリド1mgの服用により、男性の薄毛が改善されます。",
    ],
)
def test_wording_order_width_and_brand_make_no_other_claim(other: str) -> None:
    assert compare(CLAIM, other) == Verdict(Likeness.SAME)


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ("フィナステリド5mgは、男性の薄毛を改善する。", "dose"),
        ("フィナステリド1mgは、女性の薄毛を改善する。", "population"),
        ("デュタステリド1mgは、男性の薄毛を改善する。", "substance"),
        ("フィナステリド1mgは、男性の薄毛を改善する可能性がある。", "hedge"),
        ("フィナステリド1mgは、男性の薄毛を改善しない。", "polarity"),
        ("フィナステリド1mgは、男性の薄毛を悪化させる。", "polarity"),
    ],
)
def test_one_thing_changed_is_near_and_is_named(other: str, differs: str) -> None:
    verdict = compare(CLAIM, other)
    assert verdict.likeness is Likeness.NEAR
    assert differs in verdict.differs


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("Tablets of zinc prevent colds.", "Tablets of zinc cure colds.", "purpose"),
        ("Minoxidil foam regrows hair.", "Minoxidil tablets regrow hair.", "route"),
        ("Retinol smooths wrinkles in cultured skin.", "Retinol smooths wrinkles.", "mechanism"),
        ("Vitamin C shortens colds in athletes.", "Vitamin C shortens colds in everyone.", "scope"),
        ("Melatonin helps for two weeks.", "Melatonin helps for two years.", "duration"),
    ],
)
def test_english_is_told_apart_likewise(one: str, other: str, differs: str) -> None:
    verdict = compare(one, other)
    assert verdict.likeness is Likeness.NEAR
    assert differs in verdict.differs


def test_another_question_about_the_same_product_is_different() -> None:
    verdict = compare("フィナステリドは、薄毛を改善する。", "フィナステリドは、冷蔵庫で保管しない。")
    assert verdict == Verdict(Likeness.DIFFERENT, ("topic",))


@pytest.mark.parametrize(
    ("contexts", "likeness"),
    [
        (("プロペシア", "フィナステリド"), Likeness.SAME),
        (("デュタステリド", "フィナステリド"), Likeness.NEAR),
        (("ミノキシジル外用", "ミノキシジル内服"), Likeness.NEAR),
        (("ミノキシジル1%", "ミノキシジル5%"), Likeness.NEAR),
        (("80歳以上", "60歳代"), Likeness.NEAR),
    ],
)
def test_one_sentence_means_what_its_contexts_name(contexts: tuple[str, str], likeness: Likeness) -> None:
    sentence = "効果が出るまでに半年かかります。"
    assert compare(sentence, sentence, contexts).likeness is likeness


def test_what_a_sentence_leaves_open_is_filled_by_its_context() -> None:
    full = "男性型脱毛症は、フィナステリドで改善する。"
    assert compare("男性型脱毛症が改善する。", full, ("フィナステリド", "")).likeness is Likeness.SAME
    assert compare("男性型脱毛症が改善する。", full).likeness is not Likeness.SAME


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.id)
def test_pairs_that_are_the_same_share_a_key_and_order_does_not_matter(pair: LabelledPair) -> None:
    one, other = read_both(pair)
    likeness = compare_claims(one, other).likeness
    assert compare_claims(other, one).likeness is likeness
    if likeness is Likeness.SAME:
        assert not list_blocking_keys(one).isdisjoint(list_blocking_keys(other))


def test_keys_part_what_has_no_concept_in_common() -> None:
    lexicon = load_lexicon()
    one, other = (
        list_blocking_keys(read_signature(text, "", Language.JA, lexicon))
        for text in ("ミノキシジルは薄毛を改善する。", "ワルファリンは脳梗塞を予防する。")
    )
    assert one.isdisjoint(other)


@given(st.text(max_size=60), st.text(max_size=20), st.sampled_from(list(Language)))
def test_any_claim_is_the_same_as_itself(text: str, context: str, language: Language) -> None:
    claim = read_signature(text, context, language, load_lexicon())
    assert compare_claims(claim, claim).likeness is Likeness.SAME


@pytest.mark.parametrize("language", Language)
def test_each_row_of_the_meanings_is_of_a_known_kind_and_stands_once(language: Language) -> None:
    rows = [tuple(row.values()) for row in read_rows(TABLES / f"meanings_{language.value}.tsv", COLUMNS)]
    assert [row for row in rows if row[0] not in set(Kind)] == []
    assert len(set(rows)) == len(rows)
    for _, _, pattern in rows:
        assert re.compile(pattern).fullmatch("") is None
