"""The thread of a claim: one for all its flags, who is named in it, and what stays blind."""

from __future__ import annotations

from datetime import datetime

import pytest

from claims.errors import RoleRefused, RuleRefused
from claims.records.assessment import SupportGrade
from claims.records.flag import AnswerKind, FlagAnswer
from claims.records.people import User
from claims.records.plan import ReviewPlan
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.audit_trail import load_trail
from reviewer.workflow.flagging import answer_flag, load_flags, raise_flag, resolve_flag
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.my_work import load_my_work, mark_seen
from reviewer.workflow.replying import Said, list_named, load_threads, reply
from tests.factories import make_moment
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, C, Clinic

TELLING = "Ich gebe hier eine 2, @b."


def say(clinic: Clinic, who: User, words: str, at: datetime | None = None) -> FlagAnswer:
    with clinic.open_work() as work:
        return reply(work, clinic.claim_ids[0], words, who, at or clinic.now())


def read(clinic: Clinic, viewer: User | None) -> tuple[Said, ...]:
    with clinic.open_work() as work:
        claim = work.claims.get_claim(clinic.claim_ids[0])
        dossiers = load_dossiers(work, (claim,), viewer)
        return load_threads(work, dossiers, viewer)[1][claim.id]


def words(clinic: Clinic, viewer: User | None) -> list[str]:
    return [said.words for said in read(clinic, viewer)]


def named(clinic: Clinic, viewer: User, at: datetime | None = None) -> list[str]:
    with clinic.open_work() as work:
        return [one.reply.words for one in list_named(work, viewer, at or clinic.now())]


def settle(clinic: Clinic) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)


def flag(clinic: Clinic) -> str:
    with clinic.open_work() as work:
        return f"raised_by_person:{raise_flag(work, clinic.claim_ids[0], 'zu stark', A, clinic.now()).id}"


def test_what_was_said_to_any_flag_and_beside_them_is_one_thread_in_time_order(clinic: Clinic) -> None:
    settle(clinic)
    first, second = flag(clinic), flag(clinic)
    with clinic.open_work() as work:
        answer_flag(work, clinic.claim_ids[0], second, AnswerKind.DISPUTE, "stimmt so", AUTHOR, clinic.now())
    say(clinic, EDITOR, "Bitte beide ansehen.")
    with clinic.open_work() as work:
        resolve_flag(work, clinic.claim_ids[0], first, True, "erledigt", A, clinic.now())
    thread = read(clinic, AUTHOR)
    assert [said.words for said in thread] == [
        "zu stark",
        "zu stark",
        "stimmt so",
        "Bitte beide ansehen.",
        "erledigt",
    ]
    assert [said.by for said in thread] == ["a", "a", "author", "editor", "a"]
    assert [said.flag.key if said.flag else "" for said in thread] == [first, second, second, "", first]
    assert words(clinic, B) == words(clinic, EDITOR) == words(clinic, AUTHOR)


def test_a_reviewers_reply_shows_no_grade_before_both_are_in(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.OVERSTATED)
    say(clinic, A, TELLING)
    assert words(clinic, A) == [TELLING]
    for viewer in (B, AUTHOR, EDITOR, JUDGE, ADMIN, None):
        assert words(clinic, viewer) == []
    assert named(clinic, B) == []
    with clinic.open_work() as work:
        told = [entry.values for entry in load_trail(work, EDITOR, f"claim:{clinic.claim_ids[0]}")]
    assert all("2" not in value for values in told for _, value in values)
    clinic.judge(B)
    clinic.grade(B, SupportGrade.OVERSTATED)
    for viewer in (B, AUTHOR, EDITOR, None):
        assert words(clinic, viewer) == [TELLING]
    assert named(clinic, B) == [TELLING]


def test_a_claim_that_is_opened_again_is_blind_again(clinic: Clinic) -> None:
    settle(clinic)
    say(clinic, A, TELLING)
    with clinic.open_work() as work:
        revision = work.claims.get_claim(clinic.claim_ids[0]).revision
        reopen_claim(work, clinic.claim_ids[0], revision, "neue Studie", EDITOR, clinic.now())
    assert words(clinic, B) == []


def test_author_and_editor_speak_openly_while_the_claim_is_open(clinic: Clinic) -> None:
    say(clinic, AUTHOR, "Welche Studie fehlt, @editor?")
    say(clinic, EDITOR, "Die von 2020.")
    assert words(clinic, A) == ["Welche Studie fehlt, @editor?", "Die von 2020."]


def test_who_is_named_finds_it_in_my_work_until_they_answered(clinic: Clinic) -> None:
    say(clinic, AUTHOR, "Können Sie helfen, @Editor?")
    assert named(clinic, EDITOR) == ["Können Sie helfen, @Editor?"]
    assert named(clinic, AUTHOR) == named(clinic, A) == []
    with clinic.open_work() as work:
        assert [one.number for one in load_my_work(work, EDITOR, 5, clinic.now()).named] == [1]
    say(clinic, EDITOR, "Ja.")
    assert named(clinic, EDITOR) == []


def test_who_is_named_may_say_that_they_saw_it_and_is_not_reminded_for_ever(clinic: Clinic) -> None:
    say(clinic, AUTHOR, "Danke, @editor.")
    later = make_moment(60 * 24 * 31)
    assert named(clinic, EDITOR, later) == []
    with clinic.open_work() as work:
        mark_seen(work, EDITOR, clinic.now())
    assert named(clinic, EDITOR) == []


def test_another_whose_name_begins_so_is_not_named(clinic: Clinic) -> None:
    say(clinic, AUTHOR, "Frage an @other-judge.")
    assert named(clinic, JUDGE) == []


def test_a_reply_answers_no_flag(clinic: Clinic) -> None:
    settle(clinic)
    flag(clinic)
    say(clinic, AUTHOR, "Ich überlege noch.")
    with clinic.open_work() as work:
        claim = work.claims.get_claim(clinic.claim_ids[0])
        found = load_flags(work, load_dossiers(work, (claim,), AUTHOR), AUTHOR)[claim.id]
    assert all(one.waits_for_answer for one in found)


def test_a_reply_has_words_and_comes_from_who_works_on_the_article(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a", "b"), "", needed=2))
    with pytest.raises(RuleRefused, match="reply_needs_words"):
        say(clinic, AUTHOR, "  ")
    with pytest.raises(RoleRefused, match="role_refused"):
        say(clinic, ADMIN, "hallo")
    with pytest.raises(RoleRefused, match="not_assigned"):
        say(clinic, C, "hallo")
