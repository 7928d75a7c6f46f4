"""The list of claims offers each person what they may do there, and names it so."""

from __future__ import annotations

import pytest

from claims.records.people import User
from tests.dashboard.conftest import OpenRoom
from tests.workflow.clinic import AUTHOR, EDITOR, JUDGE, A, Clinic


@pytest.mark.parametrize(
    ("who", "lang", "offered", "filtered"),
    [
        (A, "en", "Grade the next claim", "To do 2"),
        (JUDGE, "en", "Grade the next claim", "To do 0"),
        (EDITOR, "en", "Open the next claim", "Open 2"),
        (AUTHOR, "ja", "次の主張を開く", "未確定 2"),
    ],
)
def test_who_grades_nothing_is_offered_to_read(
    clinic: Clinic, open_room: OpenRoom, who: User, lang: str, offered: str, filtered: str
) -> None:
    room = open_room(who, lang, version=clinic.version_id)
    assert room.button("grade_next").label == offered
    assert filtered in room.button_group("filter").options
