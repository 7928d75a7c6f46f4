"""Where a version is decided on, and where the trail is read, stands the trail's head of that moment."""

from __future__ import annotations

from reviewer.bootstrap import Application
from tests.dashboard.conftest import OpenRoom
from tests.workflow.clinic import EDITOR, A, Clinic


def read_page(open_room: OpenRoom, **place: int | str) -> str:
    room = open_room(EDITOR, **place)
    assert not room.exception
    return "\n".join(element.proto.body for element in room.get("html"))


def test_the_head_is_shown_as_it_stands(
    clinic: Clinic, open_room: OpenRoom, application: Application
) -> None:
    for place in ({"version": clinic.version_id, "room": "editor"}, {"room": "audit"}):
        with application.reading() as work:
            former = work.audit.find_head()
        clinic.judge(A)
        shown = read_page(open_room, **place)
        with application.reading() as work:
            head = work.audit.find_head()
        assert head.position > former.position
        assert f"Audit trail at <code>{head.position}:{head.digest}</code>" in shown
