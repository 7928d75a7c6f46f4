"""What each does at a claim, for every standing of it and every part in the review."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.adjudication import OwnView
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.people import Role
from claims.records.plan import ReviewPlan
from reviewer.rules.dossier import Dossier
from reviewer.rules.tasks import Task, find_task
from tests.exports.test_report import a_dossier
from tests.factories import make_moment, make_user

A, B = make_user("a", Role.REVIEWER), make_user("b", Role.REVIEWER)
JUDGE, OTHER = make_user("judge", Role.ADJUDICATOR), make_user("other", Role.ADJUDICATOR)
BOTH = make_user("both", Role.REVIEWER, Role.ADJUDICATOR)
EDITOR = make_user("editor", Role.EDITOR)
TO_GRADE = (ClaimStatus.EXTRACTED, ClaimStatus.IN_REVIEW, ClaimStatus.STALE)


def a_claim(status: ClaimStatus, *graders: str, plan: ReviewPlan | None = None) -> Dossier:
    dossier = a_dossier(1)
    return replace(
        dossier,
        claim=replace(dossier.claim, status=status),
        graders=graders,
        plan=plan or ReviewPlan(),
    )


@pytest.mark.parametrize("status", list(ClaimStatus))
def test_a_reviewer_grades_what_is_open(status: ClaimStatus) -> None:
    part = Task.GRADES if status in TO_GRADE else Task.READS
    assert find_task(a_claim(status), A, declared=True) is part
    assert find_task(a_claim(status), A, declared=False) is (
        Task.DECLARES if part is Task.GRADES else Task.READS
    )
    for who in (EDITOR, JUDGE):
        if status is not ClaimStatus.CONFLICT:
            assert find_task(a_claim(status), who, declared=False) is Task.READS


@pytest.mark.parametrize("status", TO_GRADE)
def test_only_those_who_are_assigned_grade(status: ClaimStatus) -> None:
    plan = ReviewPlan(("a",))
    assert find_task(a_claim(status, plan=plan), A, declared=True) is Task.GRADES
    assert find_task(a_claim(status, plan=plan), B, declared=True) is Task.READS


def test_a_claim_that_others_took_the_place_of_is_graded_no_more() -> None:
    dossier = a_claim(ClaimStatus.IN_REVIEW)
    replaced = replace(dossier, claim=replace(dossier.claim, number=0))
    assert find_task(replaced, A, declared=True) is Task.READS


def test_a_settled_grade_is_its_only_graders_to_change() -> None:
    assert find_task(a_claim(ClaimStatus.GRADED, "a"), A, declared=True) is Task.GRADES
    assert find_task(a_claim(ClaimStatus.GRADED, "a"), B, declared=True) is Task.READS
    assert find_task(a_claim(ClaimStatus.GRADED, "a", "b"), A, declared=True) is Task.READS


def test_a_conflict_is_viewed_and_then_decided_by_an_adjudicator_who_did_not_grade() -> None:
    conflict = a_claim(ClaimStatus.CONFLICT, "a", "both")
    assert find_task(conflict, JUDGE, declared=True) is Task.VIEWS
    assert find_task(conflict, JUDGE, declared=False) is Task.DECLARES
    assert find_task(conflict, BOTH, declared=True) is Task.READS
    assert find_task(conflict, EDITOR, declared=True) is Task.READS
    view = OwnView(1, SupportGrade.SUPPORTED, "見解", "judge", make_moment(), conflict.claim.text_hash)
    viewed = replace(conflict, views=(view,))
    assert find_task(viewed, JUDGE, declared=True) is Task.DECIDES
    assert find_task(viewed, OTHER, declared=True) is Task.VIEWS
    assigned = replace(conflict, plan=ReviewPlan(adjudicator="other"))
    assert find_task(assigned, JUDGE, declared=True) is Task.READS
    assert find_task(assigned, OTHER, declared=True) is Task.VIEWS
