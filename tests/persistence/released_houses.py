"""Houses as earlier programs left them: each revision of the schema with the rows that were stored in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, MetaData, Table, text
from sqlalchemy.types import BOOLEAN, JSON, DateTime

from db.engine import open_engine
from db.migrations.upgrading import migrate

FOLDER = Path(__file__).parent / "released"
# What signed the trail of the houses that have a signed one.
SECRET = "s" * 40
# Of a house that was released: one row, table by table.
Row = tuple[str, dict[str, Any]]


def list_released() -> tuple[str, ...]:
    """The revisions of which a filled house is kept, oldest first."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.jsonl")))


@cache
def read_released(revision: str) -> tuple[Row, ...]:
    """The rows of the house of this revision, in an order in which they can be stored."""
    lines = (FOLDER / f"{revision}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple((table, row) for table, row in map(json.loads, lines))


def build_house(url: str, revision: str) -> None:
    """The empty database at the address is the house of this revision, with its rows."""
    engine = open_engine(url)
    with engine.begin() as connection:
        migrate(connection, revision)
        tables = MetaData()
        tables.reflect(connection)
        for name, row in read_released(revision):
            _insert(connection, tables.tables[name], row)
        if connection.dialect.name == "postgresql":
            _continue_numbers(connection, tables)
    engine.dispose()


def _insert(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    values, places = dict(_convert(table, row, connection.dialect)), []
    for name in values:
        is_json = isinstance(table.c[name].type, JSON) and connection.dialect.name == "postgresql"
        places.append(f"CAST(:{name} AS JSON)" if is_json else f":{name}")
    columns = ", ".join(f'"{name}"' for name in values)
    connection.execute(text(f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join(places)})"), values)


def _convert(table: Table, row: dict[str, Any], dialect: Dialect) -> Iterator[tuple[str, Any]]:
    """The values as the database's driver takes them; SQLite keeps them as they stand here."""
    for name, value in row.items():
        kind = table.c[name].type
        if isinstance(value, dict):
            yield name, bytes.fromhex(value["hex"])
        elif dialect.name == "postgresql" and isinstance(kind, BOOLEAN):
            yield name, None if value is None else bool(value)
        elif dialect.name == "postgresql" and isinstance(kind, DateTime) and value is not None:
            yield name, f"{value}+00"
        else:
            yield name, value


def _continue_numbers(connection: Connection, tables: MetaData) -> None:
    """Numbers go on after those that were given."""
    for table in tables.tables.values():
        if "id" in table.primary_key.columns:
            number = f"pg_get_serial_sequence('{table.name}', 'id')"
            connection.execute(text(f"SELECT setval({number}, max(id)) FROM {table.name} HAVING max(id) > 0"))
