"""Grading as it is stored: the grade, its audit row and the claim's state, together or not at all."""

from __future__ import annotations

import pytest

from claims.errors import RoleRefused, RuleRefused
from claims.records.assessment import Basis, CitationJudgement, ClaimStatus, Settlement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.plan import ReviewPlan
from reviewer.workflow.grading import judge_citation
from reviewer.workflow.overriding import enter_guideline, override_level
from tests.factories import make_pmid, make_user
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, PEOPLE, A, B, Clinic


def test_a_recorded_grade_is_in_force_and_in_the_trail(clinic: Clinic) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED, " 妥当 ")
    dossier = clinic.see(None)
    assert dossier.verdict is not None
    assert (dossier.verdict.grade, dossier.verdict.agreement) == (SupportGrade.SUPPORTED, Settlement.SINGLE)
    assert dossier.verdict.grades[0].comment == "妥当"
    assert dossier.claim.status is ClaimStatus.GRADED
    assert [finding.pmid for finding in dossier.attached] == [make_pmid(1)]
    trail = clinic.actions(f"claim:{clinic.claim_ids[0]}")
    assert trail[:2] == [AuditAction.CLAIM_GRADED, AuditAction.CITATION_JUDGED]


def test_a_refused_grade_changes_nothing(clinic: Clinic) -> None:
    with pytest.raises(RuleRefused):
        clinic.grade(A, SupportGrade.SUPPORTED)
    dossier = clinic.see(A)
    assert dossier.assessments == ()
    assert dossier.claim.status is ClaimStatus.EXTRACTED


def test_a_second_grade_of_the_same_reviewer_is_the_one_in_force(clinic: Clinic) -> None:
    for grade in (SupportGrade.UNSUPPORTED, SupportGrade.OVERSTATED):
        clinic.grade(A, grade)
    verdict = clinic.see(None).verdict
    assert verdict is not None
    assert verdict.grade is SupportGrade.OVERSTATED


def test_who_grades_after_a_single_grade_stands_is_told_that_it_is_closed(clinic: Clinic) -> None:
    clinic.grade(A, SupportGrade.UNSUPPORTED)
    with pytest.raises(RuleRefused, match="claim_settled"):
        clinic.grade(B, SupportGrade.OVERSTATED)
    with pytest.raises(RuleRefused, match="claim_settled"):
        clinic.judge(B)


def test_judged_not_relevant_a_citation_is_not_attached(clinic: Clinic) -> None:
    clinic.judge(A, CitationJudgement.NOT_RELEVANT)
    dossier = clinic.see(A)
    assert dossier.attached == ()
    assert len(dossier.judgements) == 1
    assert dossier.claim.status is ClaimStatus.IN_REVIEW


def test_only_a_citation_of_the_claim_can_be_judged(clinic: Clinic) -> None:
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="citation_not_of_claim"):
        judge_citation(
            work,
            clinic.claim_ids[0],
            make_pmid(99),
            CitationJudgement.SUPPORTING,
            Basis.ABSTRACT,
            A,
            clinic.now(),
        )


def test_a_judgement_that_the_own_grade_rests_on_is_changed_after_the_grade(clinic: Clinic) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    with pytest.raises(RuleRefused, match="judgement_carries_grade"):
        clinic.judge(A, CitationJudgement.REFUTING)
    clinic.judge(A, CitationJudgement.REFUTING, number=2)
    clinic.grade(A, SupportGrade.CONTRADICTED)
    clinic.judge(A, CitationJudgement.REFUTING)


@pytest.mark.parametrize("who", [person for person in PEOPLE if person not in (A, B) and person.name != "c"])
def test_only_reviewers_grade_and_judge(clinic: Clinic, who: object) -> None:
    person = next(known for known in PEOPLE if known is who)
    reason = (
        "claim_settled|not_assigned|not_in_conflict" if person.has_any(JUDGE.roles[0]) else "role_refused"
    )
    with pytest.raises((RoleRefused, RuleRefused), match=reason):
        clinic.grade(person, SupportGrade.OVERSTATED)
    with pytest.raises((RoleRefused, RuleRefused), match=reason):
        clinic.judge(person)


def test_a_reviewer_declares_interests_before_the_first_grade(clinic: Clinic) -> None:
    stranger = make_user("stranger", *A.roles)
    with pytest.raises(RuleRefused, match="declaration_missing"):
        clinic.grade(stranger, SupportGrade.OVERSTATED)
    clinic.declare(stranger)
    clinic.grade(stranger, SupportGrade.OVERSTATED)


def test_of_an_assigned_article_only_those_who_were_named_are_graders(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a",)))
    with pytest.raises(RoleRefused, match="not_assigned"):
        clinic.grade(B, SupportGrade.OVERSTATED)
    clinic.grade(A, SupportGrade.OVERSTATED)


def test_a_level_is_overridden_with_a_reason_and_the_machines_stays_in_the_finding(clinic: Clinic) -> None:
    claim_id = clinic.claim_ids[0]
    with clinic.open_work() as work:
        override_level(work, claim_id, make_pmid(1), 4, "対照群がない", A, clinic.now())
    dossier = clinic.see(A)
    best, second = dossier.findings
    assert (dossier.level_of(best), best.level.level, dossier.level_of(second)) == (4, 2, 2)
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="reason_missing"):
        override_level(work, claim_id, make_pmid(1), 1, " ", A, clinic.now())
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="level_unknown"):
        override_level(work, claim_id, make_pmid(1), 6, "?", A, clinic.now())


def test_a_guidelines_grade_has_its_source_and_is_open_to_all(clinic: Clinic) -> None:
    claim_id = clinic.claim_ids[0]
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="guideline_incomplete"):
        enter_guideline(work, claim_id, "B", "", A, clinic.now())
    with clinic.open_work() as work:
        enter_guideline(work, claim_id, "B", "見本ガイドライン", A, clinic.now())
    seen = [clinic.see(who).guideline for who in (A, B, JUDGE, EDITOR, AUTHOR, None)]
    assert {(guideline.grade, guideline.source) for guideline in seen if guideline} == {
        ("B", "見本ガイドライン")
    }
    assert None not in seen
    with clinic.open_work() as work, pytest.raises(RoleRefused):
        enter_guideline(work, claim_id, "A", "見本", ADMIN, clinic.now())
