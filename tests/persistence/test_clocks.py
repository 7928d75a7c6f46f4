"""What counts is decided by the order in which it was stored: the clocks of two machines differ."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from claims.records.assessment import CitationJudgement, ClaimStatus, StepKind, SupportGrade
from claims.records.plan import ReviewPlan
from db.unit_of_work import UnitOfWork
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.amending import reword_reading
from reviewer.workflow.overview import load_overview
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.undoing import undo_last_step
from tests.workflow.clinic import EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic, open_clinic

OVERSTATED, UNSUPPORTED = SupportGrade.OVERSTATED, SupportGrade.UNSUPPORTED


@pytest.fixture
def clinic(begin: Callable[[], UnitOfWork]) -> Clinic:
    clinic = open_clinic(begin, claims=1)
    clinic.assign(TWO_REVIEWERS)
    return clinic


def go_to_a_slow_clock(clinic: Clinic) -> None:
    """From now on work is done on a machine whose clock is hours behind."""
    clinic.minutes = count(-600)


def reopen(clinic: Clinic) -> None:
    claim = clinic.see(EDITOR).claim
    with clinic.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, clinic.now())


def test_what_is_said_after_a_reopening_counts_by_whatever_clock(clinic: Clinic) -> None:
    for who in (A, B):
        clinic.grade(who, OVERSTATED)
    reopen(clinic)
    go_to_a_slow_clock(clinic)
    clinic.judge(A, CitationJudgement.PARTLY)
    clinic.grade(A, UNSUPPORTED)
    dossier = clinic.see(A)
    assert [(given.graded_by, given.grade) for given in dossier.grades] == [("a", UNSUPPORTED)]
    assert [judged.judged_by for judged in dossier.judgements] == ["a"]
    with clinic.open_work() as work:
        (line,) = load_queue(work, clinic.version_id, A).lines
        (mine,) = [load for load in load_overview(work, EDITOR, 1).workload if load.name == "a"]
    assert line.own_grade is not None
    assert line.own_grade.grade is UNSUPPORTED
    assert (mine.waiting, mine.done) == (0, 1)
    clinic.judge(B, CitationJudgement.PARTLY)
    clinic.grade(B, UNSUPPORTED)
    assert clinic.see(None).claim.status is ClaimStatus.GRADED


def test_the_figures_take_the_grades_from_before_the_reopening_by_whatever_clock(clinic: Clinic) -> None:
    for who in (A, B):
        clinic.grade(who, OVERSTATED)
    reopen(clinic)
    go_to_a_slow_clock(clinic)
    for who in (A, B):
        clinic.grade(who, UNSUPPORTED)
    with clinic.open_work() as work:
        (first,) = work.overview.count_pairs(clinic.version_id)
    assert (first.first_by, first.second_by) == ("a", "b")
    assert (first.first_grade, first.second_grade) == (OVERSTATED, OVERSTATED)


def test_a_conflict_is_settled_anew_after_a_reopening_by_whatever_clock(clinic: Clinic) -> None:
    clinic.grade(A, OVERSTATED)
    clinic.grade(B, UNSUPPORTED)
    clinic.write_view(JUDGE)
    clinic.adjudicate(JUDGE, OVERSTATED)
    reopen(clinic)
    go_to_a_slow_clock(clinic)
    clinic.grade(A, OVERSTATED)
    clinic.grade(B, UNSUPPORTED)
    clinic.write_view(JUDGE)
    clinic.adjudicate(JUDGE, UNSUPPORTED)
    verdict = clinic.see(None).verdict
    assert verdict is not None
    assert verdict.grade is UNSUPPORTED


def test_the_last_step_is_taken_back_first_by_whatever_clock(clinic: Clinic) -> None:
    clinic.judge(A)
    go_to_a_slow_clock(clinic)
    clinic.grade(A, OVERSTATED)
    for expected in (StepKind.GRADE, StepKind.JUDGEMENT):
        with clinic.open_work() as work:
            assert undo_last_step(work, clinic.claim_ids[0], A, clinic.now()).kind is expected


@pytest.mark.parametrize("reworded_last", [True, False])
def test_a_grade_is_of_the_reading_that_stood_when_it_was_stored(clinic: Clinic, reworded_last: bool) -> None:
    clinic.assign(ReviewPlan(("a",)))

    def reword() -> None:
        with clinic.open_work() as work:
            reword_reading(work, clinic.see(A).claim, "別の読み", A, clinic.now())

    def grade() -> None:
        clinic.grade(A, OVERSTATED)

    for step in (grade, reword) if reworded_last else (reword, grade):
        step()
        go_to_a_slow_clock(clinic)
    assert clinic.see(None).is_reread is reworded_last
