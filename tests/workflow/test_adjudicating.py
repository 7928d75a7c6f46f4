"""A conflict is settled by a third: view first, then the grades, then a decision that keeps both."""

from __future__ import annotations

import pytest

from claims.errors import RoleRefused, RuleRefused, VersionConflict
from claims.records.assessment import CitationJudgement, ClaimStatus, Settlement, SupportGrade
from claims.records.people import Role
from claims.records.plan import ReviewPlan
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.undoing import undo_last_step
from tests.factories import make_user
from tests.workflow.clinic import ADMIN, EDITOR, JUDGE, OTHER_JUDGE, TWO_REVIEWERS, A, B, Clinic


@pytest.fixture
def conflict(clinic: Clinic) -> Clinic:
    """Two reviewers who differ on the first claim."""
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED, "十分")
    clinic.judge(B, CitationJudgement.PARTLY)
    clinic.grade(B, SupportGrade.OVERSTATED, "言い過ぎ")
    return clinic


def test_the_grades_open_to_the_adjudicator_after_an_own_view(conflict: Clinic) -> None:
    before = conflict.see(JUDGE)
    assert (before.grades, before.judgements, before.suggestions_sealed) == ((), (), True)
    conflict.write_view(JUDGE)
    after = conflict.see(JUDGE)
    assert [(grade.graded_by, grade.comment) for grade in after.grades] == [("a", "十分"), ("b", "言い過ぎ")]
    assert not after.suggestions_sealed
    assert conflict.see(OTHER_JUDGE).grades == ()


def test_the_decision_stands_and_both_grades_stay_beside_it(conflict: Clinic) -> None:
    conflict.write_view(JUDGE)
    conflict.adjudicate(JUDGE, SupportGrade.PARTIALLY_SUPPORTED)
    dossier = conflict.see(None)
    assert dossier.claim.status is ClaimStatus.ADJUDICATED
    verdict = dossier.verdict
    assert verdict is not None
    assert (verdict.grade, verdict.agreement) == (SupportGrade.PARTIALLY_SUPPORTED, Settlement.ADJUDICATED)
    assert [grade.grade for grade in verdict.grades] == [SupportGrade.SUPPORTED, SupportGrade.OVERSTATED]
    assert verdict.adjudication is not None
    assert verdict.adjudication.graders == ("a", "b")


def test_without_an_own_view_nothing_is_decided_and_a_view_is_written_once(conflict: Clinic) -> None:
    with pytest.raises(RuleRefused, match="view_missing"):
        conflict.adjudicate(JUDGE, SupportGrade.OVERSTATED)
    conflict.write_view(JUDGE)
    with pytest.raises(RuleRefused, match="view_stands"):
        conflict.write_view(JUDGE, SupportGrade.SUPPORTED)


def test_the_rules_of_grading_bind_the_adjudicator_too(conflict: Clinic) -> None:
    conflict.write_view(JUDGE)
    with pytest.raises(RuleRefused, match="contradicted_needs_citation"):
        conflict.adjudicate(JUDGE, SupportGrade.CONTRADICTED)


def test_of_two_who_decide_at_once_the_second_is_told_and_nothing_is_overwritten(conflict: Clinic) -> None:
    conflict.write_view(JUDGE)
    conflict.write_view(OTHER_JUDGE)
    read = conflict.see(OTHER_JUDGE).claim.revision
    conflict.adjudicate(JUDGE, SupportGrade.SUPPORTED)
    with pytest.raises(VersionConflict, match="claim_changed"):
        conflict.adjudicate(OTHER_JUDGE, SupportGrade.OVERSTATED, revision=read)
    verdict = conflict.see(None).verdict
    assert verdict is not None
    assert verdict.grade is SupportGrade.SUPPORTED


def test_who_graded_the_claim_does_not_settle_it(conflict: Clinic) -> None:
    both = make_user("b", Role.REVIEWER, Role.ADJUDICATOR)
    with pytest.raises(RoleRefused, match="grader_adjudicates"):
        conflict.write_view(both)


