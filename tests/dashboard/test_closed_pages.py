"""Every page of a closed version says as of when it is shown, and shows that."""

from __future__ import annotations

import pytest

from claims.records.assessment import SupportGrade
from claims.records.decision import ProvedBy, VersionState
from claims.records.plan import ReviewPlan
from reviewer.accounts.guessing import TRIES_OF_BOTH, place_own_guess
from reviewer.accounts.passwords import hash_password
from reviewer.bootstrap import Application
from reviewer.workflow.publishing import decide_version
from reviewer.workflow.states import put_state
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message
from tests.factories import make_audit_entry, make_signature
from tests.workflow.clinic import EDITOR, A, Clinic

APPROVED = VersionState.APPROVED
KEPT = "This version is approved: it is shown as of "
NOT_KEPT = "by a release of Konkyo that did not keep what was decided on"


@pytest.fixture
def graded(clinic: Clinic) -> Clinic:
    clinic.assign(ReviewPlan(("a",)))
    for claim in (0, 1):
        clinic.judge(A, claim=claim)
        clinic.grade(A, SupportGrade.SUPPORTED, claim=claim)
    return clinic


def read_page(open_room: OpenRoom, **place: int | str) -> str:
    room = open_room(EDITOR, **place)
    assert not room.exception
    return "\n".join(str(part.value) for part in (*room.markdown, *room.get("html")))


def list_places(clinic: Clinic) -> list[dict[str, int | str]]:
    version: dict[str, int | str] = {"version": clinic.version_id}
    rooms = [{**version, "room": room} for room in ("author", "editor", "searches")]
    return [version, {"claim": clinic.claim_ids[0]}, *rooms]


def test_every_page_of_a_closed_version_says_as_of_when_it_is_shown(
    graded: Clinic, open_room: OpenRoom
) -> None:
    assert all(KEPT not in read_page(open_room, **place) for place in list_places(graded))
    with graded.open_work() as work:
        version = work.articles.get_version(graded.version_id)
        decide_version(
            work, version.id, version.version_hash, APPROVED, "", EDITOR, graded.now(), make_signature()
        )
    assert [place for place in list_places(graded) if KEPT not in read_page(open_room, **place)] == []
    assert "時点の内容を表示しています" in read_page(open_room, lang="ja", version=graded.version_id)


def test_a_version_that_was_closed_before_such_was_kept_says_so(
    graded: Clinic, open_room: OpenRoom, application: Application
) -> None:
    with application.work() as work:
        version = work.articles.get_version(graded.version_id)
        work.commit(put_state(work, version, APPROVED, "", EDITOR, graded.now()))
    assert NOT_KEPT in read_page(open_room, version=graded.version_id)


def test_who_approves_gives_their_password_and_a_wrong_one_counts_as_a_try(
    application: Application, graded: Clinic, open_room: OpenRoom
) -> None:
    password = "seven carps swim upstream"
    with application.work() as work:
        work.people.change_password(EDITOR.name, hash_password(password))
        work.commit(make_audit_entry())

    def approve(typed: str) -> str:
        room = open_room(EDITOR, version=graded.version_id, room="editor")
        room.button("decide_approved").click().run()
        room.text_input("decision_password").input(typed)
        return message(room.button("confirm_decision").click().run())

    for typed in ("", *["a guess"] * (TRIES_OF_BOTH - 1)):
        assert "not your present password" in approve(typed)
    assert "Too many wrong passwords" in approve(password)
    with application.work() as work:
        assert work.decisions.list_decisions(graded.version_id) == ()
        work.tries.forgive(place_own_guess(EDITOR.name, application.secret).both)
        work.commit_passing()
    assert "This version is approved" in approve(password)
    assert f"signed by {EDITOR.full_name} as editor" in read_page(
        open_room, version=graded.version_id, room="editor"
    ).replace("Editor", "editor")
    with application.work() as work:
        (decision,) = work.decisions.list_decisions(graded.version_id)
    assert decision.signature is not None
    assert (decision.signature.proved_by, decision.signature.roles) == (ProvedBy.PASSWORD, EDITOR.roles)
