"""People who grade, settle and decide at the same moment, on both databases: no grade is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest

from claims.errors import KonkyoError
from claims.records.assessment import ClaimStatus, Settlement, SupportGrade
from claims.records.decision import VersionState
from claims.records.plan import ReviewPlan
from claims.records.stage import ANYBODY
from db.unit_of_work import UnitOfWork
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.publishing import decide_version
from reviewer.workflow.recounting import recount
from reviewer.workflow.states import load_state
from tests.factories import make_signature
from tests.workflow.clinic import (
    EDITOR,
    JUDGE,
    OTHER_JUDGE,
    TWO_REVIEWERS,
    A,
    B,
    Clinic,
    open_clinic,
)

OVERSTATED, UNSUPPORTED = SupportGrade.OVERSTATED, SupportGrade.UNSUPPORTED


@pytest.fixture
def clinic(begin: Callable[[], UnitOfWork]) -> Clinic:
    clinic = open_clinic(begin, claims=1)
    clinic.assign(TWO_REVIEWERS)
    return clinic


def run_at_once(*steps: Callable[[], object]) -> list[str]:
    """The code of each step's refusal, "" where it was done; all begun together."""
    together = Barrier(len(steps))

    def run(step: Callable[[], object]) -> str:
        together.wait()
        try:
            step()
        except KonkyoError as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


@pytest.mark.parametrize(("second", "status"), [(OVERSTATED, "graded"), (UNSUPPORTED, "conflict")])
def test_two_who_grade_at_once_are_both_heard(clinic: Clinic, second: SupportGrade, status: str) -> None:
    assert run_at_once(lambda: clinic.grade(A, OVERSTATED), lambda: clinic.grade(B, second)) == ["", ""]
    assert clinic.see(EDITOR).graders in (("a", "b"), ("b", "a"))
    assert clinic.see(None).claim.status == ClaimStatus(status)


def test_what_is_done_at_once_in_one_article_is_counted_as_it_stands(
    begin: Callable[[], UnitOfWork],
) -> None:
    clinic = open_clinic(begin, claims=3)
    clinic.assign(TWO_REVIEWERS)
    steps = [
        partial(clinic.grade, who, grade, claim=claim)
        for who, grade in ((A, OVERSTATED), (B, UNSUPPORTED))
        for claim in range(3)
    ]
    assert run_at_once(*steps) == [""] * 6
    with begin() as work:
        assert work.overview.count_conflicts() == 3
        loads = {load.name: (load.waiting, load.done) for load in work.overview.sum_workload()}
        # In conflict, and no adjudicator is named.
        assert loads == {"a": (0, 3), "b": (0, 3), ANYBODY: (3, 0)}
    assert recount(begin) == 0


def test_of_two_adjudicators_at_once_one_decides_and_the_other_is_told(clinic: Clinic) -> None:
    clinic.grade(A, OVERSTATED)
    clinic.grade(B, UNSUPPORTED)
    for who in (JUDGE, OTHER_JUDGE):
        clinic.write_view(who)
    read = clinic.see(JUDGE).claim.revision
    refused = run_at_once(
        lambda: clinic.adjudicate(JUDGE, OVERSTATED, revision=read),
        lambda: clinic.adjudicate(OTHER_JUDGE, UNSUPPORTED, revision=read),
    )
    assert sorted(refused) == ["", "claim_changed"]
    verdict = clinic.see(None).verdict
    assert verdict is not None
    assert verdict.agreement is Settlement.ADJUDICATED
    assert verdict.grade is (OVERSTATED if refused[0] == "" else UNSUPPORTED)


def test_nothing_is_approved_past_a_grade_that_changes_at_that_moment(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a",)))
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)

    def approve() -> None:
        with clinic.open_work() as work:
            version = work.articles.get_version(clinic.version_id)
            decide_version(
                work,
                version.id,
                version.version_hash,
                VersionState.APPROVED,
                "",
                EDITOR,
                clinic.now(),
                make_signature(),
            )

    refused = run_at_once(approve, lambda: clinic.grade(A, OVERSTATED))
    with clinic.open_work() as work:
        approved = load_state(work, clinic.version_id) is VersionState.APPROVED
        obstacles = find_obstacles(work, clinic.version_id)
    assert refused in (["", "version_closed"], ["gate_not_free", ""])
    assert approved is not bool(obstacles)
