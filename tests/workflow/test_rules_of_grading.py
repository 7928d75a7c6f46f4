"""The rules of grading, each as a statement; a dossier is built from records, no database needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.errors import RuleRefused
from claims.records.assessment import Assessment, Basis, CitationJudgement, ClaimStatus, JudgedCitation
from claims.records.assessment import SupportGrade as Grade
from claims.records.citation import Citation, Pmid, RetractionCheck, RetractionStatus
from claims.records.claim import Certainty, Claim, ClaimType
from claims.records.finding import Finding
from claims.records.flag import FlagReason
from claims.records.rationale import Stance, SuggestedStance
from claims.records.retrieval import Rung, SearchStatus
from claims.records.review import ReviewClaim
from claims.records.study import EvidenceLevel, ReadFrom, Species, StudyDesign, StudyProfile
from reviewer.rules.dossier import Dossier
from reviewer.rules.grades import check_grade
from tests.workflow.articles import find_reasons

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PMID = Pmid("9000000001")


def a_dossier(
    *judgements: CitationJudgement,
    claim_type: ClaimType = ClaimType.EFFICACY,
    species: Species = Species.HUMAN,
    status: SearchStatus = SearchStatus.FOUND,
    retraction: RetractionStatus = RetractionStatus.NONE_KNOWN,
    design: StudyDesign = StudyDesign.RANDOMISED_TRIAL,
) -> Dossier:
    text = "ミノキシジルは毛包の成長期を延長します。"
    claim = Claim(text, 0, len(text), claim_type, Certainty.ASSERTED, "", text)
    finding = Finding(
        PMID,
        rank=1,
        score=1.0,
        rung=Rung.STRICT,
        rationales=(),
        study=StudyProfile(design, ReadFrom.INDEXED, species, ReadFrom.INDEXED),
        level=EvidenceLevel(2),
        stance=SuggestedStance(Stance.NOT_ENOUGH_INFO, 0.0, "sample"),
        retraction=RetractionCheck(retraction, NOW),
    )
    return Dossier(
        claim=ReviewClaim(1, 1, 1, claim, ClaimStatus.EXTRACTED, 1),
        search_status=status,
        runs=(),
        findings=(finding,),
        citations={PMID: Citation(PMID, "[SAMPLE] A record")},
        assessments=(),
        judgements=tuple(JudgedCitation(PMID, j, Basis.ABSTRACT, "A", NOW) for j in judgements),
    )


def refusal(dossier: Dossier, grade: Grade, comment: str = "") -> str:
    with pytest.raises(RuleRefused) as refused:
        check_grade(dossier, grade, comment)
    return refused.value.code


@pytest.mark.parametrize(
    ("grade", "judgement"),
    [
        (Grade.SUPPORTED, CitationJudgement.SUPPORTING),
        (Grade.PARTIALLY_SUPPORTED, CitationJudgement.SUPPORTING),
        (Grade.PARTIALLY_SUPPORTED, CitationJudgement.PARTLY),
        (Grade.CONTRADICTED, CitationJudgement.REFUTING),
        (Grade.OVERSTATED, CitationJudgement.PARTLY),
        (Grade.UNSUPPORTED, CitationJudgement.NOT_RELEVANT),
    ],
)
def test_a_grade_stands_on_a_citation_judged_to_carry_it(grade: Grade, judgement: CitationJudgement) -> None:
    check_grade(a_dossier(judgement), grade, "")


@pytest.mark.parametrize(
    ("grade", "judgement"),
    [
        (Grade.SUPPORTED, CitationJudgement.PARTLY),
        (Grade.SUPPORTED, CitationJudgement.NOT_RELEVANT),
        (Grade.PARTIALLY_SUPPORTED, CitationJudgement.REFUTING),
        (Grade.CONTRADICTED, CitationJudgement.SUPPORTING),
    ],
)
def test_a_grade_without_its_citation_is_refused(grade: Grade, judgement: CitationJudgement) -> None:
    assert refusal(a_dossier(judgement), grade) == f"{grade.value}_needs_citation"
    assert refusal(a_dossier(), grade) == f"{grade.value}_needs_citation"


@pytest.mark.parametrize("species", [Species.ANIMAL, Species.IN_VITRO])
@pytest.mark.parametrize("claim_type", [ClaimType.EFFICACY, ClaimType.SAFETY, ClaimType.COMPARISON])
def test_animals_and_cells_alone_do_not_support_a_clinical_claim(
    species: Species, claim_type: ClaimType
) -> None:
    dossier = a_dossier(CitationJudgement.SUPPORTING, species=species, claim_type=claim_type)
    assert refusal(dossier, Grade.SUPPORTED) == "supported_on_preclinical_alone"
    assert FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM in find_reasons(dossier)


def test_laboratory_work_that_names_no_species_does_not_support_a_clinical_claim() -> None:
    dossier = a_dossier(CitationJudgement.SUPPORTING, species=Species.UNKNOWN, design=StudyDesign.LABORATORY)
    assert refusal(dossier, Grade.SUPPORTED) == "supported_on_preclinical_alone"
    assert FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM in find_reasons(dossier)
    unread = a_dossier(CitationJudgement.SUPPORTING, species=Species.UNKNOWN)
    check_grade(unread, Grade.SUPPORTED, "")


def test_cells_may_support_a_mechanism() -> None:
    dossier = a_dossier(
        CitationJudgement.SUPPORTING, species=Species.IN_VITRO, claim_type=ClaimType.MECHANISM
    )
    check_grade(dossier, Grade.SUPPORTED, "")
    assert FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM not in find_reasons(dossier)


@pytest.mark.parametrize("status", [SearchStatus.FAILED, SearchStatus.NOT_SEARCHED, SearchStatus.RUNNING])
def test_unsupported_needs_a_search_that_succeeded(status: SearchStatus) -> None:
    assert refusal(a_dossier(status=status), Grade.UNSUPPORTED) == "unsupported_needs_search"


def test_unsupported_is_no_grade_for_what_pubmed_cannot_answer() -> None:
    elsewhere = a_dossier(status=SearchStatus.NOT_SEARCHABLE)
    assert refusal(elsewhere, Grade.UNSUPPORTED) == "unsupported_not_searchable"
    check_grade(elsewhere, Grade.NOT_CHECKABLE, "price list")


def test_unsupported_stands_after_a_search_that_found_nothing() -> None:
    check_grade(a_dossier(status=SearchStatus.NOTHING_FOUND), Grade.UNSUPPORTED, "")


@pytest.mark.parametrize("grade", [Grade.CANNOT_JUDGE, Grade.NOT_CHECKABLE])
def test_a_grade_outside_the_order_needs_its_reason(grade: Grade) -> None:
    assert refusal(a_dossier(), grade, "  ") == "grade_needs_reason"
    check_grade(a_dossier(), grade, "全文を読む必要がある")


def test_a_retracted_citation_is_flagged_once_attached() -> None:
    suggested = a_dossier(retraction=RetractionStatus.RETRACTED)
    attached = a_dossier(CitationJudgement.SUPPORTING, retraction=RetractionStatus.RETRACTED)
    assert FlagReason.RETRACTED_CITATION not in find_reasons(suggested)
    assert FlagReason.RETRACTED_CITATION in find_reasons(attached)


def test_a_grade_for_an_earlier_wording_is_not_in_force() -> None:
    dossier = a_dossier()
    dossier = replace(dossier, claim=replace(dossier.claim, status=ClaimStatus.GRADED))
    stale = Assessment(1, Grade.OVERSTATED, "", "A", NOW, text_hash="of another wording")
    current = replace(stale, text_hash=dossier.claim.text_hash)
    assert replace(dossier, assessments=(stale,)).verdict is None
    verdict = replace(dossier, assessments=(stale, current)).verdict
    assert verdict is not None
    assert verdict.grades == (current,)
