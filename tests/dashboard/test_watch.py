"""The page that watches what published articles rest on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, timedelta

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.decision import VersionState
from claims.records.living import LivingLook, NewRecord
from claims.records.recheck import LostGround, Met, RecheckNote, ReviewMark
from claims.records.retrieval import Rung, SearchStatus
from claims.records.review_day import ReviewRule
from reviewer.rules.review_days import ReviewRules
from reviewer.workflow.review_days import keep_days
from reviewer.workflow.review_marks import load_marks, update_marks
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import read_page
from tests.dashboard.test_my_work import decide, settle_all
from tests.factories import make_audit_entry, make_pmid
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


def test_a_published_version_that_lost_its_ground_is_told_and_reviewed_again_by_one_button(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    settle_all(clinic, A)
    decide(clinic, VersionState.APPROVED)
    decide(clinic, VersionState.PUBLISHED)
    assert "Needs review" not in read_page(open_room(EDITOR, room="overview"))
    at = clinic.now()
    with clinic.open_work() as work:
        look = RetractionCheck(RetractionStatus.RETRACTED, at, make_pmid(9))
        work.citations.save_standings({make_pmid(1): look})
        work.commit(make_audit_entry(), *update_marks(work, [make_pmid(1)], "cli:nobody", at))
        count = len({mark.claim_id for mark in load_marks(work, clinic.version_id)})
    assert count
    board = read_page(open_room(EDITOR, room="overview"))
    assert f"claims that need review: {count} · a paper under it does not stand any more" in board
    assert "a newer version is under way" not in board
    reviewer = open_room(A, room="editor", version=clinic.version_id)
    assert "renew" not in [button.key for button in reviewer.button]
    room = open_room(EDITOR, room="editor", version=clinic.version_id)
    page = read_page(room)
    assert "a paper under it does not stand any more (RETRACTED)" in page
    assert re.search(rf"PMID {make_pmid(1)}\b.*as told by.*PMID {make_pmid(9)}\b", page)
    room.button("renew").click().run()
    assert not room.exception

    assert "The claims that need review are open in this version." in read_page(room)
    assert "a newer version is under way" in read_page(open_room(EDITOR, room="overview"))
    with clinic.open_work() as work:
        statuses = work.claims.load_statuses(clinic.claim_ids)
    assert [*statuses.values()].count(ClaimStatus.IN_REVIEW) == count


def mark_claim(clinic: Clinic, claim: int) -> None:
    """A new paper changes the published claim."""
    at = clinic.now()
    with clinic.open_work() as work:
        found = ReviewMark(
            clinic.version_id, clinic.claim_ids[claim], LostGround.NEW_EVIDENCE, make_pmid(2), None, at
        )
        work.review_marks.raise_marks([found])
        work.commit(make_audit_entry())


def test_a_claim_that_is_marked_while_a_newer_version_is_under_way_is_opened_there_by_the_same_button(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    settle_all(clinic, A)
    decide(clinic, VersionState.APPROVED)
    decide(clinic, VersionState.PUBLISHED)
    mark_claim(clinic, 0)
    open_room(EDITOR, room="editor", version=clinic.version_id).button("renew").click().run()
    page = read_page(open_room(EDITOR, room="editor", version=clinic.version_id))
    assert "where nothing is left to open" in page

    mark_claim(clinic, 1)
    page = read_page(open_room(EDITOR, room="editor", version=clinic.version_id + 1))
    assert "Some of its grades need review" in page
    assert "a new paper changes it" in page
    room = open_room(EDITOR, room="editor", version=clinic.version_id)
    assert "A newer version is under way: the review is done in it." in read_page(room)
    room.button("renew").click().run()
    assert not room.exception
    with clinic.open_work() as work:
        assert set(work.claims.load_statuses(clinic.claim_ids).values()) == {ClaimStatus.IN_REVIEW}


def test_runs_are_told_with_what_they_met(clinic: Clinic, open_room: OpenRoom) -> None:
    assert "Not run yet." in read_page(open_room(A, room="watch"))
    at = clinic.now()
    with clinic.open_work() as work:
        run = work.rechecks.begin("pubmed", 3, at)
        notes = (
            RecheckNote(make_pmid(1), Met.CHANGED, "retracted"),
            RecheckNote(make_pmid(2), Met.ANOTHER, make_pmid(9)),
        )
        held_up = replace(run, cursor=make_pmid(2), done=2, changed=1, failure="source_unreachable")
        assert work.rechecks.move_on(run, held_up, notes)
        work.commit(make_audit_entry())
    page = read_page(open_room(A, room="watch"))
    for told in ("papers: 2 of 3", "still open", "held up: ", "stands otherwise than before RETRACTED"):
        assert told in page
    assert f"became another record {make_pmid(9)}" in page


def test_the_day_of_a_review_is_told_with_its_reason_and_set_by_an_editor(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    settle_all(clinic, A)
    decide(clinic, VersionState.APPROVED)
    decide(clinic, VersionState.PUBLISHED)
    assert "It is counted within a minute." in read_page(open_room(EDITOR, room="editor", version=1))
    at = clinic.now()
    rules = ReviewRules((ReviewRule(6, "試験", "trials"),), UTC)
    keep_days(clinic.open_work, rules, at, "cli:nobody")
    reviewer = open_room(A, room="editor", version=clinic.version_id)
    page = read_page(reviewer)
    assert "6 months after its grade: trials" in page
    assert "overdue since" in page
    assert "set_review_day" not in [button.key for button in reviewer.button]
    for name in ("overview", "watch"):
        assert "Evidence to be looked at again" in read_page(open_room(EDITOR, room=name))
    keep_days(clinic.open_work, rules, at + timedelta(days=400), "cli:nobody")
    room = open_room(EDITOR, room="editor", version=clinic.version_id)
    assert "the day has come to look at its evidence again" in read_page(room)
    room.text_input("review_day_reason").input("学会の改訂を待つ")
    room.date_input("review_day_on").set_value(date(2030, 1, 5))
    room.button("set_review_day").click().run()
    assert not room.exception
    page = read_page(room)
    assert "The day is set." in page
    assert "学会の改訂を待つ" in page
    assert "Needs review" not in page
    room.text_input("review_day_reason_1").input("改訂が出た")
    room.button("unset_review_day").click().run()
    assert "6 months after its grade: trials" in read_page(room)
    watch = open_room(A, room="watch")
    assert "Rules on when evidence is looked at again" in [box.label for box in watch.expander]
    assert "Approvals and package inserts are revised at any time" in read_page(watch)


def test_a_day_without_a_reason_is_refused(clinic: Clinic, open_room: OpenRoom) -> None:
    settle_all(clinic, A)
    decide(clinic, VersionState.APPROVED)
    decide(clinic, VersionState.PUBLISHED)
    keep_days(clinic.open_work, ReviewRules((), UTC), clinic.now(), "cli:nobody")
    room = open_room(EDITOR, room="editor", version=clinic.version_id)
    assert "No rule is about its claims." in read_page(room)
    room.button("set_review_day").click().run()
    assert "Choose a day first" in read_page(room)
    room.date_input("review_day_on").set_value(date(2030, 1, 5))
    room.button("set_review_day").click().run()
    assert "The day is set." not in read_page(room)


def test_a_new_paper_stands_on_my_work_and_is_answered_on_the_claims_page(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    settle_all(clinic, A)
    decide(clinic, VersionState.APPROVED)
    decide(clinic, VersionState.PUBLISHED)
    claim_id, at = clinic.claim_ids[0], clinic.now()
    new = [
        NewRecord(claim_id, clinic.version_id, make_pmid(number), "pubmed", Rung.STRICT, 0.9, at)
        for number in (1, 2)
    ]
    with clinic.open_work() as work:
        work.living.add(new)
        failed = LivingLook(claim_id, "pubmed", at, None, SearchStatus.FAILED, 0, "source_unreachable")
        work.living.keep_look(failed)
        work.commit(make_audit_entry())
    assert "2 new since" in read_page(open_room(A))
    assert "New papers under published claims" not in read_page(open_room(AUTHOR))
    room = open_room(A, claim=claim_id)
    page = read_page(room)
    assert "New papers since publication: 2" in page
    assert "pubmed: no answer on" in page
    first, second = make_pmid(1), make_pmid(2)
    room.button(f"new_record_{first}_changes").click().run()
    assert "Say in a comment what the new paper changes" in read_page(room)
    room.text_input(f"new_record_{first}").input("用量が違う")
    room.button(f"new_record_{first}_changes").click().run()
    room.button(f"new_record_{second}_keeps").click().run()
    assert not room.exception
    assert "New papers since publication: 0" in read_page(room)
    assert "a new paper changes it" in read_page(open_room(EDITOR, room="editor", version=1))
    assert "new since" not in read_page(open_room(A))
    versions = open_room(A, room="editor", version=1)
    assert "Flow of records" in [box.label for box in versions.expander]
    assert "1, since publication" in read_page(versions)
