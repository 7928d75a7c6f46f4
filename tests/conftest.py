"""A real database for every test that asks for one, and how many examples a property is tried on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from hypothesis import settings

from db.unit_of_work import UnitOfWork
from tests.databases import lend_database
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
def open_work() -> Iterator[OpenWork]:
    """What opens a unit of work on a fresh SQLite database."""
    engine = lend_database()
    yield partial(UnitOfWork, engine)
    engine.dispose()
