"""An editor names who reviews; a plan that cannot be carried out is refused with what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from claims.errors import NotFound, RoleRefused, RuleRefused
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.people import Role, User, name_operator
from claims.records.plan import ReviewPlan
from reviewer.exports.reviewed import load_reviewed
from reviewer.workflow.assigning import (
    assign_review,
    declare_interests,
    find_bringers,
    list_own_judges,
    load_plan,
)
from reviewer.workflow.ingesting import ingest_article
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import make_article, make_moment, make_user
from tests.workflow.articles import GROWTH, SLEEP, write
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, A, B, Clinic, copy_clinic


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (ReviewPlan(("a",), needed=2), "reviewers_too_few"),
        (ReviewPlan(("a", "a"), needed=2), "reviewers_too_few"),
        (ReviewPlan(("a", "b", "c"), needed=3), "graders_one_or_two"),
        (ReviewPlan(needed=0), "graders_one_or_two"),
        (ReviewPlan(("a", "b"), "b"), "adjudicator_reviews"),
        (ReviewPlan(("editor",)), "person_without_role"),
        (ReviewPlan(("a",), "b"), "person_without_role"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(clinic: Clinic, plan: ReviewPlan, code: str) -> None:
    with pytest.raises(RuleRefused, match=code):
        clinic.assign(plan)
    with clinic.open_work() as work:
        assert load_plan(work, clinic.version_id) == ReviewPlan()


def test_a_name_without_an_account_is_told(clinic: Clinic) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        clinic.assign(ReviewPlan(("nobody",)))


@pytest.mark.parametrize("who", [A, JUDGE, AUTHOR, ADMIN])
def test_only_editors_assign(clinic: Clinic, who: User) -> None:
    with clinic.open_work() as work, pytest.raises(RoleRefused):
        assign_review(work, clinic.version_id, ReviewPlan(("a",)), who, clinic.now())


def test_a_plan_holds_for_later_versions_until_the_next(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2, sealed=False))
    with clinic.open_work() as work:
        later = work.articles.add_version(make_article("改めた文。"), clinic.now())
        assign_review(work, later.id, ReviewPlan(("b",)), EDITOR, clinic.now())
    with clinic.open_work() as work:
        assert load_plan(work, clinic.version_id) == ReviewPlan(("a", "b"), "judge", needed=2, sealed=False)
        assert load_plan(work, later.id) == ReviewPlan(("b",))
    assert AuditAction.REVIEW_ASSIGNED in clinic.actions(f"version:{clinic.version_id}")


def test_under_a_new_plan_open_claims_are_looked_at_anew_and_settled_ones_stay(clinic: Clinic) -> None:
    clinic.grade(A, SupportGrade.OVERSTATED, claim=0)
    clinic.assign(ReviewPlan(("a", "b"), needed=2))
    clinic.grade(A, SupportGrade.OVERSTATED, claim=1)
    assert clinic.see(None, 0).claim.status is ClaimStatus.GRADED
    assert clinic.see(None, 1).claim.status is ClaimStatus.IN_REVIEW
    clinic.assign(ReviewPlan(("a",)))
    assert clinic.see(None, 1).claim.status is ClaimStatus.GRADED


def test_a_declaration_says_by_what_somebody_is_qualified_and_which_interests_they_have(
    clinic: Clinic,
) -> None:
    for qualification, statement, code in (
        ("", "なし", "qualification_missing"),
        ("皮膚科専門医", " ", "statement_missing"),
    ):
        with clinic.open_work() as work, pytest.raises(RuleRefused, match=code):
            declare_interests(work, clinic.version_id, statement, qualification, A, clinic.now())
    with clinic.open_work() as work:
        declare_interests(work, clinic.version_id, "見本社の顧問", "皮膚科専門医", A, clinic.now())
    with clinic.open_work() as work:
        declared = work.plans.load_declarations(clinic.version_id)
    assert (declared["a"].statement, declared["a"].qualification) == ("見本社の顧問", "皮膚科専門医")
    assert declared["b"].statement == "なし"
    assert B.name in declared


def test_the_editor_is_told_of_who_may_judge_what_they_brought_in(open_work: OpenWork) -> None:
    clinic = copy_clinic(LENT, open_work)
    own = make_user("own", Role.AUTHOR, Role.REVIEWER)
    with open_work() as work:
        work.people.add_user(own.name, own.name, own.roles, "")
        first = ingest_article(work, write(GROWTH), own, make_moment())
    with open_work() as work:
        second = ingest_article(work, write(GROWTH, SLEEP), EDITOR, make_moment(1), revises=first.version.id)
    with open_work() as work:
        for version_id, plan, told in (
            (first.version.id, ReviewPlan(), ["own"]),
            (second.version.id, ReviewPlan(("own", "a"), needed=2), ["own"]),
            (second.version.id, ReviewPlan(("a", "b"), needed=2), []),
            (clinic.version_id, ReviewPlan(), []),
        ):
            assert [user.name for user in list_own_judges(work, version_id, plan)] == told
    with open_work() as work:
        assert find_bringers(work, first.version.id) == {"own"}
        assert find_bringers(work, second.version.id) == {"own", EDITOR.name}


@pytest.mark.parametrize("bringer", ["own", name_operator("own")], ids=["in the room", "command line"])
def test_the_report_says_of_a_grader_that_they_brought_the_article_in(
    open_work: OpenWork, bringer: str
) -> None:
    both = make_user("own", Role.AUTHOR, Role.REVIEWER)
    with open_work() as work:
        ingested = ingest_article(work, write(GROWTH), replace(both, name=bringer), make_moment())
    with open_work() as work:
        for person in (both, A):
            declare_interests(work, ingested.version.id, "なし", "皮膚科専門医", person, make_moment(1))
    with open_work() as work:
        declared = load_reviewed(work, ingested.version.id, UTC).declarations
    assert declared["own"].statement == "なし; brought the article in"
    assert declared["a"].statement == "なし"
