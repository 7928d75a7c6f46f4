"""The first steps: offered once, tried without a trace, finished or put away for good."""

from __future__ import annotations

import pytest

from claims.errors import RuleRefused
from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import Pmid, is_sample
from claims.records.people import Role, User
from reviewer.workflow.practising import Practice, end_practice, is_practice_over, make_dossier
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.factories import make_moment
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, A, Clinic

TEXT = "Agent X raises hair density in women with hair loss."


def open_practice(practice: Practice) -> tuple[tuple[Pmid, ...], list[str]]:
    dossier = make_dossier(practice, TEXT, "a", make_moment())
    return tuple(f.pmid for f in dossier.findings), [c.title for c in dossier.citations.values()]


def test_every_record_of_the_practice_says_that_it_is_a_sample_and_is_no_number_of_pubmeds() -> None:
    pmids, titles = open_practice(Practice())
    assert all(is_sample(pmid) for pmid in pmids)
    assert all(title.startswith("[SAMPLE]") for title in titles)


def test_the_rules_of_grading_hold_in_practice_and_each_step_is_taken_back() -> None:
    dossier = make_dossier(Practice(), TEXT, "a", make_moment())
    first = dossier.findings[0].pmid
    with pytest.raises(RuleRefused, match="supported_needs_citation"):
        Practice().give(dossier, SupportGrade.SUPPORTED, "")
    judged = Practice().judge((first,), CitationJudgement.SUPPORTING)
    graded = judged.give(make_dossier(judged, TEXT, "a", make_moment()), SupportGrade.SUPPORTED, "")
    assert graded.grade is SupportGrade.SUPPORTED
    assert graded.former == judged
    assert judged.former == Practice()


def test_who_tried_the_practice_claim_left_nothing_but_that_they_did(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    with clinic.open_work() as work:
        before = work.audit.count_entries(1_000)
    room = open_room(A)
    room.button("open_practice").click().run()
    assert "judge the papers that were found" in read_page(room)
    room.button("begin_practice").click().run()
    assert "Press s (supports)" in read_page(room)
    room.button("grade_4").click().run()
    assert "judged supporting" in message(room)
    room.button("judge_s").click().run()
    room.button("judge_p").click().run()
    room.button("undo").click().run()
    assert "Taken back" in message(room)
    room.button("judge_p").click().run()
    room.button("judge_rest").click().run()
    assert "say how far they carry the claim" in read_page(room)
    room.button("save_next").click().run()
    assert "Choose a grade first" in message(room)
    room.button("grade_4").click().run()
    room.button("save_next").click().run()
    assert "Nothing of it was stored" in read_page(room)
    with clinic.open_work() as work:
        new = work.audit.list_entries(limit=work.audit.count_entries(1_000) - before)
        stepped = [entry.action for entry in new if entry.action is not AuditAction.SIGN_IN_OPENED]
        assert stepped == [AuditAction.PRACTICE_ENDED]
        assert not any(work.assessments.load_assessments(clinic.claim_ids).values())
    room.button("leave_practice").click().run()
    assert not room.exception
    assert "open_practice" not in {button.key for button in room.button}


def test_it_is_left_and_gone_on_with_from_the_own_account(clinic: Clinic, open_room: OpenRoom) -> None:
    room = open_room(A)
    room.button("open_practice").click().run()
    room.button("begin_practice").click().run()
    room.button("judge_s").click().run()
    room.button("leave_practice").click().run()
    assert room.button("open_practice").label == "Go on"
    room.query_params["room"] = "account"
    room.run()
    room.button("practice_again").click().run()
    assert "supports" in read_page(room)
    assert "Practice: a made-up claim" in read_page(room)


def test_who_put_it_away_is_not_offered_it_in_another_browser_and_others_are(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    open_room(A).button("put_practice_away").click().run()
    assert "open_practice" not in {button.key for button in open_room(A).button}
    assert "open_practice" in {button.key for button in open_room(EDITOR).button}


def test_it_is_said_once_that_the_practice_is_over(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        person = work.people.add_user("mori", "Mori", (Role.AUTHOR,), "")
        end_practice(work, person, make_moment())
    with clinic.open_work() as work:
        end_practice(work, person, make_moment(5))
        assert is_practice_over(work, person)
        assert work.audit.count_entries(9, f"account:{person.id}") == 1


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (AUTHOR, "answer what is flagged"),
        (JUDGE, "settle a claim whose grades differ"),
        (EDITOR, "assign the reviewers"),
        (ADMIN, "make accounts"),
    ],
)
def test_each_role_is_told_its_own_part(who: User, told: str, clinic: Clinic, open_room: OpenRoom) -> None:
    assert told in read_page(open_room(who, room="practice"))
