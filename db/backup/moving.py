"""The tables of a PostgreSQL database out of the way of others: into a schema beside, and nothing deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, inspect, text

from db.backup.stored import name_moment
from db.models import ArticleRow

_VERSION = "alembic_version"
_LIST_FUNCTIONS = text("""
    SELECT DISTINCT tgfoid::regprocedure::text
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE relnamespace = current_schema()::regnamespace AND relname IN :tables AND NOT tgisinternal
        AND pronamespace = relnamespace
""").bindparams(bindparam("tables", expanding=True))


def list_own_tables(connection: Connection) -> list[str]:
    """Konkyo's tables that are there, by name; the one with the revision is none of them."""
    return sorted(set(ArticleRow.metadata.tables) & set(inspect(connection).get_table_names()))


def move_aside(connection: Connection, at: datetime) -> tuple[str, ...]:
    """The name of the schema that now holds all tables of Konkyo, their numbers and triggers; none for none.

    What others keep in the same database stays where it is.
    """
    moving = [*list_own_tables(connection)]
    if inspect(connection).has_table(_VERSION):
        moving.append(_VERSION)
    if not moving:
        return ()
    aside = _find_free(connection, f"konkyo_before_{name_moment(at).lower()}")
    # Who fires is asked for before the tables are gone; such a name is quoted as it stands.
    functions = connection.scalars(_LIST_FUNCTIONS, {"tables": moving}).all()
    connection.execute(text(f"CREATE SCHEMA {aside}"))
    for name in moving:
        connection.execute(text(f'ALTER TABLE "{name}" SET SCHEMA {aside}'))
    for function in functions:
        connection.execute(text(f"ALTER FUNCTION {function} SET SCHEMA {aside}"))
    return (aside,)


def _find_free(connection: Connection, name: str) -> str:
    taken = set(inspect(connection).get_schema_names())
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
