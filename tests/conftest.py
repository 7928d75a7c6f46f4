"""A real database for every test that asks for one, and how many examples a property is tried on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from tests.databases import make_database
from tests.examples import CI, MUTANTS, SOAK

OpenWork = Callable[[], UnitOfWork]

# How long an example takes is no property: what measures time is marked `timed` and runs alone.
settings.register_profile("ci", max_examples=CI, deadline=None)
settings.register_profile("soak", max_examples=SOAK, deadline=None)
settings.register_profile("mutants", max_examples=MUTANTS, deadline=None, database=None, derandomize=True)
settings.load_profile("ci")


def pytest_report_header() -> str:
    """How thoroughly this run tries the properties."""
    few = settings().max_examples
    return f"property tests: {few} examples each unless a test says otherwise; `make soak` tries {SOAK}"


@pytest.fixture
def open_work(tmp_path: Path) -> OpenWork:
    """What opens a unit of work on a fresh SQLite database."""
    return partial(UnitOfWork, open_engine(make_database(tmp_path / "konkyo.db")))
