"""How long statements take is told of each one, also of one that the database refuses."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from claims.errors import StoreError
from db.watching import watch_statements


def test_each_statement_is_timed_and_one_that_fails_too(engine: Engine) -> None:
    seconds: list[float] = []
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    watch_statements(engine, seconds.append)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        assert len(seconds) == 1
        with pytest.raises(StoreError):
            connection.execute(text("SELECT * FROM nowhere"))
        assert len(seconds) == 2
    assert all(0 <= one < 5 for one in seconds)
