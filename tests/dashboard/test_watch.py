"""The page that watches what published articles rest on."""

from __future__ import annotations

from claims.records.assessment import SupportGrade
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import read_page
from tests.factories import make_pmid
from tests.workflow.clinic import AUTHOR, EDITOR, TWO_REVIEWERS, A, B, Clinic


def test_a_reviewer_finds_where_a_paper_is_used_and_nothing_blind(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.OVERSTATED)
    for viewer, used_as in ((A, "judged to bear on it"), (B, "suggested"), (EDITOR, "suggested")):
        room = open_room(viewer, room="watch")
        page = read_page(room.text_input("watch_words").input(make_pmid(1)).run())
        assert "Taken for a paper. Uses: 2" in page
        assert f"<td>{used_as} (PMID {make_pmid(1)})</td>" in page
        assert "<td>Overstated</td>" not in page
    room = open_room(A, room="watch")
    room.text_input("watch_words").input("12345").run()
    assert [box.value for box in room.info] == ["It is used in no newest version and in no published one."]


def test_an_author_has_no_such_page(clinic: Clinic, open_room: OpenRoom) -> None:
    assert "Where is it used?" not in read_page(open_room(AUTHOR, room="watch"))
