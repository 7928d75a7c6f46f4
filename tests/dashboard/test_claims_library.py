"""The page of the claims library: what is asked for by substance and by condition, in either language."""

from __future__ import annotations

import pytest

from tests.conftest import OpenWork
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import read_page
from tests.workflow.articles import SLEEP, find, ingest, work_on
from tests.workflow.clinic import EDITOR

GIVEN = "ミノキシジルは発毛を促進します。"


@pytest.mark.parametrize(
    ("lang", "substance", "condition"), [("ja", "ロゲイン", "発毛"), ("en", "Minoxidil", "hair growth")]
)
def test_claims_are_filtered_by_substance_and_by_condition(
    open_work: OpenWork, open_room: OpenRoom, lang: str, substance: str, condition: str
) -> None:
    article = ingest(open_work, GIVEN, SLEEP)
    for words in (GIVEN, SLEEP):
        work_on(open_work, find(article, words))
    room = open_room(EDITOR, lang, room="library")
    assert GIVEN in read_page(room)
    assert SLEEP in read_page(room)
    for key, typed in (("library_substance", substance), ("library_condition", condition)):
        room.text_input(key).input(typed).run()
        assert not room.exception
        assert GIVEN in read_page(room)
        assert SLEEP not in read_page(room)
    room.text_input("library_substance").input(condition).run()
    assert GIVEN not in read_page(room), "what is a condition is not found as a substance"
