"""The article, its references and the packet are taken out where people look for them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from claims.records.assessment import SupportGrade
from claims.records.people import User
from tests.dashboard.conftest import OpenRoom
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, A, Clinic

FORMATS = ["HTML", "Markdown", "Word"]


def labels(room: AppTest) -> list[str]:
    assert not room.exception
    return [button.proto.label for button in room.get("download_button")]


@pytest.mark.parametrize(("who", "has_packet"), [(EDITOR, True), (ADMIN, True), (AUTHOR, False)])
def test_the_packet_is_one_click_away_for_those_who_may_read_the_trail(
    clinic: Clinic, open_room: OpenRoom, who: User, has_packet: bool
) -> None:
    room = open_room(who, version=clinic.version_id, room="editor")
    assert ("Evidence packet (ZIP)" in labels(room)) is has_packet


@pytest.mark.parametrize("place", ["articles", "editor"])
def test_article_and_references_are_in_a_menu_that_is_filled_once_it_is_opened(
    clinic: Clinic, open_room: OpenRoom, place: str
) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    where = {"version": clinic.version_id, "room": place} if place == "editor" else {"room": place}
    room = open_room(EDITOR, **where)
    assert not [label for label in labels(room) if label.startswith("Article")]
    key = f"article_menu_{clinic.version_id}"
    room.session_state[key] = True
    room.run()
    told = labels(room)
    assert [label for label in told if label.startswith("Article")] == [
        f"Article ({name})" for name in FORMATS
    ]
    assert [label for label in told if label.startswith("References")] == [
        f"References ({name})" for name in ("RIS", "BibTeX", "NBIB", "CSL-JSON")
    ]
