"""Agreement is computed from what was graded independently; what is left out is counted with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import RoleRefused
from claims.records.assessment import SupportGrade
from claims.records.claim import ClaimType
from claims.records.overview import WhyLeftOut
from claims.records.people import User
from claims.records.plan import ReviewPlan
from reviewer.rules.agreement_statistics import GRADES, Measured
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.agreeing import AgreementReport, load_agreement
from reviewer.workflow.undoing import undo_last_step
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.workflow.clinic import AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic, copy_clinic

OVERSTATED, UNSUPPORTED = SupportGrade.OVERSTATED, SupportGrade.UNSUPPORTED


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """Six claims for two reviewers."""
    clinic = copy_clinic(LENT, open_work, claims=6)
    clinic.assign(TWO_REVIEWERS)
    return clinic


def grade_both(clinic: Clinic, claim: int, first: SupportGrade, second: SupportGrade) -> None:
    clinic.grade(A, first, "理由", claim=claim)
    clinic.grade(B, second, "理由", claim=claim)


def agree(clinic: Clinic, who: User = EDITOR, everywhere: bool = False) -> AgreementReport:
    with clinic.open_work() as work:
        return load_agreement(work, who, None if everywhere else clinic.version_id)


def percent(report: AgreementReport) -> tuple[float, int]:
    figure = report.overall.percent
    assert isinstance(figure, Measured)
    return figure.value, figure.n


def test_the_grades_from_before_the_adjudication_count(clinic: Clinic) -> None:
    grade_both(clinic, 0, OVERSTATED, OVERSTATED)
    grade_both(clinic, 1, OVERSTATED, UNSUPPORTED)
    clinic.write_view(JUDGE, claim=1)
    clinic.adjudicate(JUDGE, OVERSTATED, claim=1)
    report = agree(clinic)
    assert percent(report) == (0.5, 2)
    assert report.overall.matrix[GRADES.index(OVERSTATED)][GRADES.index(UNSUPPORTED)] == 1
    assert list(report.by_type) == [ClaimType.EFFICACY]
    assert list(report.by_pair) == [("a", "b")]
    assert agree(clinic, everywhere=True) == report


def test_the_first_grade_that_was_not_taken_back_is_the_independent_one(clinic: Clinic) -> None:
    """Where nothing is sealed: else the second one was given knowing more (``test_undone_knowing_more``)."""
    clinic.assign(replace(TWO_REVIEWERS, sealed=False))
    clinic.grade(A, SupportGrade.NOT_CHECKABLE, "押し間違い")
    with clinic.open_work() as work:
        undo_last_step(work, clinic.claim_ids[0], A, clinic.now())
    clinic.grade(A, UNSUPPORTED)
    clinic.grade(A, OVERSTATED)
    clinic.grade(B, OVERSTATED)
    matrix = agree(clinic).overall.matrix
    assert matrix[GRADES.index(UNSUPPORTED)][GRADES.index(OVERSTATED)] == 1
    assert sum(map(sum, matrix)) == 1


def test_grades_given_after_a_claim_was_opened_again_are_not_independent(clinic: Clinic) -> None:
    grade_both(clinic, 0, OVERSTATED, OVERSTATED)
    claim = clinic.see(EDITOR).claim
    with clinic.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, clinic.now())
    grade_both(clinic, 0, UNSUPPORTED, UNSUPPORTED)
    matrix = agree(clinic).overall.matrix
    assert matrix[GRADES.index(OVERSTATED)][GRADES.index(OVERSTATED)] == 1
    assert sum(map(sum, matrix)) == 1


def test_what_is_left_out_is_counted_with_its_reason(clinic: Clinic) -> None:
    grade_both(clinic, 0, OVERSTATED, OVERSTATED)
    grade_both(clinic, 1, OVERSTATED, SupportGrade.CANNOT_JUDGE)
    clinic.write_view(JUDGE, claim=1)
    clinic.adjudicate(JUDGE, OVERSTATED, claim=1)
    clinic.grade(A, OVERSTATED, claim=2)
    clinic.assign(ReviewPlan(("a",)))
    clinic.grade(A, OVERSTATED, claim=3)
    report = agree(clinic)
    assert report.left_out == {WhyLeftOut.OUTSIDE_ORDER: 1, WhyLeftOut.SINGLE_GRADED: 2}
    assert percent(report) == (0.5, 2)
    assert report.overall.alpha.n == 1


def test_an_open_conflict_counts_for_the_editor_and_is_hidden_from_who_may_settle_it(clinic: Clinic) -> None:
    grade_both(clinic, 0, OVERSTATED, OVERSTATED)
    grade_both(clinic, 1, OVERSTATED, UNSUPPORTED)
    clinic.grade(A, OVERSTATED, claim=2)
    assert percent(agree(clinic, EDITOR)) == (0.5, 2)
    for who in (JUDGE, A):
        report = agree(clinic, who)
        assert percent(report) == (1, 1)
        assert report.left_out == {WhyLeftOut.OPEN: 2}


def test_an_author_does_not_see_how_reviewers_agree(clinic: Clinic) -> None:
    with pytest.raises(RoleRefused):
        agree(clinic, AUTHOR)
