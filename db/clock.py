"""The database's clock: machines' clocks differ, and what they share is told by one."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Dialect, literal_column

_NOW = {
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
    "postgresql": "extract(epoch from clock_timestamp())::double precision",
}


def database_now(dialect: Dialect) -> ColumnElement[float]:
    """Seconds since 1970 by the database's clock, at the moment at which a statement reads it."""
    return literal_column(_NOW[dialect.name])
