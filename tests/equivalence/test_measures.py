"""Measures of two claims agree where they are one amount, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.equivalence.measures import MeasureKind, part_measures, read_measures
from claims.records.article import Language

EQUAL = [
    ("2,000mg", "2ｇ", Language.JA),
    ("12週続ける", "3か月続ける", Language.JA),
    ("6週間", "1か月半", Language.JA),
    ("90％の人", "9割の人", Language.JA),
    ("半年後", "６ヶ月後", Language.JA),
    ("半分になる", "50%になる", Language.JA),
    ("3人に1人", "33%", Language.JA),
    ("週1回", "毎週", Language.JA),
    ("2年に1回", "2年ごとに", Language.JA),
    ("1日6g未満", "日に6グラムより少なく", Language.JA),
    ("三年以上", "最低でも3年間", Language.JA),
    ("15分から20分", "15〜20分", Language.JA),
    ("72 hours", "three days", Language.EN),
    ("halves the risk", "lowers it by 50%", Language.EN),
    ("a fifth", "20 percent", Language.EN),
    ("4 g", "4,000 mg", Language.EN),
    ("once weekly", "every week", Language.EN),
    ("adults over 50", "the over-50s", Language.EN),
    ("nine in ten", "90%", Language.EN),
]
OTHER = [
    ("10mg", "40mg", Language.JA, MeasureKind.DOSE),
    ("1億個", "1千万個", Language.JA, MeasureKind.DOSE),
    ("60歳未満", "60歳以上", Language.JA, MeasureKind.POPULATION),
    ("3か月", "1年", Language.JA, MeasureKind.DURATION),
    ("37%減る", "73%減る", Language.JA, MeasureKind.QUANTITY),
    ("1日2回", "1日3回", Language.JA, MeasureKind.DOSE),
    ("for six weeks", "for one year", Language.EN, MeasureKind.DURATION),
    ("5 mg", "15 mg", Language.EN, MeasureKind.DOSE),
    ("one dose", "two doses", Language.EN, MeasureKind.DOSE),
]


@pytest.mark.parametrize(("one", "other", "language"), EQUAL)
def test_one_amount_agrees_in_whatever_way_it_is_written(one: str, other: str, language: Language) -> None:
    some, others = read_measures(one, language)[0], read_measures(other, language)[0]
    assert some
    assert part_measures(some, others) == ([], [])


@pytest.mark.parametrize(("one", "other", "language", "kind"), OTHER)
def test_another_amount_stands_alone_on_both_sides(
    one: str, other: str, language: Language, kind: MeasureKind
) -> None:
    lone, left = part_measures(read_measures(one, language)[0], read_measures(other, language)[0])
    assert [measure.kind for measure in (*lone, *left)] == [kind, kind]


def test_once_a_day_may_be_left_out_and_twice_may_not() -> None:
    once, twice = (read_measures(text, Language.JA)[0] for text in ("毎日飲む", "1日2回飲む"))
    assert part_measures(once, ()) == ([], [])
    assert part_measures(twice, ()) == (list(twice), [])


@given(st.text(max_size=80), st.sampled_from(list(Language)))
def test_any_text_can_be_read_and_agrees_with_itself(text: str, language: Language) -> None:
    measures, _ = read_measures(text, language)
    assert part_measures(measures, measures) == ([], [])
