"""One page, another sign-in: the state of the first is gone before anything is done or drawn for it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from reviewer.bootstrap import Application
from tests.dashboard.conftest import OpenRoom, come_in
from tests.dashboard.test_grading_page import message, read_page
from tests.factories import make_audit_entry
from tests.workflow.clinic import A, B, Clinic


@pytest.fixture
def room(clinic: Clinic, open_room: OpenRoom) -> AppTest:
    """A reviewer's open page, with a comment that nobody else has seen."""
    room = open_room(A, claim=clinic.claim_ids[0])
    return room.text_area(f"comment_{clinic.claim_ids[0]}").input("half a thought").run()


def test_a_step_of_the_first_is_refused_once_the_second_has_come_in(
    application: Application, clinic: Clinic, room: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_in(application, B, monkeypatch)
    room.button("judge_s").click().run()
    assert "Somebody else has signed in" in message(room)
    assert clinic.see(A).judgements == clinic.see(B).judgements == ()
    assert "half a thought" not in read_page(room)
    assert "half a thought" not in repr(room.session_state)


def test_nothing_of_the_first_is_drawn_for_the_second(
    application: Application, clinic: Clinic, room: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_in(application, B, monkeypatch)
    room.run()
    assert room.text_area(f"comment_{clinic.claim_ids[0]}").value == ""
    assert "half a thought" not in repr(room.session_state)


def test_a_step_after_the_sign_in_has_ended_is_refused_and_shows_the_way_back(
    application: Application, clinic: Clinic, open_room: OpenRoom
) -> None:
    room = open_room(A, claim=clinic.claim_ids[0])
    with application.work() as work:
        work.people.end_all_sign_ins(work.people.get_user(A.name))
        work.commit(make_audit_entry())
    room.button("judge_s").click().run()
    assert "Your sign-in has ended and nothing was saved" in message(room)
    assert "/sign-in?next=%2F%3F" in read_page(room)
    assert clinic.see(A).judgements == ()
