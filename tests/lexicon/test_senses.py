"""A word of two meanings is read by what stands nearest to it."""

from __future__ import annotations

import pytest

from claims.lexicon.lexicon import load_lexicon
from claims.records.article import Language


def read(text: str, word: str, language: Language = Language.JA) -> str:
    """The best English of the term that begins with the word; "" where the word names nothing."""
    found, _ = load_lexicon().find_terms(text, language)
    return next((term.english[0] for term in found if term.source.lower().startswith(word)), "")


@pytest.mark.parametrize(
    "text",
    [
        "ステロイドを急に減量すると、症状が悪化します。",
        "プレドニゾロンは2mgずつ減量します。",
        "SSRIの量を減量するときは、めまいが出ます。",
        "降圧薬の減量につながります。",
        "肥満の人でも、降圧薬の減量には注意が必要です。",
    ],
)
def test_less_of_a_drug_is_no_weight_loss(text: str) -> None:
    assert read(text, "減量") == "drug tapering"


@pytest.mark.parametrize(
    "text",
    [
        "5%の減量で膝の痛みが軽くなります。",
        "肥満の人が減量すると、降圧薬が要らなくなることがあります。",
        "運動を続けて減量すると血圧が下がります。",
        "インスリンを使わずに減量できます。",
        "GLP-1受容体作動薬の減量効果は大きい。",
    ],
)
def test_less_weight_is_no_tapering(text: str) -> None:
    assert read(text, "減量") == "weight loss"


@pytest.mark.parametrize(
    ("word", "text", "english"),
    [
        ("移植", "薄毛には自毛の移植が行われます。", "hair transplantation"),
        ("移植", "胚を子宮に移植します。", "embryo transfer"),
        ("耐性", "ピロリ菌の耐性が増えている。", "drug resistance, microbial"),
        ("耐性", "睡眠薬は耐性がつきやすい。", "drug tolerance"),
        ("沈着", "メラニンが沈着してシミになる。", "hyperpigmentation"),
        ("沈着", "尿酸が関節に沈着すると痛風になる。", "urate crystal deposition"),
        ("定着", "善玉菌が腸に定着する。", "bacterial colonization"),
        ("定着", "注入した脂肪の定着率は6割です。", "fat graft survival"),
        ("吸収", "紫外線を吸収する成分です。", "light absorption"),
        ("吸収", "鉄はビタミンCで吸収がよくなる。", "absorption"),
        ("刺激", "香料の刺激でかゆみが出ます。", "skin irritation"),
        ("刺激", "毛根を刺激すると発毛が促されます。", "stimulation"),
        ("代謝", "代謝が上がり痩せやすい。", "basal metabolism"),
        ("代謝", "アルコールは肝臓で代謝される。", "metabolism"),
    ],
)
def test_the_nearest_neighbour_tells_the_sense(word: str, text: str, english: str) -> None:
    assert read(text, word) == english


def test_of_two_neighbours_the_nearer_one_counts() -> None:
    near_sugar = "菌の話のあとに、ブドウ糖への糖負荷で分かる耐性を説明する。"
    assert read(near_sugar, "耐性") == "glucose intolerance"
    assert (
        read("糖負荷の話のあとに、抗生物質の効かない菌の耐性を説明する。", "耐性")
        == "drug resistance, microbial"
    )


@pytest.mark.parametrize(
    ("word", "text", "english"),
    [
        ("discharge", "White discharge is a sign of thrush.", "vaginal discharge"),
        ("discharge", "Discharge after cataract surgery is a warning.", "eye discharge"),
        ("discharge", "After discharge from hospital patients relapse.", "patient discharge"),
        ("culture", "A urine culture finds the cause.", "bacterial culture"),
        ("culture", "In Japanese culture tea is common.", ""),
        ("resistance", "Bacteria build resistance to amoxicillin.", "drug resistance, microbial"),
        ("tolerance", "Tolerance to opioids develops within weeks.", "drug tolerance"),
        ("radiation", "Radiation to the breast lowers recurrence.", "radiotherapy"),
        ("plaque", "Plaque psoriasis responds to biologics.", "plaque psoriasis"),
        ("weaning", "Weaning off opioids takes months.", "drug tapering"),
        ("weaning", "Weaning babies onto peanuts prevents allergy.", "weaning"),
        ("peel", "Apple peel contains fibre.", ""),
    ],
)
def test_english_words_of_two_meanings(word: str, text: str, english: str) -> None:
    assert read(text, word, Language.EN) == english
