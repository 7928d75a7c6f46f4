"""What something is compared with is a condition of its own, however the claim says so."""

from __future__ import annotations

import pytest

from claims.lexicon.lexicon import load_lexicon
from claims.records.article import Language
from claims.records.retrieval import Concept, PicoSlot
from claims.search.concepts import find_concepts

LEXICON = load_lexicon()


def read(text: str) -> list[Concept]:
    language = Language.EN if text.isascii() else Language.JA
    return find_concepts(text, "", [], language, LEXICON)[0]


def compared_in(text: str) -> list[str]:
    return [concept.english[0] for concept in read(text) if concept.slot is PicoSlot.COMPARATOR]


def required_in(text: str) -> list[str]:
    return [concept.english[0] for concept in read(text) if concept.required]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("デュピルマブはシクロスポリンに対して優れる。", "cyclosporine"),
        ("アピキサバンはワルファリンに対し非劣性であった。", "warfarin"),
        ("ベルベリンの効果はメトホルミンに匹敵する。", "metformin"),
        ("ベルベリンはメトホルミンと同程度に血糖を下げる。", "metformin"),
        ("アダパレンは過酸化ベンゾイルほど刺激が強くない。", "benzoyl peroxide"),
        ("ルミガンはチモロール以上に眼圧を下げます。", "timolol"),
        ("Semaglutide is superior to liraglutide for weight loss.", "liraglutide"),
        ("Apixaban is non-inferior to warfarin in atrial fibrillation.", "warfarin"),
        ("In comparison to warfarin, apixaban causes less bleeding.", "warfarin"),
        ("Berberine is as effective as metformin at lowering blood sugar.", "metformin"),
        ("Berberine is comparable to metformin for blood sugar.", "metformin"),
        ("Tirzepatide outperformed semaglutide for weight loss.", "semaglutide"),
        ("Against metformin, berberine lowered HbA1c as much.", "metformin"),
        ("Exercise rivals antidepressants for mild depression.", "antidepressants"),
        ("Laser is inferior to surgery for varicose veins.", "surgery"),
    ],
)
def test_whatever_word_compares_has_its_comparator(text: str, comparator: str) -> None:
    assert compared_in(text) == [comparator]
    assert comparator in required_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "インスリンに比べて、GLP-1受容体作動薬は体重が減ります。",
        "従来のインスリンと比較すると、夜間の低血糖が少ない。",
    ],
)
def test_a_substance_of_the_body_that_something_is_set_against_is_given(text: str) -> None:
    assert compared_in(text) == ["insulin"]


def test_from_what_something_comes_is_no_comparison() -> None:
    assert compared_in("ミノキシジルは毛包より分泌される因子を増やす。") == []
    assert compared_in("Insulin works as long as metformin is taken.") == []


def test_the_setting_of_a_comparison_gives_way_to_what_is_compared() -> None:
    required = required_in("白内障手術では、多焦点レンズは単焦点レンズに比しハローが多い。")
    assert "cataract extraction" not in required
    assert {"multifocal intraocular lenses", "intraocular lens"} <= set(required)


def test_eye_drops_that_something_is_compared_with_are_asked_for() -> None:
    text = "緑内障では、線維柱帯形成術は点眼薬と比較して眼圧のコントロールに劣りません。"
    assert {"selective laser trabeculoplasty", "eye drops", "glaucoma"} <= set(required_in(text))
