"""In whatever order: a grade given after seeing what an own one opened is in no figure of agreement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import KonkyoError
from claims.records.assessment import CitationJudgement, ClaimStatus, Settlement, StepKind, SupportGrade
from claims.records.overview import WhyLeftOut
from claims.records.people import User
from claims.records.plan import ReviewPlan
from db.unit_of_work import UnitOfWork
from reviewer.rules.agreement_statistics import Measured
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.agreeing import AgreementReport, load_agreement, measure_shown
from reviewer.workflow.undoing import undo_last_step
from tests.databases import LENT, lend_database
from tests.examples import at_most
from tests.workflow.clinic import EDITOR, TWO_REVIEWERS, A, B, Clinic, copy_clinic

HAND = (SupportGrade.OVERSTATED, SupportGrade.CANNOT_JUDGE)
OPEN_PLAN = ReviewPlan(("a", "b"), "", needed=2, sealed=False)


@dataclass
class Told:
    """What a reviewer knew: their grades that stand, each with whether it was given knowing more."""

    knows: bool = False
    grades: list[bool] = field(default_factory=list)

    @property
    def is_independent(self) -> bool:
        """Whether the first grade that stands, which is the one that agreement takes, was given blind."""
        return bool(self.grades) and not self.grades[0]


Step = Callable[[Clinic, Told, User], None]


def undo(clinic: Clinic, told: Told, who: User) -> None:
    sees_more = not clinic.see(who).suggestions_sealed
    if take_back(clinic, who) is StepKind.GRADE:
        told.grades.pop()
        told.knows |= sees_more and not told.grades and clinic.see(who).suggestions_sealed


def grade(given: SupportGrade, clinic: Clinic, told: Told, who: User) -> None:
    clinic.grade(who, given, "理由")
    told.grades.append(told.grades[-1] if told.grades else told.knows)


def judge(said: CitationJudgement, clinic: Clinic, told: Told, who: User) -> None:
    clinic.judge(who, said)


STEPS = st.one_of(
    st.just(undo),
    st.sampled_from(HAND).map(lambda one: partial(grade, one)),
    st.sampled_from(CitationJudgement).map(lambda one: partial(judge, one)),
)


def take_back(clinic: Clinic, who: User, claim: int = 0) -> StepKind:
    with clinic.open_work() as work:
        return undo_last_step(work, clinic.claim_ids[claim], who, clinic.now()).kind


def agree(clinic: Clinic) -> tuple[AgreementReport, AgreementReport]:
    """What the page of agreement tells of the version, and what the report tells of its first claim."""
    with clinic.open_work() as work:
        return load_agreement(work, EDITOR, clinic.version_id), measure_shown([clinic.see(None)])


def count(report: AgreementReport) -> int:
    figure = report.overall.percent
    return figure.n if isinstance(figure, Measured) else 0


def list_graded(clinic: Clinic) -> int:
    """How many grades of the first claim are kept, taken back or not."""
    with clinic.open_work() as work:
        claim_id = clinic.claim_ids[0]
        gone = work.assessments.load_taken_back([claim_id])[claim_id]
        return len(gone) + len(work.assessments.load_assessments([claim_id])[claim_id])


@settings(max_examples=at_most(25), deadline=None)
@given(st.lists(st.tuples(st.sampled_from([A, B]), STEPS), max_size=9))
def test_agreement_counts_what_was_given_blind_alone(steps: list[tuple[User, Step]]) -> None:
    clinic = copy_clinic(LENT, partial(UnitOfWork, lend_database()), claims=1)
    clinic.assign(TWO_REVIEWERS)
    known = {A.name: Told(), B.name: Told()}
    for who, step in steps:
        try:
            step(clinic, known[who.name], who)
        except KonkyoError:
            continue
    page, _ = agree(clinic)
    both_stand = clinic.see(EDITOR).claim.status in (ClaimStatus.GRADED, ClaimStatus.CONFLICT)
    blind = all(told.is_independent for told in known.values())
    assert count(page) == (both_stand and blind)
    if clinic.see(EDITOR).claim.status is ClaimStatus.GRADED:
        assert page.left_out.get(WhyLeftOut.UNBLINDED, 0) == (not blind)
    with clinic.open_work() as work:
        assert work.tallies.recount(clinic.version_id) == 0


def test_a_grade_given_after_the_suggestion_was_seen_is_not_independent(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.CANNOT_JUDGE, "理由")
    take_back(clinic, A)
    for who in (A, B):
        clinic.grade(who, SupportGrade.OVERSTATED, "理由")
    verdict = clinic.see(None).verdict
    assert verdict is not None
    assert [one.is_independent for one in verdict.grades] == [False, True]
    assert verdict.agreement is Settlement.SINGLE
    assert [(count(one), one.left_out) for one in agree(clinic)] == [(0, {WhyLeftOut.UNBLINDED: 1})] * 2
    assert list_graded(clinic) == 3


@pytest.mark.parametrize("given", HAND)
def test_to_change_the_grade_again_makes_it_no_more_independent(clinic: Clinic, given: SupportGrade) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.CANNOT_JUDGE, "理由")
    take_back(clinic, A)
    clinic.grade(A, SupportGrade.OVERSTATED, "理由")
    clinic.grade(A, given, "理由")
    clinic.grade(B, given, "理由")
    assert [count(one) for one in agree(clinic)] == [0, 0]


def test_where_nothing_is_sealed_a_grade_taken_back_opened_nothing(clinic: Clinic) -> None:
    clinic.assign(OPEN_PLAN)
    clinic.grade(A, SupportGrade.CANNOT_JUDGE, "押し間違い")
    take_back(clinic, A)
    for who in (A, B):
        clinic.grade(who, SupportGrade.OVERSTATED, "理由")
    assert [count(one) for one in agree(clinic)] == [1, 1]


def test_what_another_judged_is_known_once_the_own_grade_settled_the_claim(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a", "b"), sealed=False))
    clinic.judge(B, CitationJudgement.NOT_RELEVANT)
    clinic.grade(A, SupportGrade.CANNOT_JUDGE, "理由")
    assert {judged.judged_by for judged in clinic.see(A).judgements} == {"b"}
    take_back(clinic, A)
    clinic.grade(A, SupportGrade.OVERSTATED, "理由")
    assert [one.is_independent for one in clinic.see(A).grades] == [False]
    assert agree(clinic)[0].left_out == {WhyLeftOut.SINGLE_GRADED: 1}


def test_a_claim_that_is_opened_again_is_graded_by_the_same_rule(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.CANNOT_JUDGE, "理由")
    take_back(clinic, A)
    for who in (A, B):
        clinic.grade(who, SupportGrade.OVERSTATED, "理由")
    claim = clinic.see(EDITOR).claim
    with clinic.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, clinic.now())
    for who in (A, B):
        clinic.grade(who, SupportGrade.OVERSTATED, "理由")
    assert [one.unblinded for one in clinic.see(A).grades] == [None, None]
    assert agree(clinic)[0].left_out == {WhyLeftOut.UNBLINDED: 1}
