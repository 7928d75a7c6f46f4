"""The board has one row an article, and what is decided is asked once with its figures."""

from __future__ import annotations

from datetime import timedelta

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.decision import VersionState
from claims.records.plan import ReviewPlan
from reviewer.bootstrap import Application
from reviewer.workflow.assigning import load_plan
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.dashboard.test_my_work import decide, flag_first, settle_all
from tests.workflow.clinic import ADMIN, EDITOR, TWO_REVIEWERS, A, B, Clinic


def test_a_row_tells_whom_the_article_waits_for(clinic: Clinic, open_room: OpenRoom) -> None:
    room = open_room(EDITOR, room="overview")
    page = read_page(room)
    assert '<li class="now" aria-current="step">assignment</li>' in page
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.OVERSTATED)
    page = read_page(open_room(EDITOR, room="overview"))
    assert '<li class="now" aria-current="step">grading</li>' in page
    assert "<b>a: 1<br>b: 2</b>" in page


def test_an_article_is_assigned_from_its_row_with_a_due_date(
    clinic: Clinic, open_room: OpenRoom, application: Application
) -> None:
    day = (application.now() + timedelta(days=30)).date()
    dialog = open_room(EDITOR, room="overview").button(f"assign_{clinic.version_id}").click().run()
    dialog.multiselect("plan_reviewers").set_value(["a"])
    dialog.date_input("plan_due_on").set_value(day)
    dialog.button("assign").click().run()
    with clinic.open_work() as work:
        assert load_plan(work, clinic.version_id) == ReviewPlan(("a",), due_on=day)


def test_more_graders_list_what_one_settled_and_the_editor_opens_it_again(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.assign(ReviewPlan(("a",)))
    settle_all(clinic, A)
    dialog = open_room(EDITOR, room="overview").button(f"assign_{clinic.version_id}").click().run()
    assert "Settled: 2 · waiting for another grade: 0 · not graded: 0" in read_page(dialog)
    dialog.multiselect("plan_reviewers").set_value(["a", "b"])
    dialog.radio("plan_needed").set_value(2)
    dialog.button("assign").click().run()
    dialog = open_room(EDITOR, room="overview").button(f"assign_{clinic.version_id}").click().run()
    assert "Settled by fewer graders than are asked for now: 2" in read_page(dialog)
    dialog.multiselect("fewer_chosen").set_value([clinic.claim_ids[0]])
    dialog.button("reopen_fewer").click().run()
    with clinic.open_work() as work:
        statuses = work.claims.load_statuses(clinic.claim_ids)
    assert [statuses[id] for id in clinic.claim_ids] == [ClaimStatus.IN_REVIEW, ClaimStatus.GRADED]
    room = open_room(EDITOR, room="editor", version=clinic.version_id)
    told = read_page(room.button("assign").click().run())
    assert told.index("konkyo message saved") > told.index(">Review<"), "told beside the plan"
    assert "Settled by fewer graders than are asked for now: 1" in [one.label for one in room.expander]


def test_overdue_articles_are_chosen_by_themselves(
    clinic: Clinic, open_room: OpenRoom, application: Application
) -> None:
    yesterday = (application.now() - timedelta(days=2)).date()
    clinic.assign(ReviewPlan(("a", "b"), due_on=yesterday))
    room = open_room(EDITOR, room="overview")
    assert "overdue since" in read_page(room)
    room.session_state["board_chosen"] = "done"
    assert "No article here" in read_page(room.run())


def test_obstacles_stand_by_kind_with_each_claim_once(clinic: Clinic, open_room: OpenRoom) -> None:
    clinic.assign(ReviewPlan(("a", "b")))
    clinic.judge(A)
    clinic.grade(A, SupportGrade.OVERSTATED)
    flag_first(clinic)
    room = open_room(EDITOR, room="editor", version=clinic.version_id)
    page = read_page(room)
    assert "Claims to be settled before approval: 2" in page
    assert [line for line in page.splitlines() if "konkyo title" in line and ": 1" in line]
    keys = [button.key or "" for button in room.button if (button.key or "").startswith("obstacle_")]
    assert sorted(keys) == sorted(f"obstacle_{id}" for id in clinic.claim_ids)
    assert "a flag is open" in page


def test_a_decision_is_asked_once_with_its_figures(clinic: Clinic, open_room: OpenRoom) -> None:
    clinic.assign(ReviewPlan(("a",)))
    settle_all(clinic, A)
    dialog = open_room(EDITOR, room="editor", version=clinic.version_id)
    dialog.button("decide_changes_requested").click().run()
    asked = read_page(dialog)
    assert "Return “見本の記事”, version 1, to the author?" in asked
    assert all(told in asked for told in ("claims: 2", "graded: 2", "still to be settled: 0"))
    assert "needs a comment" in message(dialog.button("confirm_decision").click().run())
    with clinic.open_work() as work:
        states = {decision.state for decision in work.decisions.list_decisions(clinic.version_id)}
    assert VersionState.CHANGES_REQUESTED not in states
    dialog.button("decide_changes_requested").click().run()
    dialog.text_area("decision_comment").input("直してください")
    dialog.button("confirm_decision").click().run()
    with clinic.open_work() as work:
        assert work.decisions.list_decisions(clinic.version_id)[-1].comment == "直してください"


def test_a_published_version_is_withdrawn_only_after_the_question(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.assign(ReviewPlan(("a",)))
    settle_all(clinic, A)
    for state in (VersionState.APPROVED, VersionState.PUBLISHED):
        decide(clinic, state)
    dialog = open_room(EDITOR, room="editor", version=clinic.version_id)
    dialog.button("decide_withdrawn").click().run()
    assert "This cannot be taken back" in read_page(dialog)
    with clinic.open_work() as work:
        assert work.decisions.list_decisions(clinic.version_id)[-1].state is VersionState.PUBLISHED


def test_closing_an_account_asks_once_and_tells_what_waits_for_the_person(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.assign(ReviewPlan(("a", "b")))
    open_room(B)
    with clinic.open_work() as work:
        user = work.people.get_user(B.name)
    # In Japanese: the fields of the roles are read back outside of the page, where that is the language.
    dialog = open_room(ADMIN, "ja", room="users").button(f"close_{user.id}").click().run()
    page = read_page(dialog)
    assert "終了するサインイン：1件" in page
    assert "この人を待っている主張・指摘：2件" in page
    with clinic.open_work() as work:
        assert work.people.get_user(B.name).active
    dialog.button("confirm_closing").click().run()
    with clinic.open_work() as work:
        assert not work.people.get_user(B.name).active
