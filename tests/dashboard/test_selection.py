"""What is done to several claims at once: each by itself, and what cannot be done told with its number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.job import JobState
from claims.records.people import User
from claims.records.plan import ReviewPlan
from db.unit_of_work import UnitOfWork
from reviewer.bootstrap import Application, open_shared_queue
from reviewer.workflow.amending import dismiss_claim
from reviewer.workflow.search_jobs import name_claim_job
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.jobs.desk import wait
from tests.workflow.clinic import AUTHOR, EDITOR, A, B, Clinic

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "library"


def choose(open_room: OpenRoom, clinic: Clinic, who: User, *claims: int) -> AppTest:
    """The queue in which the person chose these claims of the clinic."""
    room = open_room(who, version=clinic.version_id)
    for claim in claims:
        room.checkbox(f"chosen_{clinic.claim_ids[claim]}").check()
    return room.run()


def dismiss_besides(clinic: Clinic, open_work: Callable[[], UnitOfWork], claim: int) -> None:
    """Dismiss the claim as somebody else does while it is chosen."""
    with open_work() as work:
        seen = work.claims.get_claim(clinic.claim_ids[claim])
        dismiss_claim(work, seen, "not medical", B, clinic.now())


def test_chosen_claims_are_dismissed_each_with_its_row_and_what_cannot_be_is_told_by_number(
    clinic: Clinic, open_room: OpenRoom, open_work: Callable[[], UnitOfWork]
) -> None:
    room = choose(open_room, clinic, A, 0, 1)
    room.text_input("dismissal_of_chosen").input("said twice")
    dismiss_besides(clinic, open_work, 1)
    room.button("dismiss_chosen").click().run()
    told = message(room)
    assert "Dismissed: 1. Waiting for a second person: 0." in told
    assert "Claims 2: " in told
    assert [clinic.see(A, claim).claim.status for claim in (0, 1)] == [ClaimStatus.DISMISSED] * 2
    assert AuditAction.CLAIM_DISMISSED in clinic.actions(f"claim:{clinic.claim_ids[0]}")
    assert clinic.actions(f"claim:{clinic.claim_ids[1]}").count(AuditAction.CLAIM_DISMISSED) == 1


def test_what_others_settled_waits_for_a_second_person_and_the_rest_goes(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.judge(B)
    clinic.grade(B, SupportGrade.SUPPORTED)
    room = choose(open_room, clinic, A, 0, 1)
    room.text_input("dismissal_of_chosen").input("said twice")
    told = message(room.button("dismiss_chosen").click().run())
    assert "Dismissed: 1. Waiting for a second person: 1." in told
    assert clinic.see(A, 0).claim.status is ClaimStatus.GRADED
    assert clinic.see(A, 1).claim.status is ClaimStatus.DISMISSED


def test_without_a_reason_nothing_is_dismissed_and_the_claims_stay_chosen(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    room = choose(open_room, clinic, A, 0)
    assert "A claim is dismissed for a reason" in message(room.button("dismiss_chosen").click().run())
    assert room.checkbox(f"chosen_{clinic.claim_ids[0]}").value
    assert clinic.see(A).claim.status is ClaimStatus.EXTRACTED


def test_chosen_claims_are_searched_and_one_dismissed_meanwhile_is_told_by_number(
    clinic: Clinic,
    application: Application,
    open_room: OpenRoom,
    open_work: Callable[[], UnitOfWork],
) -> None:
    application.library.import_files(sorted(SAMPLES.glob("*.xml")))
    room = choose(open_room, clinic, A, 0, 1)
    dismiss_besides(clinic, open_work, 1)
    told = message(room.button("search_chosen").click().run())
    assert "Searches started: 1." in told
    assert "Claims 2: " in told
    job = wait(open_shared_queue(), name_claim_job(clinic.claim_ids[0]), seconds=60)
    assert job.state is JobState.DONE
    assert AuditAction.CLAIM_SEARCHED in clinic.actions(f"claim:{clinic.claim_ids[0]}")
    assert AuditAction.CLAIM_SEARCHED not in clinic.actions(f"claim:{clinic.claim_ids[1]}")


def test_settled_claims_are_graded_anew_and_one_that_is_not_settled_is_told_by_number(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    room = choose(open_room, clinic, EDITOR, 0, 1)
    assert "Settled: 1 · begun: 0 · not graded: 1" in read_page(room)
    assert "needs its reason" in message(room.button("reopen_chosen").click().run())
    assert clinic.see(None).claim.status is ClaimStatus.GRADED
    room.text_input("reopening_of_chosen").input("a trial was retracted")
    told = message(room.button("reopen_chosen").click().run())
    assert "Claims that are graded anew: 1" in told
    assert "Claims 2: " in told
    assert clinic.see(None).claim.status is ClaimStatus.IN_REVIEW
    assert clinic.actions(f"claim:{clinic.claim_ids[0]}").count(AuditAction.CLAIM_REOPENED) == 1
    assert AuditAction.CLAIM_REOPENED not in clinic.actions(f"claim:{clinic.claim_ids[1]}")


def test_chosen_claims_are_assigned_and_the_list_tells_editors_to_whom(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.assign(ReviewPlan(("a", "b"), "judge"))
    clinic.grade(A, SupportGrade.OVERSTATED, "a cohort only", claim=1)
    room = choose(open_room, clinic, EDITOR, 0, 1)
    room.multiselect("reviewers_of_chosen").set_value(["b"])
    told = message(room.button("assign_chosen").click().run())
    assert "Claims that are assigned: 1" in told
    assert "Claims 2: " in told
    assert "Assigned: b" in room.button(f"claim_{clinic.claim_ids[0]}").label.replace("\\", "")
    assert clinic.actions(f"claim:{clinic.claim_ids[0]}").count(AuditAction.CLAIM_ASSIGNED) == 1
    assert open_room(A, version=clinic.version_id).button("grade_next").disabled
    assert not open_room(B, version=clinic.version_id).button("grade_next").disabled


def test_where_nobody_is_named_for_the_article_it_says_what_comes_first(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.assign(ReviewPlan())
    room = choose(open_room, clinic, EDITOR, 0)
    assert "Name its reviewers first" in read_page(room)
    assert "assign_chosen" not in {button.key for button in room.button}


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        (A, {"search_chosen", "dismiss_chosen"}),
        (AUTHOR, {"search_chosen"}),
        (EDITOR, {"search_chosen", "dismiss_chosen", "reopen_chosen"}),
    ],
)
def test_offered_is_what_the_person_may(
    clinic: Clinic, open_room: OpenRoom, who: User, offered: set[str]
) -> None:
    room = choose(open_room, clinic, who, 0)
    acts = {button.key for button in room.button} & {"search_chosen", "dismiss_chosen", "reopen_chosen"}
    assert acts == offered
