"""What a database says when it cannot be used, as typed errors; a mistake of ours stays what it is."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine.interfaces import ExceptionContext

from claims.errors import KonkyoError, NotFound, StoreError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# What Python says of a text whose bytes are none; behind it stands the text.
_NO_TEXT = "Could not decode to UTF-8"


def type_failure(context: ExceptionContext) -> BaseException | None:
    """The typed error that SQLAlchemy raises in place of the driver's, ``None`` to leave that.

    Nothing can have a number that no column holds: whoever asks for one gets ``NotFound``.
    """
    if isinstance(context.original_exception, KonkyoError):
        # What a column of ours refused, before the database was asked.
        return context.original_exception
    # Late: no command that ends well needs the driver of the other database.
    from psycopg import errors as postgresql

    if isinstance(context.original_exception, OverflowError | postgresql.NumericValueOutOfRange):
        return NotFound("number_unknown")
    code = describe_failure(context.original_exception)
    return None if code is None else StoreError(code, reason=quote_reason(context.original_exception))


def type_own_failure(error: BaseException) -> StoreError:
    """The typed error for a driver's that was met without SQLAlchemy."""
    code = describe_failure(error)
    return StoreError("database_unusable" if code is None else code, reason=quote_reason(error))


def describe_failure(error: BaseException) -> str | None:
    """The code of a driver's error that a person can act on, ``None`` for any other.

    ``database_busy`` (try again), ``database_damaged`` (what is stored cannot be read, or is no database),
    ``schema_missing`` (never migrated), ``text_unstorable`` (a character that this database has no place
    for), ``database_unusable`` (away, full, not ours to write).

    >>> describe_failure(sqlite3.OperationalError("no such table: claim"))
    'schema_missing'
    >>> describe_failure(sqlite3.IntegrityError("UNIQUE constraint failed"))
    """
    from psycopg import errors as postgresql

    if isinstance(error, _list_waits()) or _is_busy(error):
        return "database_busy"
    if isinstance(error, postgresql.DataCorrupted | postgresql.IndexCorrupted) or _is_damage(error):
        return "database_damaged"
    if isinstance(error, postgresql.UndefinedTable) or str(error).startswith("no such table"):
        return "schema_missing"
    if isinstance(error, postgresql.DataError | UnicodeEncodeError):
        return "text_unstorable"
    if isinstance(error, sqlite3.OperationalError | postgresql.OperationalError):
        return "database_unusable"
    return "database_unusable" if type(error) is sqlite3.DatabaseError else None


def _list_waits() -> tuple[type[Exception], ...]:
    """What PostgreSQL ends a wait with."""
    from psycopg import errors as postgresql

    return (
        postgresql.DeadlockDetected,
        postgresql.LockNotAvailable,
        postgresql.QueryCanceled,
        postgresql.IdleInTransactionSessionTimeout,
        postgresql.SerializationFailure,
        postgresql.TooManyConnections,
    )


def quote_reason(error: BaseException) -> str:
    """The first line of what the driver said, without the texts that it may repeat.

    >>> quote_reason(sqlite3.OperationalError("Could not decode to UTF-8 column 'text' with text '…'"))
    'a text that is no UTF-8'
    """
    said = str(error).strip().partition("\n")[0]
    return "a text that is no UTF-8" if said.startswith(_NO_TEXT) else said


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and _sqlite_code(error) in _BUSY


def _is_damage(error: BaseException) -> bool:
    return isinstance(error, sqlite3.DatabaseError) and (
        _sqlite_code(error) in _DAMAGED or str(error).startswith(_NO_TEXT)
    )


def _sqlite_code(error: BaseException) -> int:
    """SQLite's result code without what it adds to tell of where; 0 where there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
