"""Mails on both databases: a notice is in one mail, and one sends it, however many try at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest

from claims.records.job import Job, JobKind, JobOrder, JobState
from claims.records.mailing import MailChoice, Mailing, MailState
from claims.records.notice import Cause, NoticeKind
from claims.records.people import Role
from db.unit_of_work import UnitOfWork
from reviewer.workflow.jobs import JobDesk
from reviewer.workflow.notifying import notify
from tests.factories import make_article, make_audit_entry, make_extraction, make_moment

Begin = Callable[[], UnitOfWork]
NOW = make_moment(60)
REGULAR = JobOrder("notices", JobKind.TELL_NOTICES, 0, 0, "")


@pytest.fixture
def mailing(begin: Begin) -> Mailing:
    """How Mori is told, who has two notices."""
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        work.claims.add_extraction(version.id, make_extraction())
        mori = work.people.add_user("mori", "Mori", (Role.REVIEWER,), "")
        for key in ("one", "two"):
            notify(work, Cause(NoticeKind.FLAGGED, version.id, key), ("mori",), make_moment(1))
        chosen = Mailing(mori.id, "mori@clinic.example", MailChoice.AT_ONCE, "ja", make_moment())
        work.mails.choose(chosen)
        work.commit(make_audit_entry())
    return chosen


def gather(begin: Begin, mailing: Mailing, before: datetime = NOW) -> int | None:
    with begin() as work:
        made = work.mails.gather(mailing, NOW, before)
        work.commit_passing()
    return made


def all_at_once(step: Callable[[], object]) -> list[object]:
    gate = Barrier(4)

    def wait_and_step(_: int) -> object:
        gate.wait()
        return step()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(wait_and_step, range(4)))


def test_of_those_who_gather_at_once_one_makes_the_mail(begin: Begin, mailing: Mailing) -> None:
    made = all_at_once(lambda: gather(begin, mailing))
    assert len([one for one in made if one is not None]) == 1
    with begin() as work:
        (mail_id,) = work.mails.list_due(NOW, 9)
        assert len(work.mails.list_notices(mail_id)) == 2
        assert work.mails.list_waiting() == ()


def test_of_those_who_begin_at_once_one_sends_it(begin: Begin, mailing: Mailing) -> None:
    mail_id = gather(begin, mailing)
    assert mail_id is not None

    def send() -> bool:
        with begin() as work:
            mail = work.mails.begin(mail_id)
            work.commit_passing()
        return mail is not None

    assert sorted(map(bool, all_at_once(send))) == [False, False, False, True]


def test_only_what_was_told_before_the_digest_is_in_it(begin: Begin, mailing: Mailing) -> None:
    assert gather(begin, mailing, make_moment(1)) is None
    with begin() as work:
        ((kept, oldest),) = work.mails.list_waiting()
    assert (kept, oldest) == (mailing, make_moment(1))
    assert gather(begin, mailing, make_moment(2)) is not None


def test_a_mail_that_is_dropped_leaves_its_notices_untold(begin: Begin, mailing: Mailing) -> None:
    mail_id = gather(begin, mailing)
    assert mail_id is not None
    with begin() as work:
        work.mails.drop(mail_id)
        work.commit_passing()
    assert gather(begin, mailing) is not None


def test_what_was_left_in_the_middle_is_given_up(begin: Begin, mailing: Mailing) -> None:
    mail_id = gather(begin, mailing)
    assert mail_id is not None
    with begin() as work:
        assert work.mails.begin(mail_id) is not None
        assert work.mails.give_up_left("interrupted") == 1
        counts = work.mails.count(make_moment())
        assert (counts.waiting, counts.given_up, counts.failure) == (0, 1, "interrupted")
        work.mails.end(mail_id, MailState.SENT)
        assert work.mails.count(make_moment()).given_up == 0
        work.commit_passing()


def test_a_regular_job_is_begun_once_and_not_again_too_soon(begin: Begin) -> None:
    desk = JobDesk(begin, ((REGULAR, 3600.0),))
    found = all_at_once(desk.list_due)
    assert {key for keys in found if isinstance(keys, tuple) for key in keys} == {"notices"}
    with begin() as work:
        taken = work.jobs.take("notices", "me", 60.0)
        assert isinstance(taken, Job)
        assert taken.number == 1
        assert work.jobs.end("notices", "me", JobState.DONE, 0)
        work.commit_passing()
    assert desk.list_due() == ()
    assert JobDesk(begin, ((REGULAR, 0.0),)).list_due() == ("notices",)
