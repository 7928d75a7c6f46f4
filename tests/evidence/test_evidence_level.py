"""OCEBM 2011 by the question that a claim raises, and never more than the record settles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.appraisal.clinical_question import find_evidence_question
from claims.appraisal.level import HOUSE_CONVENTION, judge_level
from claims.extraction.statement import read_statement
from claims.records.article import Language
from claims.records.citation import AbstractSection
from claims.records.claim import ClaimType
from claims.records.study import (
    EvidenceLevel,
    EvidenceQuestion,
    ReadFrom,
    Species,
    StudyDesign,
    StudyProfile,
)
from tests.factories import make_citation, make_claim

TREATMENT, HARM, PROGNOSIS, DIAGNOSIS, PREVALENCE = EvidenceQuestion


def level(
    design: StudyDesign,
    question: EvidenceQuestion | None,
    abstract: str = "",
    species: Species = Species.HUMAN,
) -> EvidenceLevel:
    profile = StudyProfile(design, ReadFrom.INDEXED, species, ReadFrom.INDEXED)
    citation = replace(make_citation(1, title="a study"), abstract=(AbstractSection(abstract),))
    return judge_level(profile, citation, question)


# (design, question, words of the abstract, level, to be confirmed)
TABLE = [
    (StudyDesign.SYSTEMATIC_REVIEW, TREATMENT, "Twelve randomised trials were pooled.", 1, False),
    (StudyDesign.SYSTEMATIC_REVIEW, TREATMENT, "Randomised and observational studies.", None, True),
    (StudyDesign.SYSTEMATIC_REVIEW, TREATMENT, "Twelve studies were pooled.", None, True),
    (StudyDesign.SYSTEMATIC_REVIEW, HARM, "Twelve randomised trials were pooled.", 1, False),
    (StudyDesign.RANDOMISED_TRIAL, TREATMENT, "", 2, False),
    (StudyDesign.RANDOMISED_TRIAL, HARM, "", 2, False),
    (StudyDesign.CONTROLLED_TRIAL, TREATMENT, "", 3, False),
    (StudyDesign.COHORT, TREATMENT, "Users were compared with non-users.", 3, False),
    (StudyDesign.COHORT, TREATMENT, "All patients received the agent.", 4, True),
    (StudyDesign.COHORT, HARM, "All patients received the agent.", 4, True),
    (StudyDesign.CONTROLLED_TRIAL, HARM, "An inception cohort was followed.", 3, False),
    (StudyDesign.CASE_CONTROL, HARM, "", 4, False),
    (StudyDesign.CASE_SERIES, TREATMENT, "", 4, False),
    (StudyDesign.CROSS_SECTIONAL, TREATMENT, "", 4, True),
    (StudyDesign.COHORT, PROGNOSIS, "An inception cohort was followed.", 2, True),
    (StudyDesign.COHORT, PROGNOSIS, "Patients were followed.", 3, False),
    (StudyDesign.RANDOMISED_TRIAL, PROGNOSIS, "", 3, True),
    (StudyDesign.CONTROLLED_TRIAL, PROGNOSIS, "An inception cohort was followed.", 3, True),
    (StudyDesign.CASE_SERIES, PROGNOSIS, "An inception cohort was followed.", 4, False),
    (StudyDesign.CASE_CONTROL, PROGNOSIS, "", 4, False),
    (StudyDesign.CROSS_SECTIONAL, PROGNOSIS, "", None, True),
    (StudyDesign.SYSTEMATIC_REVIEW, PROGNOSIS, "Inception cohorts were reviewed.", 1, True),
    (StudyDesign.SYSTEMATIC_REVIEW, PROGNOSIS, "Twelve studies were pooled.", None, True),
    (StudyDesign.SYSTEMATIC_REVIEW, PROGNOSIS, "All had the reference standard.", None, True),
    (StudyDesign.DIAGNOSTIC, DIAGNOSIS, "Consecutive patients had the reference standard.", 2, True),
    (StudyDesign.DIAGNOSTIC, DIAGNOSIS, "Patients were tested.", 3, True),
    (StudyDesign.DIAGNOSTIC, DIAGNOSIS, "Patients had the reference standard.", 3, True),
    (StudyDesign.DIAGNOSTIC, DIAGNOSIS, "Consecutive patients were tested.", 3, True),
    (StudyDesign.CROSS_SECTIONAL, DIAGNOSIS, "Consecutive patients had the reference standard.", 2, True),
    (StudyDesign.COHORT, DIAGNOSIS, "Consecutive patients had the reference standard.", 3, True),
    (StudyDesign.CASE_CONTROL, DIAGNOSIS, "Consecutive patients had the reference standard.", 4, False),
    (StudyDesign.SYSTEMATIC_REVIEW, DIAGNOSIS, "All had the reference standard.", 1, True),
    (StudyDesign.SYSTEMATIC_REVIEW, DIAGNOSIS, "Inception cohorts were reviewed.", None, True),
    (StudyDesign.CROSS_SECTIONAL, PREVALENCE, "A random sample of residents answered.", 1, True),
    (StudyDesign.CROSS_SECTIONAL, PREVALENCE, "Visitors of one clinic answered.", 3, True),
    (StudyDesign.COHORT, PREVALENCE, "A random sample of residents answered.", 1, True),
    (StudyDesign.COHORT, PREVALENCE, "Visitors of one clinic were followed.", 3, True),
    (StudyDesign.RANDOMISED_TRIAL, PREVALENCE, "A random sample of residents answered.", None, True),
    (StudyDesign.CROSS_SECTIONAL, DIAGNOSIS, "A random sample of residents answered.", 3, True),
    (StudyDesign.CASE_SERIES, PREVALENCE, "", 4, False),
    (StudyDesign.SYSTEMATIC_REVIEW, PREVALENCE, "", 2, True),
    (StudyDesign.UNKNOWN, TREATMENT, "", None, True),
]


@pytest.mark.parametrize(("design", "question", "abstract", "number", "to_confirm"), TABLE)
def test_each_column_of_the_table(
    design: StudyDesign, question: EvidenceQuestion, abstract: str, number: int | None, to_confirm: bool
) -> None:
    judged = level(design, question, abstract)
    assert (judged.level, judged.to_confirm) == (number, to_confirm)


def test_the_words_that_settle_a_level_may_stand_in_the_title() -> None:
    citation = make_citation(1, title="an inception cohort", abstract="Patients were followed.")
    profile = StudyProfile(StudyDesign.COHORT, ReadFrom.INDEXED, Species.HUMAN, ReadFrom.INDEXED)
    assert judge_level(profile, citation, PROGNOSIS) == EvidenceLevel(2, to_confirm=True)


@pytest.mark.parametrize("question", list(EvidenceQuestion))
def test_what_reports_no_study_has_no_level(question: EvidenceQuestion) -> None:
    profile = StudyProfile(StudyDesign.RANDOMISED_TRIAL, ReadFrom.INDEXED, Species.HUMAN, ReadFrom.INDEXED)
    erratum = replace(make_citation(1), title="Correction to: SAMPLE", publication_types=())
    assert judge_level(profile, erratum, question) == EvidenceLevel(None)


def test_laboratory_work_is_five_by_convention_whatever_it_was_done_in() -> None:
    assert level(StudyDesign.LABORATORY, HARM) == EvidenceLevel(5, scheme=HOUSE_CONVENTION)
    assert level(StudyDesign.LABORATORY, PROGNOSIS) == EvidenceLevel(None)


@pytest.mark.parametrize("design", [StudyDesign.NARRATIVE_REVIEW, StudyDesign.GUIDELINE])
@pytest.mark.parametrize("question", list(EvidenceQuestion))
def test_narrative_reviews_and_guidelines_have_no_level(
    design: StudyDesign, question: EvidenceQuestion
) -> None:
    assert level(design, question) == EvidenceLevel(None)


@pytest.mark.parametrize("species", [Species.ANIMAL, Species.IN_VITRO])
@pytest.mark.parametrize("design", [StudyDesign.LABORATORY, StudyDesign.SYSTEMATIC_REVIEW])
def test_animals_and_cells_are_five_by_a_convention_that_is_named(
    species: Species, design: StudyDesign
) -> None:
    judged = level(design, TREATMENT, "Twelve randomised trials.", species)
    assert (judged.level, judged.scheme) == (5, HOUSE_CONVENTION)
    assert level(design, PREVALENCE, "", species).level is None


@pytest.mark.parametrize("species", [Species.HUMAN, Species.MIXED, Species.UNKNOWN])
def test_a_study_with_people_in_it_or_in_an_unknown_species_is_no_work_on_animals(species: Species) -> None:
    assert level(StudyDesign.RANDOMISED_TRIAL, TREATMENT, "", species) == EvidenceLevel(2)


def test_a_claim_on_mechanism_has_no_level_whatever_the_design() -> None:
    claim = make_claim("HIF-1 drives the cycle.", type=ClaimType.MECHANISM)
    assert find_evidence_question(claim) is None
    assert level(StudyDesign.RANDOMISED_TRIAL, None) == EvidenceLevel(None)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("見本成分は薄毛の改善に効果があります。", TREATMENT),
        ("見本成分の副作用として頭痛が報告されています。", HARM),
        ("トリコスコピーは円形脱毛症の診断に有用です。", DIAGNOSIS),
        ("日本人男性の約30%に男性型脱毛症がみられます。", PREVALENCE),
        ("円形脱毛症の患者の約半数は1年以内に再発する。", PROGNOSIS),
        ("Trichoscopy distinguishes alopecia areata from tinea.", DIAGNOSIS),
        ("About 30% of men have androgenetic alopecia.", PREVALENCE),
    ],
)
def test_the_words_of_a_claim_ask_their_question(text: str, question: EvidenceQuestion) -> None:
    language = Language.EN if text.isascii() else Language.JA
    assert find_evidence_question(read_statement(text, language)) is question
