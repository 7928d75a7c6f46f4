"""A version that can only be read offers no step that is refused there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.records.assessment import SupportGrade
from claims.records.plan import ReviewPlan
from tests.dashboard.conftest import OpenRoom
from tests.workflow.clinic import EDITOR, A, B, Clinic
from tests.workflow.test_closed_versions import APPROVED, PUBLISHED, approve, publish_and_supersede, supersede

Close = Callable[[Clinic], None]
_CLAIM_STEPS = {"grade_next", "search_due", "by_hand", "to_edit", "undo", "to_flag", "enter_guideline"}


@pytest.fixture
def graded(clinic: Clinic) -> Clinic:
    clinic.assign(ReviewPlan(("a", "b")))
    for claim in (0, 1):
        clinic.judge(A, claim=claim)
        clinic.grade(A, SupportGrade.SUPPORTED, claim=claim)
    return clinic


def _list_drawn(open_room: OpenRoom, clinic: Clinic) -> set[str]:
    """The steps and boxes that a reviewer and an editor are offered on the version's pages."""
    keys: set[str] = set()
    for who, place in (
        (A, {"version": clinic.version_id}),
        (EDITOR, {"version": clinic.version_id, "room": "editor"}),
        (A, {"claim": clinic.claim_ids[0]}),
    ):
        room = open_room(who, **place)
        assert not room.exception
        keys |= {str(part.key) for part in (*room.button, *room.checkbox) if not part.disabled}
        keys |= {str(part.key) for part in room.button if part.key in ("grade_next", "search_due")}
    return keys


def test_an_open_version_offers_them(graded: Clinic, open_room: OpenRoom) -> None:
    drawn = _list_drawn(open_room, graded)
    assert _CLAIM_STEPS | {"assign", "decide_approved", f"chosen_{graded.claim_ids[0]}"} <= drawn


@pytest.mark.parametrize(
    ("close", "decisions"),
    [
        (supersede, set[str]()),
        (publish_and_supersede, {"decide_withdrawn"}),
        (lambda clinic: approve(clinic, APPROVED), {"decide_changes_requested", "decide_published"}),
        (lambda clinic: approve(clinic, APPROVED, PUBLISHED), {"decide_withdrawn"}),
    ],
    ids=["older", "older and published", "approved", "published"],
)
def test_one_that_can_only_be_read_offers_what_may_be_decided_and_no_more(
    graded: Clinic, open_room: OpenRoom, close: Close, decisions: set[str]
) -> None:
    close(graded)
    drawn = _list_drawn(open_room, graded)
    assert drawn & (_CLAIM_STEPS | {"assign"}) == set()
    assert {key for key in drawn if key.startswith("chosen_")} == set()
    assert {key for key in drawn if key.startswith("decide_")} == decisions


def test_who_reviewed_a_published_version_stays_told(graded: Clinic, open_room: OpenRoom) -> None:
    approve(graded, APPROVED, PUBLISHED)
    room = open_room(EDITOR, version=graded.version_id, room="editor")
    assert not room.multiselect
    told = "\n".join(str(part.value) for part in (*room.markdown, *room.text, *room.get("html")))
    assert f"{A.full_name}, {B.full_name}" in told


def test_an_older_version_has_no_list_of_what_waits(graded: Clinic, open_room: OpenRoom) -> None:
    def list_filters() -> list[str]:
        (pills,) = (
            one for one in open_room(A, version=graded.version_id).button_group if one.key == "filter"
        )
        return [str(option) for option in pills.options]

    assert any(option.startswith("To do") for option in list_filters())
    supersede(graded)
    assert not any(option.startswith("To do") for option in list_filters())
