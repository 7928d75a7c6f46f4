"""What no row spells as it stands: turned phrases, endings, runs of katakana, compounds taken apart."""

from __future__ import annotations

import re

import pytest

from claims.lexicon.english_words import is_everyday, read_ending
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.tables import TermRole, load_endings
from claims.lexicon.terms import FoundBy
from claims.records.article import Language
from claims.records.retrieval import SearchPlan
from claims.search.naming import gives_unnamed
from claims.search.query import build_plan


def mesh_of(text: str) -> list[str]:
    language = Language.EN if text.isascii() else Language.JA
    return [term.mesh for term in load_lexicon().find_terms(text, language)[0]]


def plan(text: str, heading: str = "") -> SearchPlan:
    language = Language.EN if text.isascii() else Language.JA
    return build_plan(text, "", heading, language, load_lexicon())


def required_in(search: SearchPlan) -> list[str]:
    return [concept.english[0] for concept in search.concepts if concept.required]


@pytest.mark.parametrize(
    ("text", "mesh"),
    [
        ("osteoarthritis of the knee", "Osteoarthritis, Knee"),
        ("cancer of the bowel", "Colorectal Neoplasms"),
        ("it damages the kidneys", "Renal Insufficiency, Chronic"),
        ("an inflamed liver", "Hepatitis"),
        ("people allergic to nuts", "Nut Hypersensitivity"),
        ("creams that thin the skin", "Atrophy"),
        ("they stain your teeth", "Tooth Discoloration"),
        ("it leaves you short of vitamin D", "Vitamin D Deficiency"),
        ("people who lose their hair", "Alopecia"),
        ("after they broke a hip", "Hip Fractures"),
        ("your gums bleed", "Gingival Hemorrhage"),
        ("a spray that dries out the mouth", "Xerostomia"),
        ("strips can leave your teeth sensitive", "Dentin Sensitivity"),
        ("it can turn the skin yellow", "Jaundice"),
        ("drops that numb the fingers", "Paresthesia"),
        ("it inflames the lining of the stomach", "Gastritis"),
        ("if blood pressure is too high", "Hypertension"),
        ("tablets that make joints ache", "Arthralgia"),
        ("セント・ジョーンズ・ワートとピル", "Hypericum"),
        ("it is hard on the kidneys", "Renal Insufficiency, Chronic"),
        ("capsules that injured the liver", "Chemical and Drug Induced Liver Injury"),
    ],
)
def test_a_thing_and_its_place_are_read_the_other_way_round(text: str, mesh: str) -> None:
    assert mesh in mesh_of(text)


@pytest.mark.parametrize(
    "text", ["one in the morning", "a lack of time in the office", "proof of the pudding"]
)
def test_two_words_that_no_row_has_are_not_put_together(text: str) -> None:
    assert [term for term in load_lexicon().find_terms(text, Language.EN)[0] if term.mesh] == []


@pytest.mark.parametrize(
    ("text", "mesh"),
    [
        ("harm to a baby's bond", "Congenital Abnormalities"),
        ("stress fractures in the foot", "Foot Injuries"),
    ],
)
def test_what_is_turned_does_not_reach_into_what_stands_as_written(text: str, mesh: str) -> None:
    assert mesh not in mesh_of(text)


def test_a_phrase_as_written_goes_before_one_turned_that_begins_within() -> None:
    assert "Fractures, Stress" in mesh_of("Thin soles bring on stress fractures in the foot")


def test_a_plural_that_is_a_name_gives_its_adjective_none() -> None:
    assert "Anti-Inflammatory Agents, Non-Steroidal" in mesh_of("They take anti-inflammatories daily")
    assert "Anti-Inflammatory Agents, Non-Steroidal" not in mesh_of("an anti-inflammatory pathway")


def test_nothing_has_its_place_in_a_substance() -> None:
    assert [mesh for mesh in mesh_of("Keep the tooth in milk") if mesh] == ["Tooth", "Milk"]


@pytest.mark.parametrize(
    ("text", "mesh"),
    [
        ("it stings the gums", ["Gingiva"]),
        ("a pad for the desk", []),
        ("STING in PAD", ["Peripheral Arterial Disease"]),
    ],
)
def test_an_abbreviation_is_not_read_where_the_word_is_written_small(text: str, mesh: list[str]) -> None:
    assert [found for found in mesh_of(text) if found] == mesh


@pytest.mark.parametrize(
    ("text", "mesh"),
    [
        ("she got better", "Aspartate Aminotransferases"),
        ("they regain their strength", "Minoxidil"),
        ("a poet on holiday", "Positron-Emission Tomography"),
        ("a summer camp", "Cyclic AMP"),
    ],
)
def test_a_word_of_everybody_is_no_abbreviation_and_no_brand_like_it(text: str, mesh: str) -> None:
    assert mesh not in mesh_of(text)


def test_the_brand_itself_is_read() -> None:
    assert "Minoxidil" in mesh_of("Regaine foam")


def test_a_diet_within_a_compound_is_asked_for_once() -> None:
    assert [c.english[0] for c in plan("A low-FODMAP plan eases bloating.").concepts][:2] == [
        "FODMAP",
        "bloating",
    ]


