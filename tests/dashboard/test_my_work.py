"""My work tells each person what waits for them, and leads to where it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from claims.records.assessment import SupportGrade
from claims.records.decision import VersionState
from claims.records.people import User
from claims.records.plan import ReviewPlan
from reviewer.bootstrap import Application
from reviewer.moments import day_of
from reviewer.settings import load_settings
from reviewer.workflow.flagging import raise_flag
from reviewer.workflow.publishing import decide_version
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import read_page
from tests.factories import make_signature
from tests.workflow.articles import GROWTH, SAFE, SLEEP, find, ingest
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic


def list_piles(room: AppTest) -> list[str]:
    """The titles of what waits."""
    page = read_page(room)
    lines = (line for line in page.splitlines() if 'class="konkyo title"' in line and ": " in line)
    return [line.split(">")[1].split("<")[0] for line in lines]


def settle_all(clinic: Clinic, who: User) -> None:
    for claim in range(len(clinic.claim_ids)):
        clinic.judge(who, claim=claim)
        clinic.grade(who, SupportGrade.SUPPORTED, claim=claim)


def flag_first(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        raise_flag(work, clinic.claim_ids[0], "出典は?", A, clinic.now())


def decide(clinic: Clinic, state: VersionState, comment: str = "") -> None:
    with clinic.open_work() as work:
        version = work.articles.get_version(clinic.version_id)
        signed = make_signature() if state.is_signed else None
        decide_version(work, version.id, version.version_hash, state, comment, EDITOR, clinic.now(), signed)


def test_a_reviewer_comes_from_the_first_page_to_the_next_claim(clinic: Clinic, open_room: OpenRoom) -> None:
    clinic.assign(ReviewPlan(("a",), "judge"))
    room = open_room(A)
    assert list_piles(room) == ["Claims to grade: 2"]
    assert room.button("room_work").label == "My work (2)"
    room.button(f"to_grade_{clinic.version_id}").click().run()
    assert room.query_params["claim"] == str(clinic.claim_ids[0])
    assert list_piles(open_room(B)) == []
    assert "Nothing waits for you now" in read_page(open_room(B))


def test_what_anybody_may_grade_is_told_as_such(clinic: Clinic, open_room: OpenRoom) -> None:
    assert "nobody in particular is named" in read_page(open_room(A))
    clinic.assign(ReviewPlan(("a",)))
    assert "nobody in particular is named" not in read_page(open_room(A))


def test_an_adjudicator_comes_to_the_conflict(clinic: Clinic, open_room: OpenRoom) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.OVERSTATED, claim=1)
    clinic.grade(B, SupportGrade.UNSUPPORTED, claim=1)
    room = open_room(JUDGE)
    assert list_piles(room) == ["Conflicts to settle: 1"]
    room.button(f"to_adjudicate_{clinic.version_id}").click().run()
    assert room.query_params["claim"] == str(clinic.claim_ids[1])


def test_an_author_is_told_of_flags_and_returns_and_is_never_offered_grading(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.assign(ReviewPlan(("a",)))
    settle_all(clinic, A)
    flag_first(clinic)
    room = open_room(AUTHOR)
    assert list_piles(room) == ["Flags to answer: 1"]
    room.button(f"to_answer_{clinic.version_id}").click().run()
    assert (room.query_params["room"], room.query_params["version"]) == ("author", str(clinic.version_id))
    decide(clinic, VersionState.CHANGES_REQUESTED, "出典を <b>ください</b>")
    room = open_room(AUTHOR)
    assert list_piles(room) == ["Articles returned to you: 1"]
    page = read_page(room)
    assert "出典を &lt;b&gt;ください&lt;/b&gt;" in page
    assert "changes requested" in page
    assert not [button for button in room.button if "rade" in button.label]
    room.button(f"open_{clinic.version_id}").click().run()
    assert room.query_params["room"] == "author"


def test_an_editor_decides_from_the_first_page(clinic: Clinic, open_room: OpenRoom) -> None:
    room = open_room(EDITOR)
    assert list_piles(room) == ["Articles to assign: 1"]
    assert room.button("room_overview").label == "Board (1)"
    dialog = room.button(f"to_assign_{clinic.version_id}").click().run()
    dialog.multiselect("plan_reviewers").set_value(["a"])
    dialog.button("assign").click().run()
    assert "The assignment is saved" in read_page(dialog)
    settle_all(clinic, A)
    room = open_room(EDITOR)
    assert list_piles(room) == ["Articles ready for approval: 1"]
    room.button(f"to_approve_{clinic.version_id}").click().run()
    assert room.query_params["room"] == "editor"


def test_an_administrator_has_no_duty_in_the_review(clinic: Clinic, open_room: OpenRoom) -> None:
    assert list_piles(open_room(ADMIN)) == []


@pytest.mark.parametrize(
    ("days", "told"), [(-1, "overdue since"), (0, "due today"), (2, "days left: 2"), (9, "due ")]
)
def test_a_due_date_is_told_by_the_days_that_are_left(
    clinic: Clinic, open_room: OpenRoom, application: Application, days: int, told: str
) -> None:
    today = day_of(application.now(), load_settings().time_zone)
    clinic.assign(ReviewPlan(("a",), due_on=today + timedelta(days=days)))
    assert told in read_page(open_room(A))
    assert ('class="due overdue"' in read_page(open_room(A))) is (days < 0)


def test_what_others_finished_stays_until_it_is_seen(clinic: Clinic, open_room: OpenRoom) -> None:
    clinic.assign(ReviewPlan(("a",)))
    settle_all(clinic, A)
    decide(clinic, VersionState.APPROVED)
    room = open_room(A)
    assert "Finished since you last looked" not in read_page(open_room(B))
    if "Finished since you last looked" in read_page(room):
        room.button("know_finished").click().run()
    assert "Finished since you last looked" not in read_page(room)


def test_versions_of_an_article_are_one_row_and_an_older_one_offers_no_grading(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    former = ingest(clinic.open_work, GROWTH, SAFE, title="二つの版")
    newer = ingest(clinic.open_work, GROWTH, SLEEP, title="二つの版", revises=former.version.id, minutes=1)
    room = open_room(A)
    assert read_page(room).count("二つの版") == 2, "once in what waits, once among all"
    assert [one.label for one in room.expander] == ["Earlier versions: 1"]
    room.button(f"open_{former.version.id}").click().run()
    assert room.query_params["version"] == str(former.version.id)
    assert "this older one can only be read" in read_page(room)
    room = open_room(A, version=former.version.id, room="author")
    assert "this older one can only be read" in read_page(room)
    room.button("open_newer").click().run()
    assert room.query_params["version"] == str(newer.version.id)
    # What both versions have stands in the newer: its page tells of no older version.
    shared = open_room(A, claim=find(former, GROWTH).id)
    assert "this older one can only be read" not in read_page(shared)
    gone = open_room(A, claim=find(former, SAFE).id)
    assert "this older one can only be read" in read_page(gone)
    assert gone.button("grade_2").disabled
