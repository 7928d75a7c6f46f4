"""What a sentence of a page leaves to its heading: the treatment whose harm, course or users it tells of."""

from __future__ import annotations

import pytest

from claims.articles.language import guess_language
from claims.lexicon.lexicon import load_lexicon
from claims.records.retrieval import SearchPlan
from claims.search.query import build_plan


def plan(text: str, heading: str, theme: str = "") -> SearchPlan:
    return build_plan(text, theme, heading, guess_language(text), load_lexicon())


def required_in(search: SearchPlan) -> set[str]:
    return {concept.english[0] for concept in search.concepts if concept.required}


TOLD_OF_A_TREATMENT = [
    ("Bruising usually fades within a week.", "Lip fillers", {"bruising", "lip fillers"}),
    ("Side effects include bruising and swelling.", "Lip fillers", {"bruising", "lip fillers"}),
    ("Nerve injury is rare.", "Facelift", {"nerve injury", "facelift"}),
    ("Peeling and redness settle within a few days.", "Chemical peels", {"chemical peels"}),
    ("Success rates fall after the age of 38.", "IVF", {"success rates", "IVF", "age"}),
    ("内出血は1〜2週間で消えます。", "ヒアルロン酸注入", {"ecchymosis", "hyaluronic acid filler"}),
    ("まれに皮膚壊死や失明が起こります。", "ヒアルロン酸注入", {"blindness", "hyaluronic acid filler"}),
    ("性欲減退や勃起不全が1〜2%にみられます。", "フィナステリド", {"decreased libido", "finasteride"}),
    ("副作用として、頭痛や吐き気があります。", "バイアグラ", {"headache", "sildenafil citrate"}),
    ("約8割の方に症状の改善がみられます。", "舌下免疫療法", {"sublingual immunotherapy"}),
    (
        "糖尿病の方は傷の治りが遅れます。",
        "インプラント治療",
        {"diabetes mellitus", "dental implant treatment"},
    ),
]


@pytest.mark.parametrize(("text", "heading", "needed"), TOLD_OF_A_TREATMENT)
def test_what_is_told_of_a_treatment_as_such_is_told_of_that_of_the_page(
    text: str, heading: str, needed: set[str]
) -> None:
    assert needed <= required_in(plan(text, heading))


@pytest.mark.parametrize(
    ("text", "heading", "other"),
    [
        ("Osteoarthritis starts after the age of 50.", "PRP injections", "platelet-rich plasma"),
        ("日本人の成人の8割が歯周病にかかっています。", "歯のクリーニング", "dental prophylaxis"),
        ("Minoxidil causes shedding as a side effect.", "Finasteride", "finasteride"),
    ],
)
def test_what_is_told_of_a_disease_or_of_another_treatment_is_not(
    text: str, heading: str, other: str
) -> None:
    assert not any(concept.inherited for concept in plan(text, heading).concepts if concept.required)
    assert other not in required_in(plan(text, heading))


def test_whom_something_is_not_given_to_stays_beside_what_the_heading_names() -> None:
    assert required_in(plan("妊娠中の方は使用できません。", "レチノール")) == {"retinol", "during pregnancy"}
    assert "lactating women" in required_in(plan("授乳中は使用を控えてください。", "イソトレチノイン"))


def test_what_is_kept_away_from_a_treatment_is_asked_for_with_it() -> None:
    assert required_in(plan("Alcohol should be avoided for 48 hours.", "Metronidazole")) == {
        "alcohol",
        "metronidazole",
    }


def test_the_treatment_of_a_disease_stands_for_the_disease_where_the_claim_names_nothing() -> None:
    assert required_in(plan("効果が出るまでに3〜6か月かかります。", "AGA治療")) == {"androgenetic alopecia"}


def test_the_disease_of_the_page_goes_before_a_complaint_where_two_treatments_are_compared() -> None:
    search = plan("鎮痛効果はアセトアミノフェンよりイブプロフェンのほうが高い。", "月経困難症")
    assert {"acetaminophen", "ibuprofen", "dysmenorrhea"} == required_in(search)


@pytest.mark.parametrize(
    ("text", "heading", "needed"),
    [
        ("発疹や水ぶくれは胸から背中に帯状に現れます。", "帯状疱疹", "herpes zoster"),
        ("Persistent pain can last for up to three years.", "Frozen shoulder", "frozen shoulder"),
        ("放置すると心筋梗塞や脳梗塞を起こします。", "高血圧", "hypertension"),
        ("It starts with inflammation of the tendon.", "Tennis elbow", "tennis elbow"),
    ],
)
def test_what_a_page_on_a_disease_says_is_told_of_that_disease(text: str, heading: str, needed: str) -> None:
    assert needed in required_in(plan(text, heading))


def test_a_second_name_in_brackets_is_not_asked_for_beside_the_first() -> None:
    assert "tenosynovitis" not in required_in(plan("痛みは1週間で改善します。", "ばね指(手指屈筋腱腱鞘炎)"))


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("糖尿病と歯周病の関連が報告されています。", "diabetes mellitus", "periodontitis"),
        ("There is a link between asthma and obesity.", "asthma", "obesity"),
    ],
)
def test_how_two_things_go_together_needs_both(text: str, first: str, second: str) -> None:
    search = plan(text, "")
    assert {first, second} <= required_in(search)
    assert not any(concept.alternative for concept in search.concepts)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("手首のサポーターは骨折を防ぐ。", "wrist"),
        ("Taping prevents sprains of the thumb.", "thumb"),
    ],
)
def test_where_an_injury_of_any_part_is_that_part_is_asked_for(text: str, part: str) -> None:
    assert part in required_in(plan(text, ""))


def test_what_nobody_treats_is_no_concept_of_its_own() -> None:
    assert required_in(plan("Untreated gonorrhea leads to infertility.", "")) == {"gonorrhea", "infertility"}


def test_under_a_heading_that_names_a_disease_alone_it_is_the_disease_that_is_meant() -> None:
    search = plan(
        "This condition occurs when the nerve is irritated by a herniated disc.",
        "Understanding sciatica",
        "How spinal adjustments help",
    )
    assert "sciatica" in {name.lower() for name in required_in(search)}
    assert not any("manipulation" in name for name in required_in(search))