def test_a_typographic_apostrophe_is_one() -> None:
    found, unmapped = load_lexicon().find_terms("Crohn’s disease in Bell’s palsy", Language.EN)
    assert [term.mesh for term in found] == ["Crohn Disease", "Bell Palsy"]
    assert unmapped == ()


@pytest.mark.parametrize("text", ["over-70s", "on day-5", "a stage-3 find", "under-16s"])
def test_a_count_of_days_or_years_is_no_name(text: str) -> None:
    found, _ = load_lexicon().find_terms(f"It is for {text}", Language.EN)
    assert [term.source for term in found if term.found_by is FoundBy.PASSED_THROUGH] == []


def test_a_longer_phrase_that_begins_within_another_wins() -> None:
    found = mesh_of("Taking blood pressure tablets late")
    assert "Antihypertensive Agents" in found
    assert "Phlebotomy" not in found


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("tildrakizumab", TermRole.INTERVENTION),
        ("sacroiliitis", TermRole.CONDITION),
        ("polyserositides", None),
        ("misdiagnosis", None),
        ("diplomas", None),
    ],
)
def test_a_word_that_no_row_has_is_known_by_its_ending(word: str, role: TermRole | None) -> None:
    assert read_ending(word) is role


def test_a_word_known_by_its_ending_is_required_and_a_mere_word_is_not() -> None:
    found, unmapped = load_lexicon().find_terms("Zzybrekimab calms sacroiliitis in wobblers", Language.EN)
    by_ending = {term.source: term.role for term in found if term.found_by is FoundBy.PASSED_THROUGH}
    assert by_ending["Zzybrekimab"] is TermRole.INTERVENTION
    assert "wobblers" not in by_ending
    assert "wobblers" in unmapped


def test_no_everyday_word_has_an_ending_of_the_list() -> None:
    assert all(re.fullmatch("[a-z]{3,}", ending) for ending in load_endings())
    everyday = ("sympathy", "photography", "analysis", "telephone", "provide", "intercept")
    assert [word for word in everyday if read_ending(word) is not None] == []
    assert is_everyday("because")


@pytest.mark.parametrize(
    ("text", "mesh"),
    [
        ("アダパレンゲルで減る", "Adapalene"),
        ("ミノキシジルローションを塗る", "Minoxidil"),
        ("大腿骨頭が壊死する", "Femur Head Necrosis"),
        ("爪の水虫", "Onychomycosis"),
        ("髪が減る前の大腸のがん", "Colorectal Neoplasms"),
    ],
)
def test_japanese_compounds_are_taken_apart_and_put_together(text: str, mesh: str) -> None:
    assert mesh in mesh_of(text)


def test_a_katakana_word_is_not_cut_where_one_half_is_unknown() -> None:
    assert "Gels" not in mesh_of("ハンゲルという文字")


def test_treatments_between_which_there_is_no_difference_are_compared() -> None:
    told = required_in(plan("肩腱板断裂では、手術とリハビリの成績に差がない。"))
    assert {"surgery", "rehabilitation"} <= set(told)


def test_what_is_measured_comes_from_the_heading_where_a_treatment_stands_alone() -> None:
    told = required_in(plan("Slow breathing for ten minutes a day helps.", heading="Blood pressure"))
    assert "blood pressure" in told


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Vitiligo often begins before the age of twenty.", "age of onset"),
        ("Frozen shoulder usually thaws by itself.", "duration"),
        ("One man in two has hair loss.", "prevalence"),
    ],
)
def test_when_a_disease_begins_how_long_it_lasts_and_how_common_it_is_are_asked_for(
    text: str, asked: str
) -> None:
    assert asked in required_in(plan(text))


@pytest.mark.parametrize(
    ("text", "heading", "required"),
    [
        ("It can trigger bleeding in people who take warfarin.", "Ginkgo", "ginkgo"),
        ("The patch works as well as tablets.", "Rotigotine", "rotigotine"),
        ("The belt tones the tummy without sit-ups.", "Electrical muscle stimulation", "electric"),
        ("Taking the tablets with orange juice helps you absorb the mineral.", "Iron supplements", "iron"),
        ("The shot is less effective in people over 75.", "Flu vaccination", "influenza"),
    ],
)
def test_what_it_or_the_patch_is_stands_in_the_heading(text: str, heading: str, required: str) -> None:
    search = plan(text, heading)
    assert any(word.lower().startswith(required) for word in required_in(search))
    assert not {"transdermal patch", "minerals", "vaccination"} & set(required_in(search))


def test_it_of_a_set_phrase_takes_nothing_from_the_heading() -> None:
    assert gives_unnamed([], "It may raise blood pressure.", Language.EN)
    assert not gives_unnamed([], "It is important to treat asthma early.", Language.EN)


def test_what_something_is_taken_in_is_asked_for_last() -> None:
    required = required_in(plan("Probiotic yoghurts prevent diarrhea from antibiotics."))
    assert "yogurt" not in " ".join(required)


def test_who_is_treated_leaves_room_for_where_it_acts() -> None:
    assert "hips" in required_in(plan("Swaddling a baby too tightly can harm the hips."))
