"""The script of the review room over a house of the test's own, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import reviewer.dashboard
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.signing_in import open_sign_in
from reviewer.bootstrap import Application, open_shared_application
from tests.databases import make_database
from tests.workflow.clinic import Clinic, copy_clinic

SCRIPT = Path(reviewer.dashboard.__file__).with_name("main.py")
_ACTIONS = ("acting", "own_account", "publishing")
OpenRoom = Callable[..., AppTest]


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """The house that the script finds by its settings."""
    database_url = make_database(tmp_path / "konkyo.db")
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path))
    monkeypatch.setenv("KONKYO_DATABASE_URL", database_url)
    open_shared_application.cache_clear()
    yield open_shared_application()
    open_shared_application.cache_clear()


def come_in(application: Application, who: User | None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The token of a new sign-in of the person, who gets an account where they have none; "" for nobody's.

    The browser has it from now on.
    """
    token = ""
    if who is not None:
        with application.work() as work:
            user = work.people.find_user(who.name) or work.people.add_user(
                who.name, who.full_name, who.roles, "", who.qualification
            )
            # As the server reads it now: a test may have put another secret there.
            token = open_sign_in(work, user, open_shared_application().secret, application.now())
    for module in (
        "session",
        "actions.acting",
        "actions.own_account",
        "actions.publishing",
        "pages.own_account",
    ):
        monkeypatch.setattr(f"reviewer.dashboard.{module}.get_token", lambda: token)
    return token


@pytest.fixture
def open_work(application: Application) -> Callable[[], UnitOfWork]:
    return application.work


@pytest.fixture
def clinic(application: Application) -> Clinic:
    """The clinic of the workflow's tests, in that house."""
    return copy_clinic(application.settings.database_url, application.work)


@pytest.fixture
def open_room(application: Application, monkeypatch: pytest.MonkeyPatch) -> OpenRoom:
    """Opens the page at a place for a person, in English unless another language is asked for."""

    def open_at(who: User | None, lang: str = "en", **place: int | str) -> AppTest:
        come_in(application, who, monkeypatch)
        app = AppTest.from_file(SCRIPT, default_timeout=60)
        for name, value in {"lang": lang, **place}.items():
            app.query_params[name] = str(value)
        return app.run()

    return open_at
