"""A claim with several studies: what animals and cells may carry, and whose level of a study counts."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement, permutations, product

import pytest

from claims.errors import RuleRefused
from claims.records.assessment import CitationJudgement, LevelOverride, SupportGrade
from claims.records.claim import ClaimType
from claims.records.flag import FlagReason
from claims.records.study import Species
from reviewer.rules.dossier import Dossier
from reviewer.rules.grades import check_grade
from reviewer.workflow.overriding import override_level
from tests.factories import make_citation, make_finding, make_judgement, make_moment, make_pmid
from tests.workflow.articles import find_reasons
from tests.workflow.clinic import TWO_REVIEWERS, A, B, Clinic
from tests.workflow.test_rules_of_grading import a_dossier, refusal

SUPPORTING, UNRELATED = CitationJudgement.SUPPORTING, CitationJudgement.NOT_RELEVANT
LABORATORY = (Species.ANIMAL, Species.IN_VITRO)
WITH_PEOPLE = (Species.HUMAN, Species.MIXED)


def a_dossier_of(*studies: Species, judgements: tuple[CitationJudgement, ...] = ()) -> Dossier:
    """A dossier of one study in each of these, all judged supporting unless said otherwise."""
    judged = judgements or (SUPPORTING,) * len(studies)
    numbers = range(1, len(studies) + 1)
    return replace(
        a_dossier(),
        findings=tuple(make_finding(n, rank=n, species=s) for n, s in zip(numbers, studies, strict=True)),
        citations={make_pmid(n): make_citation(n) for n in numbers},
        judgements=tuple(make_judgement(n, j) for n, j in zip(numbers, judged, strict=True)),
    )


def is_refused(dossier: Dossier, grade: SupportGrade = SupportGrade.SUPPORTED) -> bool:
    try:
        check_grade(dossier, grade, "")
    except RuleRefused as refused:
        return refused.code == "supported_on_preclinical_alone"
    return False


@pytest.mark.parametrize("studies", [*product(LABORATORY, repeat=2), *product(LABORATORY, repeat=3)])
def test_however_many_studies_without_people_do_not_support_a_clinical_claim(
    studies: tuple[Species, ...],
) -> None:
    dossier = a_dossier_of(*studies)
    assert refusal(dossier, SupportGrade.SUPPORTED) == "supported_on_preclinical_alone"
    assert FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM in find_reasons(dossier)


@pytest.mark.parametrize("people", WITH_PEOPLE)
@pytest.mark.parametrize("others", [*product(LABORATORY), *combinations_with_replacement(LABORATORY, 2)])
def test_one_study_with_people_among_others_supports_it(people: Species, others: tuple[Species, ...]) -> None:
    for studies in permutations((people, *others)):
        dossier = a_dossier_of(*studies)
        assert not is_refused(dossier)
        assert FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM not in find_reasons(dossier)


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    "judgement", [judgement for judgement in CitationJudgement if judgement is not SUPPORTING]
)
def test_a_study_with_people_that_was_not_judged_to_support_the_claim_lends_animals_nothing(
    place: int, judgement: CitationJudgement
) -> None:
    studies, judgements = [Species.ANIMAL], [SUPPORTING]
    studies.insert(place, Species.HUMAN)
    judgements.insert(place, judgement)
    dossier = a_dossier_of(*studies, judgements=tuple(judgements))
    assert is_refused(dossier)
    flagged = FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM in find_reasons(dossier)
    assert flagged is (judgement is UNRELATED)


@pytest.mark.parametrize("place", [0, 1])
def test_an_animal_study_judged_to_be_beside_the_point_takes_nothing_from_a_human_one(place: int) -> None:
    studies, judgements = [Species.HUMAN], [SUPPORTING]
    studies.insert(place, Species.ANIMAL)
    judgements.insert(place, UNRELATED)
    assert not is_refused(a_dossier_of(*studies, judgements=tuple(judgements)))


OF_PEOPLE = [
    "成長因子は薄毛に悩む方の毛乳頭細胞を活性化する。",
    "糖尿病の患者では終末糖化産物が増える。",
    "この刺激は頭皮の血管を広げる。",
    "コラーゲンの合成が高まり、膝の軟骨が厚くなる。",
    "In patients, the peptide activates hair follicle stem cells.",
    "The light opens the vessels of your scalp.",
    "Women make less of the enzyme.",
]
OF_CELLS = [
    "乳酸はヒストンを修飾する。",
    "低酸素は解糖系を活性化する。",
    "マウスの頭皮では毛包幹細胞が増える。",
    "培養した患者の線維芽細胞でコラーゲンが増える。",
    "炎症に関わるサイトカインは核内因子を介して働く。",
    "Lactate modifies histones.",
    "In mice with hair loss, the peptide activates stem cells.",
]


def told_as_mechanism(text: str) -> Dossier:
    dossier = a_dossier_of(*LABORATORY)
    claim = replace(dossier.claim.claim, text=text, type=ClaimType.MECHANISM)
    return replace(dossier, claim=replace(dossier.claim, claim=claim))


@pytest.mark.parametrize("texts", [OF_PEOPLE, OF_CELLS], ids=["people", "cells"])
def test_a_mechanism_needs_people_where_its_words_tell_of_people(texts: list[str]) -> None:
    dossiers = [told_as_mechanism(text) for text in texts]
    flag = FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM
    of_people = texts is OF_PEOPLE
    assert [d.claim.claim.text for d in dossiers if (flag in find_reasons(d)) is not of_people] == []
    assert [d.claim.claim.text for d in dossiers if is_refused(d) is not of_people] == []


@pytest.mark.parametrize("claim_type", list(ClaimType))
def test_only_a_clinical_claim_needs_people(claim_type: ClaimType) -> None:
    dossier = a_dossier_of(*LABORATORY)
    claim = replace(dossier.claim.claim, type=claim_type)
    dossier = replace(dossier, claim=replace(dossier.claim, claim=claim))
    assert is_refused(dossier) is claim_type.is_clinical
    assert not is_refused(dossier, SupportGrade.PARTIALLY_SUPPORTED)


def test_of_several_levels_that_people_gave_a_citation_the_last_counts() -> None:
    said = ((1, "a", 4), (2, "a", 5), (1, "b", 3), (1, "a", 1), (2, "b", 2))
    levels = tuple(
        LevelOverride(make_pmid(number), level, "理由", who, make_moment(at))
        for at, (number, who, level) in enumerate(said)
    )
    for stop, expected in ((1, (4, 2)), (2, (4, 5)), (3, (3, 5)), (4, (1, 5)), (5, (1, 2))):
        dossier = replace(a_dossier_of(Species.HUMAN, Species.HUMAN), levels=levels[:stop])
        assert tuple(map(dossier.level_of, dossier.findings)) == expected


def test_who_changes_a_level_sees_the_new_one_and_a_blind_reviewer_the_own(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    for who, level in ((A, 4), (B, 5), (A, 3), (B, 1), (A, 2)):
        with clinic.open_work() as work:
            override_level(work, clinic.claim_ids[0], make_pmid(1), level, "理由", who, clinic.now())
        dossier = clinic.see(who)
        assert dossier.level_of(dossier.findings[0]) == level
    seen = {who.name: clinic.see(who) for who in (A, B)}
    assert {name: d.level_of(d.findings[0]) for name, d in seen.items()} == {"a": 2, "b": 1}
