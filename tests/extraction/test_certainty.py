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


# A negation that stands on anything but the effect: on the patient, the means, a harm, a condition.
ELSEWHERE = [
    "Shock wave therapy eases heel pain without surgery.",
    "This non-invasive treatment tightens sagging skin.",
    "There is no need for anaesthesia, and the scar fades within weeks.",
    "The gel relieves itching and does not require a prescription.",
    "The hormone signals to the body that it is not thirsty.",
    "Coughing that does not stop after three weeks is a sign of asthma.",
    "Patients who do not respond to tablets improve with injections.",
    "When the pancreas does not make enough insulin, blood sugar rises.",
    "Because the lens is not removed, near vision recovers sooner.",
    "Statins are not suitable for pregnant women.",
    "Unlike creams that do not penetrate, the laser removes deep pigment.",
    "You do not have to fast, and weight falls all the same.",
    "Melatonin is not a sedative.",
    "The balm contains no steroids and calms eczema.",
    "There is no evidence that the pill causes weight gain.",
    "It does not remove scars, but it soothes the skin.",
    "The idea that the needle is painful is a myth.",
    "手術をしないで膝の痛みを和らげます。",
    "切らずに眼瞼下垂を改善します。",
    "副作用がほとんどなく、血圧を下げます。",
    "麻酔の必要がなく、しみが薄くなります。",
    "睡眠中は手足が震えない場合、本態性振戦と診断します。",
    "眠っている間は汗をかきません。",
    "薬が効かない患者さんにも、磁気刺激は有効です。",
    "加齢だけが原因ではなく、喫煙も骨を弱くします。",
    "施術当日は入浴できません。",
    "ビタミンCは体内で作ることができません。",
    "この薬は自己判断で減らしてはいけません。",
    "リスクは下がりますが、ゼロにはなりません。",
    "軟骨は増えませんが、炎症を抑えます。",
    "電磁波が健康に害を与えるという証拠はありません。",
    "効果がないとは言えません。",
    "効かないというのは誤りです。",
]
DENIED = [
    "Copper bracelets do not ease arthritis.",
    "Vitamin C has no effect on the length of a cold.",
    "Evidence is lacking that ear candles remove wax.",
    "Homeopathy has not been shown to treat asthma.",
    "The patch was no more effective than a sham patch.",
    "The idea that seaweed regrows hair is wrong.",
    "It is false that onions cure colds.",
    "The claim that vitamin D prevents flu has been disproved.",
    "Claims that cleanses melt fat are unfounded.",
    "Neither cupping nor massage shortens recovery.",
    "So far, nothing has been shown to reverse grey hair.",
    "Although it does not hurt, the cream does not reduce scars.",
    "It soothes the skin but does not remove scars.",
    "Biotin won't thicken hair unless you are deficient.",
    "Knuckle cracking doesn't cause arthritis.",
    "膝のサポーターは軟骨の減少を防ぎません。",
    "酵素ドリンクで痩せるというのは誤りです。",
    "海藻を食べれば髪が増えるというのは迷信です。",
    "鍼が不妊を改善するとの主張は否定されています。",
    "この薬はインフルエンザには無効です。",
    "イチョウ葉エキスは記憶力を高めなかった。",
    "にんにくが風邪に効くとは言えません。",
    "痛みは取れますが、軟骨は戻りません。",
    "禿げを治す薬は存在しません。",
    "効果があるかどうかは確かめられていない。",
]


def _is_negated(text: str) -> bool:
    language = Language.EN if text.isascii() else Language.JA
    return find_certainty(text, EFFICACY, language)[0] is Certainty.NEGATED


def test_a_negation_that_is_not_on_the_effect_leaves_the_claim_standing() -> None:
    assert [text for text in ELSEWHERE if _is_negated(text)] == []


def test_a_claim_that_the_effect_does_not_occur_or_is_untrue_is_negated() -> None:
    assert [text for text in DENIED if not _is_negated(text)] == []


@pytest.mark.parametrize(
    "verb", ["reduce pain", "cure colds", "improve sleep", "regrow hair", "prevent gout"]
)
def test_the_same_negation_denies_as_the_main_verb_and_not_in_a_clause_beside_it(verb: str) -> None:
    assert _is_negated(f"The cream does not {verb}.")
    assert _is_negated(f"If you sweat, the cream will not {verb}.")
    assert not _is_negated(f"The cream can {verb} in people who do not exercise.")
    assert not _is_negated(f"The cream can {verb} if you do not smoke.")
    assert not _is_negated(f"The cream can {verb} and does not require surgery.")


@pytest.mark.parametrize("effect", ["痛みを抑え", "シワを改善し", "毛を増やし", "血糖を下げ"])
def test_the_same_negation_denies_at_the_end_and_not_in_a_clause_before_it(effect: str) -> None:
    assert _is_negated(f"この薬は{effect}ません。")
    assert not _is_negated(f"運動をしない方でも、この薬は{effect}ます。")
    assert not _is_negated(f"手術をしないで{effect}ます。")
    assert not _is_negated(f"副作用がほとんどなく、{effect}ます。")
