"""Where a queue of others' making keeps what it delivers: a schema of its own, which may be lost."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Engine, create_engine, make_url, text

QUEUE_SCHEMA = "konkyo_queue"
# Any number, as long as nothing else in the database takes an advisory lock of the same.
_QUEUE_LOCK = 4_953_002
_FIND_LAID = text(f"SELECT obj_description(to_regnamespace('{QUEUE_SCHEMA}')::oid, 'pg_namespace')")


def lay_queue_schema(engine: Engine, statements: str) -> None:
    """The schema holds what ``statements`` make; one that other statements made is dropped first.

    Nothing is lost by it: jobs are rows of ours, and whatever is due is delivered anew. Of several processes
    that start at once one does it and the others wait. It stands in no backup.
    """
    digest = hashlib.sha256(statements.encode()).hexdigest()
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _QUEUE_LOCK})
        if connection.scalar(_FIND_LAID) == digest:
            return
        connection.execute(text(f"DROP SCHEMA IF EXISTS {QUEUE_SCHEMA} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {QUEUE_SCHEMA}"))
        connection.execute(text(f"SET LOCAL search_path = {QUEUE_SCHEMA}"))
        # The driver's own: several statements at once, whose per cent signs are no placeholders.
        driver: Any = connection.connection.driver_connection
        driver.execute(statements)
        connection.execute(text(f"COMMENT ON SCHEMA {QUEUE_SCHEMA} IS '{digest}'"))


def tell_queue_address(url: str) -> str:
    """Where the driver alone finds the same database: names there are those of the queue's schema."""
    # Late, since only houses with workers need the driver by itself.
    from psycopg.conninfo import make_conninfo

    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    told = dict(engine.dialect.create_connect_args(engine.url)[1])
    told.pop("context", None)
    own = told.pop("options", ())
    options = [own] if isinstance(own, str) else [*own]
    return make_conninfo(**told, options=" ".join([*options, f"-c search_path={QUEUE_SCHEMA}"]))
