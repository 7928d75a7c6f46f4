"""A hedge is not a negation, and a denial of harm is an assertion."""

from __future__ import annotations

import pytest

from claims.extraction.certainty import find_certainty
from claims.records.article import Language
from claims.records.claim import Certainty, ClaimType

EFFICACY, SAFETY, RULE = ClaimType.EFFICACY, ClaimType.SAFETY, ClaimType.REGULATORY
CASES = [
    ("この薬は薄毛に効くかもしれません。", EFFICACY, Certainty.HEDGED, "かもしれません"),
    ("発毛効果があるとされています。", EFFICACY, Certainty.HEDGED, "とされています"),
    ("炎症が減ることが報告されています。", EFFICACY, Certainty.HEDGED, "報告されています"),
    ("改善が期待できます。", EFFICACY, Certainty.HEDGED, "期待できます"),
    ("発毛への効果は確認されていません。", EFFICACY, Certainty.NEGATED, ""),
    ("人で体重が落ちるというデータはない。", EFFICACY, Certainty.NEGATED, ""),
    ("風邪に抗生物質は効きません。", EFFICACY, Certainty.NEGATED, ""),
    ("副作用はありません。", SAFETY, Certainty.ASSERTED, ""),
    ("妊娠中の方は使用できません。", SAFETY, Certainty.ASSERTED, ""),
    ("保険は使えません。", RULE, Certainty.ASSERTED, ""),
    ("血圧だけでなく血糖も下げます。", EFFICACY, Certainty.ASSERTED, ""),
    ("必ずしも全員に効くわけではありません。", EFFICACY, Certainty.ASSERTED, ""),
]
ENGLISH = [
    ("It may improve sleep.", EFFICACY, Certainty.HEDGED),
    ("It was no better than placebo.", EFFICACY, Certainty.NEGATED),
    ("The cream won't remove deep wrinkles.", EFFICACY, Certainty.NEGATED),
    ("It does not cause drowsiness.", SAFETY, Certainty.ASSERTED),
    ("It helps not only men but also women.", EFFICACY, Certainty.ASSERTED),
]


@pytest.mark.parametrize(("text", "kind", "certainty", "hedge"), CASES)
def test_japanese_sentences(text: str, kind: ClaimType, certainty: Certainty, hedge: str) -> None:
    found, words = find_certainty(text, kind, Language.JA)
    assert found is certainty
    assert hedge in words


@pytest.mark.parametrize(("text", "kind", "certainty"), ENGLISH)
def test_english_sentences(text: str, kind: ClaimType, certainty: Certainty) -> None:
    assert find_certainty(text, kind, Language.EN)[0] is certainty