@pytest.mark.parametrize("who", [A, EDITOR, ADMIN])
def test_nobody_else_adjudicates(conflict: Clinic, who: object) -> None:
    person = next(known for known in (A, EDITOR, ADMIN) if known is who)
    with pytest.raises(RoleRefused, match="role_refused"):
        conflict.write_view(person)


def test_the_adjudicator_who_was_named_settles_and_no_other(conflict: Clinic) -> None:
    conflict.assign(ReviewPlan(("a", "b"), "judge", needed=2))
    with pytest.raises(RoleRefused, match="not_assigned"):
        conflict.write_view(OTHER_JUDGE)
    conflict.write_view(JUDGE)


def test_what_is_not_in_conflict_is_not_adjudicated(conflict: Clinic) -> None:
    with pytest.raises(RuleRefused, match="not_in_conflict"):
        conflict.write_view(JUDGE, claim=1)


def test_the_adjudicator_takes_a_decision_back_and_the_conflict_is_open_again(conflict: Clinic) -> None:
    conflict.write_view(JUDGE)
    conflict.adjudicate(JUDGE, SupportGrade.SUPPORTED)
    with conflict.open_work() as work:
        undo_last_step(work, conflict.claim_ids[0], JUDGE, conflict.now())
    assert conflict.see(None).claim.status is ClaimStatus.CONFLICT
    conflict.adjudicate(JUDGE, SupportGrade.PARTIALLY_SUPPORTED)
    verdict = conflict.see(None).verdict
    assert verdict is not None
    assert verdict.grade is SupportGrade.PARTIALLY_SUPPORTED


def test_a_claim_that_an_editor_opens_again_is_graded_anew_and_blind(conflict: Clinic) -> None:
    conflict.write_view(JUDGE)
    conflict.adjudicate(JUDGE, SupportGrade.SUPPORTED)
    claim = conflict.see(None).claim
    with conflict.open_work() as work, pytest.raises(RoleRefused):
        reopen_claim(work, claim.id, claim.revision, "撤回論文", A, conflict.now())
    with conflict.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "撤回論文", EDITOR, conflict.now())
    assert conflict.see(None).claim.status is ClaimStatus.IN_REVIEW
    assert conflict.see(A).grades == ()
    conflict.judge(A, CitationJudgement.NOT_RELEVANT)
    conflict.grade(A, SupportGrade.UNSUPPORTED)
    assert conflict.see(B).assessments[0].graded_by == "b"
    conflict.grade(B, SupportGrade.UNSUPPORTED)
    verdict = conflict.see(None).verdict
    assert verdict is not None
    assert (verdict.grade, verdict.agreement) == (SupportGrade.UNSUPPORTED, Settlement.AGREED)
    assert verdict.adjudication is None


@pytest.mark.parametrize("reason", ["", " \n　"])
def test_a_decision_without_a_reason_of_its_own_is_refused(conflict: Clinic, reason: str) -> None:
    conflict.write_view(JUDGE)
    with pytest.raises(RuleRefused, match="decision_needs_reason"):
        conflict.adjudicate(JUDGE, SupportGrade.SUPPORTED, reason=reason)
    assert conflict.see(JUDGE).claim.status is ClaimStatus.CONFLICT


def test_an_adjudicator_who_presses_a_key_of_the_graders_is_told_what_stands_against_it(
    clinic: Clinic,
) -> None:
    clinic.assign(TWO_REVIEWERS)
    with pytest.raises(RuleRefused, match="not_in_conflict"):
        clinic.grade(JUDGE, SupportGrade.OVERSTATED)
    clinic.grade(A, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    with pytest.raises(RoleRefused, match="conflict_is_decided"):
        clinic.judge(JUDGE)
    clinic.write_view(JUDGE)
    clinic.adjudicate(JUDGE, SupportGrade.OVERSTATED)
    with pytest.raises(RuleRefused, match="claim_settled"):
        clinic.grade(JUDGE, SupportGrade.OVERSTATED)
