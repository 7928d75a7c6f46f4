"""Claims by hand on the page: each step is the workflow's, and its refusal is told."""

from __future__ import annotations

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.claim import ClaimType
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message
from tests.workflow.clinic import AUTHOR, EDITOR, A, Clinic


def test_a_claim_is_reworded_retyped_and_dismissed_for_a_reason(clinic: Clinic, open_room: OpenRoom) -> None:
    claim_id = clinic.claim_ids[0]
    dialog = open_room(A, claim=claim_id).button("to_edit").click().run()
    dialog.text_area(f"reading_{claim_id}").input("見本成分は成人の毛を増やす")
    dialog.button("reword").click().run()
    dialog = open_room(A, claim=claim_id).button("to_edit").click().run()
    dialog.selectbox(f"type_{claim_id}").set_value(ClaimType.SAFETY)
    dialog.button("retype").click().run()
    claim = clinic.see(A).claim
    assert (claim.claim.read_as, claim.claim.type) == (
        "見本成分は成人の毛を増やす",
        ClaimType.SAFETY,
    )
    dialog = open_room(A, claim=claim_id).button("to_edit").click().run()
    assert "A claim is dismissed for a reason" in message(dialog.button("dismiss").click().run())
    dialog = open_room(A, claim=claim_id).button("to_edit").click().run()
    dialog.text_input(f"dismissal_{claim_id}").input("not medical")
    dialog.button("dismiss").click().run()
    assert clinic.see(A).claim.status is ClaimStatus.DISMISSED


def test_a_dismissed_claim_is_restored_from_the_queue(clinic: Clinic, open_room: OpenRoom) -> None:
    claim_id = clinic.claim_ids[0]
    dialog = open_room(A, claim=claim_id).button("to_edit").click().run()
    dialog.text_input(f"dismissal_{claim_id}").input("not medical")
    dialog.button("dismiss").click().run()
    dialog = open_room(A, version=clinic.version_id).button("by_hand").click().run()
    dialog.button(f"back_{claim_id}").click().run()
    assert clinic.see(A).claim.status is ClaimStatus.EXTRACTED


def test_who_may_not_change_claims_is_offered_no_way_to(clinic: Clinic, open_room: OpenRoom) -> None:
    room = open_room(AUTHOR, version=clinic.version_id)
    assert "by_hand" not in {button.key for button in room.button}


def test_an_editor_opens_a_settled_claim_again_for_a_reason(clinic: Clinic, open_room: OpenRoom) -> None:
    claim_id = clinic.claim_ids[0]
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    room = open_room(EDITOR, claim=claim_id)
    assert "w opens it again" in message(room)
    dialog = room.button("to_edit").click().run()
    assert "needs its reason" in message(dialog.button("reopen").click().run())
    dialog = open_room(EDITOR, claim=claim_id).button("to_edit").click().run()
    dialog.text_input(f"reopening_{claim_id}").input("the trial was retracted")
    assert "Claim 1 is open again" in message(dialog.button("reopen").click().run())
    assert clinic.see(None).claim.status is ClaimStatus.IN_REVIEW
    with clinic.open_work() as work:
        (entry,) = work.audit.list_entries(f"claim:{claim_id}", action=AuditAction.CLAIM_REOPENED)
    assert entry.values == (("reason", "the trial was retracted"),)


def test_only_a_settled_claim_is_opened_again_and_only_by_an_editor(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    for who, claim_id in ((A, clinic.claim_ids[0]), (EDITOR, clinic.claim_ids[1])):
        dialog = open_room(who, claim=claim_id).button("to_edit").click().run()
        assert "reopen" not in {button.key for button in dialog.button}
