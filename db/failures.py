"""What a database says when it cannot be used, as typed errors; a mistake of ours stays what it is."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine.interfaces import ExceptionContext

from claims.errors import NotFound, StoreError

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def type_failure(context: ExceptionContext) -> BaseException | None:
    """The typed error that SQLAlchemy raises in place of the driver's, ``None`` to leave that.

    Nothing can have a number that no column holds: whoever asks for one gets ``NotFound``.
    """
    # Late: no command that ends well needs the driver of the other database.
    from psycopg import errors as postgresql

    if isinstance(context.original_exception, OverflowError | postgresql.NumericValueOutOfRange):
        return NotFound("number_unknown")
    code = describe_failure(context.original_exception)
    return None if code is None else StoreError(code, reason=quote_reason(context.original_exception))


def describe_failure(error: BaseException) -> str | None:
    """The code of a driver's error that a person can act on, ``None`` for any other.

    ``database_busy`` (try again), ``schema_missing`` (never migrated), ``text_unstorable`` (a character
    that this database has no place for), ``database_unusable`` (away, full, no database, not ours to write).

    >>> describe_failure(sqlite3.OperationalError("no such table: claim"))
    'schema_missing'
    >>> describe_failure(sqlite3.IntegrityError("UNIQUE constraint failed"))
    """
    from psycopg import errors as postgresql

    if isinstance(error, postgresql.DeadlockDetected | postgresql.LockNotAvailable) or _is_busy(error):
        return "database_busy"
    if isinstance(error, postgresql.UndefinedTable) or str(error).startswith("no such table"):
        return "schema_missing"
    if isinstance(error, postgresql.DataError | UnicodeEncodeError):
        return "text_unstorable"
    if isinstance(error, sqlite3.OperationalError | postgresql.OperationalError):
        return "database_unusable"
    # Of SQLite's own codes, damage and a foreign file come as the bare class.
    return "database_unusable" if type(error) is sqlite3.DatabaseError else None


def quote_reason(error: BaseException) -> str:
    """The first line of what the driver said; the lines after it may repeat texts that were sent."""
    return str(error).strip().partition("\n")[0]


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and getattr(error, "sqlite_errorcode", 0) in _BUSY
