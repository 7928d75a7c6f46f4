"""The last own step is taken back by a new row; nothing is lost and what it replaced stands again."""

from __future__ import annotations

import pytest

from claims.errors import RuleRefused
from claims.records.assessment import CitationJudgement, ClaimStatus, StepKind, SupportGrade
from claims.records.audit import AuditAction
from claims.records.people import User
from reviewer.workflow.grading import judge_rest
from reviewer.workflow.undoing import undo_last_step
from tests.factories import make_audit_entry, make_evidence, make_pmid
from tests.workflow.clinic import TWO_REVIEWERS, A, B, Clinic


def undo(clinic: Clinic, who: User) -> StepKind:
    with clinic.open_work() as work:
        return undo_last_step(work, clinic.claim_ids[0], who, clinic.now()).kind


def test_steps_are_taken_back_one_by_one_the_latest_first(clinic: Clinic) -> None:
    clinic.judge(A, CitationJudgement.PARTLY)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.PARTIALLY_SUPPORTED)
    clinic.grade(A, SupportGrade.SUPPORTED)
    assert undo(clinic, A) is StepKind.GRADE
    assert [grade.grade for grade in clinic.see(A).grades] == [SupportGrade.PARTIALLY_SUPPORTED]
    assert undo(clinic, A) is StepKind.GRADE
    assert clinic.see(A).claim.status is ClaimStatus.IN_REVIEW
    assert undo(clinic, A) is StepKind.JUDGEMENT
    assert [judged.judgement for judged in clinic.see(A).judgements] == [CitationJudgement.PARTLY]
    assert undo(clinic, A) is StepKind.JUDGEMENT
    with pytest.raises(RuleRefused, match="nothing_to_undo"):
        undo(clinic, A)
    assert clinic.actions(f"claim:{clinic.claim_ids[0]}")[:4] == [AuditAction.STEP_TAKEN_BACK] * 4


def test_what_was_taken_back_can_be_done_again(clinic: Clinic) -> None:
    clinic.grade(A, SupportGrade.OVERSTATED)
    undo(clinic, A)
    clinic.grade(A, SupportGrade.OVERSTATED)
    assert clinic.see(None).claim.status is ClaimStatus.GRADED


def test_nobody_takes_back_anothers_step(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.OVERSTATED)
    with pytest.raises(RuleRefused, match="nothing_to_undo"):
        undo(clinic, B)


def test_between_several_a_settled_grade_is_not_taken_back(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.OVERSTATED)
    with pytest.raises(RuleRefused, match="claim_settled"):
        undo(clinic, A)


def test_who_was_told_what_the_other_attached_is_not_ungraded_again(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A, number=1)
    clinic.grade(A, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.OVERSTATED)
    assert clinic.see(B).to_judge
    with pytest.raises(RuleRefused, match="citations_told"):
        undo(clinic, B)
    clinic.judge(B, CitationJudgement.NOT_RELEVANT, number=2)
    assert undo(clinic, B) is StepKind.JUDGEMENT
    with pytest.raises(RuleRefused, match="citations_told"):
        undo(clinic, B)
    assert [given.grade for given in clinic.see(B).grades] == [SupportGrade.OVERSTATED]


def test_a_further_grade_is_taken_back_and_the_first_stands_again(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A, number=1)
    clinic.grade(B, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    assert undo(clinic, B) is StepKind.GRADE
    assert [given.grade for given in clinic.see(B).grades] == [SupportGrade.OVERSTATED]


def test_citations_put_aside_by_two_keys_are_taken_back_by_two(clinic: Clinic) -> None:
    claim_id = clinic.claim_ids[0]
    with clinic.open_work() as work:
        work.searches.record_evidence(claim_id, make_evidence(1, 2, 3))
        work.commit(make_audit_entry())
    for numbers in ((1, 2), (3,)):
        with clinic.open_work() as work:
            judge_rest(work, claim_id, [make_pmid(n) for n in numbers], A, clinic.now())
    left = []
    for _ in range(2):
        undo(clinic, A)
        left.append([judged.pmid for judged in clinic.see(A).judgements])
    assert left == [[make_pmid(1), make_pmid(2)], []]
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="citation_not_of_claim"):
        judge_rest(work, claim_id, [make_pmid(9)], A, clinic.now())
