"""What a claim came of is as blind as the claim itself: what was open stays its author's alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.review import ReviewClaim
from reviewer.rules.dossier import Former
from reviewer.rules.visibility import redact_for, show_grades
from tests.exports.test_report import a_dossier
from tests.factories import make_assessment, make_claim, make_judgement, make_user

A, B, C = (make_user(name, Role.REVIEWER) for name in "abc")
EDITOR = make_user("editor", Role.EDITOR)
OPEN = (ClaimStatus.EXTRACTED, ClaimStatus.IN_REVIEW, ClaimStatus.CONFLICT, ClaimStatus.STALE)
SETTLED = (ClaimStatus.GRADED, ClaimStatus.ADJUDICATED)
GRADES = (
    make_assessment(grade=SupportGrade.SUPPORTED, graded_by="a"),
    make_assessment(grade=SupportGrade.CONTRADICTED, graded_by="b"),
)
JUDGEMENTS = (make_judgement(1, judged_by="a"), make_judgement(2, judged_by="b"))


def claim(status: ClaimStatus) -> ReviewClaim:
    return ReviewClaim(1, 1, 1, make_claim(), status, 1)


def former_seen_by(viewer: User | None, status: ClaimStatus) -> Former:
    former = Former(claim(status), GRADES, JUDGEMENTS)
    (seen,) = redact_for(replace(a_dossier(1), former=(former,)), viewer).former
    return seen


@pytest.mark.parametrize("status", OPEN)
def test_what_was_open_when_a_claim_was_reworded_stays_its_authors(status: ClaimStatus) -> None:
    seen = former_seen_by(A, status)
    assert (seen.assessments, seen.judgements) == (GRADES[:1], JUDGEMENTS[:1])
    for other in (C, EDITOR, None):
        seen = former_seen_by(other, status)
        assert (seen.assessments, seen.judgements) == ((), ())


@pytest.mark.parametrize("status", SETTLED)
@pytest.mark.parametrize("viewer", [A, C, EDITOR, None])
def test_what_was_settled_when_a_claim_was_reworded_is_open_to_all(
    viewer: User | None, status: ClaimStatus
) -> None:
    seen = former_seen_by(viewer, status)
    assert (seen.assessments, seen.judgements) == (GRADES, JUDGEMENTS)


@pytest.mark.parametrize("status", OPEN)
def test_of_an_open_claims_grades_each_sees_their_own(status: ClaimStatus) -> None:
    seen = {viewer and viewer.name: show_grades(claim(status), GRADES, viewer) for viewer in (A, B, C, None)}
    assert seen == {"a": GRADES[:1], "b": GRADES[1:], "c": (), None: ()}


@pytest.mark.parametrize("status", SETTLED)
@pytest.mark.parametrize("viewer", [A, C, None])
def test_a_settled_claims_grades_are_open_to_all(viewer: User | None, status: ClaimStatus) -> None:
    assert show_grades(claim(status), GRADES, viewer) == GRADES


@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize("viewer", [A, EDITOR, None])
def test_a_claim_of_which_nobody_said_anything_is_handed_on_as_it_is(
    viewer: User | None, status: ClaimStatus
) -> None:
    silent = replace(a_dossier(1), claim=claim(status), plan=ReviewPlan(sealed=False))
    assert silent.is_silent
    assert redact_for(silent, viewer) is silent
