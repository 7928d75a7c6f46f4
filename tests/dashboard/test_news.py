"""The first page tells each person what is new to them, until they open it or say that they have seen it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from claims.records.assessment import SupportGrade
from claims.records.decision import VersionState
from claims.records.people import User
from claims.records.plan import ReviewPlan
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import read_page
from tests.dashboard.test_my_work import decide
from tests.workflow.clinic import AUTHOR, EDITOR, JUDGE, A, B, C, Clinic

TWO = ReviewPlan(("a", "b"), "judge", needed=2)


def has_button(room: AppTest, key: str) -> bool:
    return any(button.key == key for button in room.button)


def count_told(room: AppTest) -> str:
    """What the menu says of notices, "" where it says nothing."""
    return next((button.label for button in room.button if button.key == "room_news"), "")


def test_what_is_new_is_told_in_a_sentence_with_the_way_there(clinic: Clinic, open_room: OpenRoom) -> None:
    assert count_told(open_room(A)) == ""
    clinic.assign(TWO)
    room = open_room(A)
    assert count_told(room) == "Notices (1)"
    assert "You were assigned to this review." in read_page(room)
    room.button("news_0").click().run()
    assert room.query_params["version"] == str(clinic.version_id)
    assert count_told(open_room(A)) == ""
    assert count_told(open_room(B)) == "Notices (1)"


def test_one_button_says_that_all_is_seen(clinic: Clinic, open_room: OpenRoom) -> None:
    clinic.assign(TWO)
    room = open_room(A)
    room.button("know_news").click().run()
    assert not has_button(room, "know_news")
    assert count_told(room) == ""


def test_a_conflict_leads_to_its_claim(clinic: Clinic, open_room: OpenRoom) -> None:
    clinic.assign(TWO)
    for who, grade in ((A, SupportGrade.OVERSTATED), (B, SupportGrade.UNSUPPORTED)):
        clinic.grade(who, grade, "理由", claim=1)
    room = open_room(JUDGE)
    assert count_told(room) == "Notices (2)"
    page = read_page(room)
    assert "Conflicts that wait for a decision: 1" in page
    assert "claims 2" in page
    room.button("news_0").click().run()
    assert room.query_params["claim"] == str(clinic.claim_ids[1])
    # The assignment is of the article: that was not opened.
    assert count_told(open_room(JUDGE)) == "Notices (1)"


@pytest.mark.parametrize("who", [C, EDITOR, JUDGE])
def test_a_return_is_nobody_elses_news(clinic: Clinic, open_room: OpenRoom, who: User) -> None:
    clinic.assign(ReviewPlan(("a",)))
    decide(clinic, VersionState.CHANGES_REQUESTED, "直してください")
    assert "returned it to you" in read_page(open_room(AUTHOR))
    assert "returned it to you" not in read_page(open_room(who))
