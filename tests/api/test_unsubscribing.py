"""The link of a mail: looked at it changes nothing, sent it ends the mails of one account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from starlette.applications import Starlette
from starlette.middleware import Middleware

from claims.records.mailing import MailChoice
from claims.records.people import Role, User
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.api.gate import SignInGate
from reviewer.api.routes import list_routes
from reviewer.bootstrap import Application, open_application
from reviewer.notices.unsubscribing import PLACE, sign_unsubscribing
from reviewer.settings import Settings
from reviewer.workflow.mailing import choose_mailing, find_mailing
from tests.api.test_sign_in import serve
from tests.databases import make_database

ADDRESS, PASSWORD = "sato@clinic.example", "a long password"


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return open_application(Settings(tmp_path, make_database(tmp_path / "konkyo.db")))


@pytest.fixture
def sato(application: Application) -> User:
    with application.work() as work:
        user = add_user(work, OPERATOR, "sato", PASSWORD, (Role.REVIEWER,), application.now())
    with application.work() as work:
        choose_mailing(work, user, ADDRESS, MailChoice.AT_ONCE, "ja", application.now())
    return user


@pytest.fixture
def link(application: Application, sato: User) -> Iterator[str]:
    app = Starlette(
        routes=list_routes(lambda: application),
        middleware=[Middleware(SignInGate, open_application=lambda: application)],
    )
    token = sign_unsubscribing(sato.id, ADDRESS, application.secret)
    with serve(app) as place:
        yield f"{place}{PLACE}?token={token}"


def find_choice(application: Application, user: User) -> MailChoice:
    with application.work() as work:
        mailing = find_mailing(work, user.id)
    assert mailing is not None
    return mailing.choice


@pytest.mark.parametrize(
    ("lang", "asks", "done"),
    [
        ("ja", "メールの配信を停止する", "メールの配信を停止しました"),
        ("en", "Send me no more mails", "no more mails from now on"),
    ],
)
def test_a_link_asks_first_and_stops_mails_by_one_button(
    application: Application, sato: User, link: str, lang: str, asks: str, done: str
) -> None:
    shown = requests.get(f"{link}&lang={lang}", timeout=10)
    assert (shown.status_code, asks in shown.text) == (200, True)
    assert ADDRESS not in shown.text
    assert find_choice(application, sato) is MailChoice.AT_ONCE
    stopped = requests.post(f"{link}&lang={lang}", timeout=10)
    assert (stopped.status_code, done in stopped.text) == (200, True)
    assert find_choice(application, sato) is MailChoice.NONE


def test_a_mail_program_stops_mails_by_one_request(application: Application, sato: User, link: str) -> None:
    said = {"List-Unsubscribe": "One-Click"}
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    for _ in range(2):
        assert requests.post(link, data=said, headers=headers, timeout=10).status_code == 200
    assert find_choice(application, sato) is MailChoice.NONE
    with application.work() as work:
        entries = work.audit.list_entries(f"account:{sato.id}")
    assert [entry.values for entry in entries][:1] == [(("mail", "none"),)]


@pytest.mark.parametrize(
    "token", ["", "1", "1-" + "0" * 64, "x-y", "99999999999999999999-1", "%0d%0a", "１-a"]
)
def test_an_altered_link_is_nobodys(application: Application, sato: User, link: str, token: str) -> None:
    altered = f"{link.partition('token=')[0]}token={token}"
    assert requests.get(altered, timeout=10).status_code == 404
    assert requests.post(altered, timeout=10).status_code == 404
    assert find_choice(application, sato) is MailChoice.AT_ONCE


def test_a_link_to_a_former_address_is_nobodys(application: Application, sato: User, link: str) -> None:
    with application.work() as work:
        choose_mailing(work, sato, "new@clinic.example", MailChoice.DAILY, "ja", application.now())
    assert requests.post(link, timeout=10).status_code == 404
    assert find_choice(application, sato) is MailChoice.DAILY


def test_the_link_opens_nothing_else(link: str) -> None:
    with requests.Session() as browser:
        browser.get(link, timeout=10)
        browser.post(link, timeout=10)
        assert not browser.cookies
        place = link.partition(PLACE)[0]
        assert "/sign-in" in browser.get(f"{place}/", timeout=10).url
