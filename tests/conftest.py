"""A home that is nobody's, a real database for every test that asks for one, and how many examples a
property is tried on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from dotenv import dotenv_values
from hypothesis import settings

from db.unit_of_work import UnitOfWork
from tests.databases import lend_database
from tests.examples import CI, MUTANTS, SOAK

OpenWork = Callable[[], UnitOfWork]

# Whoever runs the tests may have a Konkyo of their own: no test reads its settings, opens its home or its
# database. Set before the first module is imported, and passed on to every process that a test starts.
_data = TemporaryDirectory(prefix="konkyo-tests-")
os.environ["XDG_DATA_HOME"] = _data.name
for _name in [*os.environ, *dotenv_values(Path(__file__).resolve().parents[1] / ".env")]:
    if _name.startswith(("KONKYO_", "NCBI_")) and not _name.startswith("KONKYO_TEST_"):
        # Empty counts as missing, and wins over what an ``.env`` says.
        os.environ[_name] = ""

# No server that a test starts begins anything by itself: what it then does would depend on the hour.
os.environ["KONKYO_RECHECK_HOURS"] = "0"
os.environ["KONKYO_LIVING_DAYS"] = "0"

# As many workers run as there are cores: threads of linear algebra would only wait for one another.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

# How long an example takes is no property: what measures time is marked `timed` and runs alone.
settings.register_profile("ci", max_examples=CI, deadline=None)
settings.register_profile("soak", max_examples=SOAK, deadline=None)
settings.register_profile("mutants", max_examples=MUTANTS, deadline=None, database=None, derandomize=True)
settings.load_profile("ci")


def pytest_report_header() -> str:
    """How thoroughly this run tries the properties."""
    few = settings().max_examples
    return f"property tests: {few} examples each unless a test says otherwise; `make properties` tries {SOAK}"


@pytest.fixture
def open_work() -> Iterator[OpenWork]:
    """What opens a unit of work on a fresh SQLite database."""
    engine = lend_database()
    yield partial(UnitOfWork, engine)
    engine.dispose()
