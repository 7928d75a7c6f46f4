"""Notices by mail are chosen on the own page; of those that failed administrators are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from claims.records.mailing import MailChoice, MailState
from claims.records.notice import Cause, NoticeKind
from reviewer.bootstrap import Application, open_shared_application
from reviewer.workflow.mailing import find_mailing
from reviewer.workflow.notifying import notify
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.dashboard.test_own_account import press
from tests.databases import make_database
from tests.workflow.clinic import ADMIN, AUTHOR, A, Clinic


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """A house that sends mails."""
    for name, value in {
        "KONKYO_HOME": str(tmp_path),
        "KONKYO_DATABASE_URL": make_database(tmp_path / "konkyo.db"),
        "KONKYO_SMTP_HOST": "mail.clinic.example",
        "KONKYO_MAIL_FROM": "konkyo@clinic.example",
        "KONKYO_ROOM_URL": "https://konkyo.clinic.example",
    }.items():
        monkeypatch.setenv(name, value)
    open_shared_application.cache_clear()
    yield open_shared_application()
    open_shared_application.cache_clear()


def choose(room: AppTest, choice: MailChoice, address: str) -> AppTest:
    (radio,) = (one for one in room.radio if (one.key or "").startswith("mail_choice"))
    radio.set_value(choice)
    (field,) = (one for one in room.text_input if (one.key or "").startswith("mail_address"))
    field.input(address)
    return press(room, "Save")


def test_a_person_chooses_where_and_when(
    clinic: Clinic, application: Application, open_room: OpenRoom
) -> None:
    room = choose(open_room(A, room="account"), MailChoice.DAILY, "a@clinic.example")
    assert "Saved: once a day." in message(room)
    with application.work() as work:
        mailing = find_mailing(work, work.people.get_user("a").id)
    assert mailing is not None
    assert (mailing.address, mailing.choice, mailing.locale) == ("a@clinic.example", MailChoice.DAILY, "en")
    again = open_room(A, room="account")
    assert "a@clinic.example" in [field.value for field in again.text_input]


def test_an_address_that_is_none_is_refused_and_stays_to_be_corrected(
    clinic: Clinic, application: Application, open_room: OpenRoom
) -> None:
    room = choose(open_room(A, room="account"), MailChoice.AT_ONCE, "a@clinic.example, b@clinic.example")
    assert "is no e-mail address" in message(room)
    with application.work() as work:
        assert find_mailing(work, work.people.get_user("a").id) is None
    assert "a@clinic.example, b@clinic.example" in [field.value for field in room.text_input]


def test_administrators_are_told_of_mails_that_were_given_up(
    clinic: Clinic, application: Application, open_room: OpenRoom
) -> None:
    choose(open_room(A, room="account"), MailChoice.AT_ONCE, "a@clinic.example")
    assert "could not be sent" not in read_page(open_room(ADMIN, room="users"))
    with application.work() as work:
        at = application.now()
        notify(work, Cause(NoticeKind.RETURNED, clinic.version_id, "version"), ("a",), at)
        mailing = find_mailing(work, work.people.get_user("a").id)
        assert mailing is not None
        mail_id = work.mails.gather(mailing, at, application.now())
        assert mail_id is not None
        work.mails.end(mail_id, MailState.FAILED, "550")
        work.commit_passing()
    page = read_page(open_room(ADMIN, room="users"))
    assert "could not be sent in the last 7 days: 1" in page
    assert "the mail server answered 550" in page
    assert "could not be sent" not in read_page(open_room(AUTHOR, room="account"))
