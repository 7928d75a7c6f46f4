"""A real database, made by the migrations, for every test that asks for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from db.engine import open_engine
from db.migrations import upgrade_schema
from db.unit_of_work import UnitOfWork

OpenWork = Callable[[], UnitOfWork]


@pytest.fixture
def open_work(tmp_path: Path) -> OpenWork:
    """What opens a unit of work on a fresh SQLite database."""
    engine = open_engine(f"sqlite:///{tmp_path / 'konkyo.db'}")
    upgrade_schema(engine)
    return partial(UnitOfWork, engine)
