"""Claims are assigned to some of an article's reviewers: what waits for whom is what the plan asks for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import KonkyoError, RoleRefused, RuleRefused
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.stage import Stage
from db.unit_of_work import UnitOfWork
from reviewer.rules.tasks import Task
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.assigning import assign_claim, load_given, load_plan
from reviewer.workflow.my_work import count_work, find_next_claim
from reviewer.workflow.queue_lists import QueueList
from reviewer.workflow.queueing import count_open, load_queue
from reviewer.workflow.recounting import recount
from reviewer.workflow.stages import catch_up
from reviewer.workflow.viewing import view_claim
from tests.conftest import OpenWork
from tests.databases import LENT, lend_database
from tests.examples import at_most
from tests.workflow.articles import GROWTH, SLEEP, ingest
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, A, B, C, Clinic, copy_clinic

PLAN = ReviewPlan(("a", "b", "c"), "judge")
BY_TWO = ReviewPlan(("a", "b", "c"), "judge", needed=2)
GRADERS = (A, B, C)


def assign(clinic: Clinic, *names: str, claim: int = 0, who: User = EDITOR) -> None:
    with clinic.open_work() as work:
        assign_claim(work, clinic.claim_ids[claim], names, who, clinic.now())


def count_shares(clinic: Clinic) -> dict[str, int]:
    """How many claims each reviewer is told to have before them."""
    with clinic.open_work() as work:
        newest = max(work.tallies.list_versions())
        shares = work.desks.load_shares([newest])[newest]
    return {share.name: share.waiting for share in shares if share.role is Role.REVIEWER}


def list_open(clinic: Clinic, who: User) -> tuple[int, ...]:
    """The claims that the queue tells this reviewer to grade, by their place."""
    with clinic.open_work() as work:
        claims = load_queue(work, clinic.version_id, who, QueueList("open")).claims
    return tuple(clinic.claim_ids.index(claim.id) for claim in claims)


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    clinic = copy_clinic(LENT, open_work)
    clinic.assign(PLAN)
    return clinic


def test_a_claim_waits_for_those_alone_to_whom_it_is_assigned(clinic: Clinic) -> None:
    assign(clinic, "b")
    assert count_shares(clinic) == {"a": 1, "b": 2, "c": 1}
    assert [list_open(clinic, who) for who in GRADERS] == [(1,), (0, 1), (1,)]
    assert catch_up(clinic.open_work)
    with clinic.open_work() as work:
        assert count_work(work, A)[Stage.GRADE] == 1
        assert find_next_claim(work, clinic.version_id, A) == clinic.claim_ids[1]
        assert view_claim(work, clinic.claim_ids[0], A).task is Task.READS
        assert view_claim(work, clinic.claim_ids[0], B).task is Task.GRADES
    with pytest.raises(RoleRefused, match="claim_of_others"):
        clinic.grade(A, SupportGrade.OVERSTATED, "理由")
    clinic.grade(B, SupportGrade.OVERSTATED, "理由")
    assert count_shares(clinic) == {"a": 1, "b": 1, "c": 1}


def test_assigned_to_nobody_by_name_it_is_everybodys_again(clinic: Clinic) -> None:
    before = count_shares(clinic)
    assign(clinic, "b")
    assign(clinic)
    assert count_shares(clinic) == before == {"a": 2, "b": 2, "c": 2}
    clinic.grade(A, SupportGrade.OVERSTATED, "理由")
    assert clinic.actions(f"claim:{clinic.claim_ids[0]}").count(AuditAction.CLAIM_ASSIGNED) == 2


def test_a_grade_given_before_goes_on_counting(clinic: Clinic) -> None:
    clinic.assign(BY_TWO)
    clinic.grade(A, SupportGrade.OVERSTATED, "理由")
    assign(clinic, "b", "c")
    clinic.grade(B, SupportGrade.OVERSTATED, "理由")
    with clinic.open_work() as work:
        assert work.claims.get_claim(clinic.claim_ids[0]).status is ClaimStatus.GRADED


@pytest.mark.parametrize(
    ("names", "code"), [(("b",), "reviewers_too_few"), (("editor", "a"), "reviewer_not_of_article")]
)
def test_who_does_not_review_the_article_or_too_few_is_refused(
    clinic: Clinic, names: tuple[str, ...], code: str
) -> None:
    clinic.assign(BY_TWO)
    with pytest.raises(RuleRefused, match=code):
        assign(clinic, *names)


def test_where_the_plan_names_nobody_no_claim_is_assigned(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan())
    with pytest.raises(RuleRefused, match="reviewer_not_of_article"):
        assign(clinic, "a")


def test_a_claim_that_waits_for_no_grade_is_assigned_to_nobody(clinic: Clinic) -> None:
    clinic.grade(A, SupportGrade.OVERSTATED, "理由")
    with pytest.raises(RuleRefused, match="claim_settled"):
        assign(clinic, "b")


@pytest.mark.parametrize("who", [A, JUDGE, AUTHOR, ADMIN])
def test_only_editors_assign_claims(clinic: Clinic, who: User) -> None:
    with pytest.raises(RoleRefused):
        assign(clinic, "b", who=who)


@pytest.mark.parametrize(
    ("plan", "stays"),
    [
        (ReviewPlan(("b", "c"), "judge"), True),
        (ReviewPlan(("a", "c"), "judge"), False),
        (ReviewPlan(("a", "b"), "judge", needed=2), False),
        (ReviewPlan(), False),
    ],
)
def test_another_plan_ends_what_it_cannot_carry_out_and_the_trail_says_so(
    clinic: Clinic, plan: ReviewPlan, stays: bool
) -> None:
    assign(clinic, "b")
    clinic.assign(plan)
    with clinic.open_work() as work:
        assert load_given(work, clinic.version_id).assigned == stays
        entries = work.audit.list_about([f"claim:{clinic.claim_ids[0]}"], AuditAction.CLAIM_ASSIGNED)
    told = [dict(entry.values)["reviewers"] for entry in entries]
    assert told == (["b"] if stays else ["b", ""])


def test_a_claim_that_is_opened_again_waits_for_those_to_whom_it_was_assigned(clinic: Clinic) -> None:
    assign(clinic, "b")
    clinic.grade(B, SupportGrade.OVERSTATED, "理由")
    with clinic.open_work() as work:
        revision = work.claims.get_claim(clinic.claim_ids[0]).revision
        reopen_claim(work, clinic.claim_ids[0], revision, "理由", EDITOR, clinic.now())
    assert [0 in list_open(clinic, who) for who in GRADERS] == [False, True, False]


def test_editors_are_told_to_whom_a_claim_is_assigned_and_nobody_else(clinic: Clinic) -> None:
    assign(clinic, "b")
    with clinic.open_work() as work:
        seen = {
            who.name: [line.assigned for line in load_queue(work, clinic.version_id, who).lines]
            for who in (EDITOR, A, B, AUTHOR)
        }
    assert seen == {"editor": [("b",), ()], "a": [(), ()], "b": [(), ()], "author": [(), ()]}


def test_a_claim_that_the_next_version_left_untouched_stays_assigned(clinic: Clinic) -> None:
    first = ingest(clinic.open_work, GROWTH, SLEEP, title="二つ目の記事")
    clinic.version_id, clinic.claim_ids = first.version.id, tuple(claim.id for claim in first.claims)
    clinic.assign(PLAN)
    for claim in (0, 1):
        assign(clinic, "b", claim=claim)
    ingest(clinic.open_work, GROWTH, SLEEP.replace("。", "かもしれません。"), title="二つ目の記事")
    assert count_shares(clinic) == {"a": 1, "b": 2, "c": 1}


STEPS: dict[str, Callable[[Clinic, int], None]] = {
    **{
        f"to {' and '.join(names) or 'all'}": lambda clinic, claim, names=names: assign(  # type: ignore[misc]
            clinic, *names, claim=claim
        )
        for names in ((), ("a",), ("b",), ("a", "b"), ("b", "c"))
    },
    **{
        f"graded by {who.name}": lambda clinic, claim, who=who: clinic.grade(  # type: ignore[misc]
            who, SupportGrade.OVERSTATED, "理由", claim=claim
        )
        for who in GRADERS
    },
    "one needed": lambda clinic, _: clinic.assign(PLAN),
    "two needed": lambda clinic, _: clinic.assign(BY_TWO),
    "without c": lambda clinic, _: clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2)),
}


@settings(max_examples=at_most(40), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 1)), max_size=10))
def test_what_waits_for_people_is_what_the_plan_asks_of_them(steps: list[tuple[str, int]]) -> None:
    clinic = copy_clinic(LENT, partial(UnitOfWork, lend_database()))
    clinic.assign(PLAN)
    for name, claim in steps:
        with suppress(KonkyoError):
            STEPS[name](clinic, claim)
    asked: dict[str, int] = {}
    with clinic.open_work() as work:
        plan = load_plan(work, clinic.version_id)
        assigned = work.plans.load_assigned(clinic.claim_ids)
        for claim_id, status, graders in work.overview.list_graders(clinic.version_id):
            graded_by = assigned.get(claim_id, plan.reviewers)
            left = set() if status.is_settled else set(graded_by) - set(graders)
            # Whatever is open can be settled by those whom it waits for.
            assert status.is_settled or len(left) + len(graders) >= plan.needed
            for name in left:
                asked[name] = asked.get(name, 0) + 1
        open_by_person = {who.name: count_open(work, clinic.version_id, who) for who in GRADERS}
    told = count_shares(clinic)
    assert sum(told.values()) == sum(asked.values())
    for who in GRADERS:
        if who.name in plan.reviewers:
            expected = asked.get(who.name, 0)
            assert (told.get(who.name, 0), open_by_person[who.name]) == (expected, expected)
            assert len(list_open(clinic, who)) == expected
    assert recount(clinic.open_work) == 0
