"""How long statements take, for whoever counts it."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import ExceptionContext

_BEGUN = "konkyo_statement_begun"


def watch_statements(engine: Engine, note: Callable[[float], object]) -> None:
    """Have ``note`` told, in seconds, how long each statement took from now on; one that failed too.

    On SQLite that has the wait for the writer's place in it.
    """

    def begin(connection: Connection, *_: Any) -> None:
        connection.info[_BEGUN] = perf_counter()

    def end(connection: Connection, *_: Any) -> None:
        begun = connection.info.pop(_BEGUN, None)
        if begun is not None:
            note(perf_counter() - begun)

    def fail(context: ExceptionContext) -> None:
        if context.connection is not None:
            end(context.connection)

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    event.listen(engine, "handle_error", fail)
