"""The script of the review room over a house of the test's own, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import reviewer.dashboard
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.bootstrap import House, open_house, open_shared_house
from reviewer.settings import Settings
from tests.databases import make_database
from tests.workflow.clinic import Clinic, open_clinic

SCRIPT = Path(reviewer.dashboard.__file__).with_name("main.py")
OpenRoom = Callable[..., AppTest]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The house that the script finds by its settings."""
    database_url = make_database(tmp_path / "konkyo.db")
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path))
    monkeypatch.setenv("KONKYO_DATABASE_URL", database_url)
    open_shared_house.cache_clear()
    yield open_house(Settings(tmp_path, database_url))
    open_shared_house.cache_clear()


@pytest.fixture
def open_work(house: House) -> Callable[[], UnitOfWork]:
    return house.work


@pytest.fixture
def clinic(house: House) -> Clinic:
    """The clinic of the workflow's tests, in that house."""
    return open_clinic(house.work)


@pytest.fixture
def open_room(monkeypatch: pytest.MonkeyPatch) -> OpenRoom:
    """Opens the page at a place for a person, in English unless another language is asked for."""

    def open_at(who: User | None, lang: str = "en", **place: int | str) -> AppTest:
        monkeypatch.setattr("reviewer.dashboard.session.find_signed_in", lambda *_: who)
        app = AppTest.from_file(SCRIPT, default_timeout=60)
        for name, value in {"lang": lang, **place}.items():
            app.query_params[name] = str(value)
        return app.run()

    return open_at
