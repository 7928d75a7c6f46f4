"""Many keys in one parameter however many: an ``IN`` with one each ends at 65,535 on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Self

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, String, TableValuedAlias, bindparam
from sqlalchemy import column as sql_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Keys(TypeDecorator[list[Any]]):
    """Keys of one column: an array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """What the database takes."""
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(self.of))

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        """The keys as they are sent."""
        return json.dumps(value) if dialect.name == "sqlite" else value


class _KeyRows(FunctionElement[Any]):
    inherit_cache = True


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:
        """As it stands: with ``= 1`` behind it SQLite would take no index."""
        return self


def among(
    column: ColumnElement[Any] | InstrumentedAttribute[Any], keys: Collection[Any]
) -> ColumnElement[bool]:
    """The condition that the column is one of these keys."""
    return _Among(column, bindparam(None, list(keys), type_=_Keys(column.type), unique=True))


def rows_of(
    column: ColumnElement[Any] | InstrumentedAttribute[Any], keys: Collection[Any]
) -> TableValuedAlias:
    """These keys of the column as a table of one column, ``value``: what is asked for each of them."""
    rows = _KeyRows(bindparam(None, list(keys), type_=_Keys(column.type), unique=True))
    # PostgreSQL calls the column of such a table by the table's name.
    return rows.table_valued(sql_column("value", column.type), name="value")


@compiles(_KeyRows, "sqlite")
def _list_sqlite(element: _KeyRows, compiler: SQLCompiler, **more: Any) -> str:
    (keys,) = (compiler.process(part, **more) for part in element.clauses)
    return f"json_each({keys})"


@compiles(_KeyRows, "postgresql")
def _list_postgresql(element: _KeyRows, compiler: SQLCompiler, **more: Any) -> str:
    (keys,) = (compiler.process(part, **more) for part in element.clauses)
    return f"unnest({keys})"


@compiles(_Among, "sqlite")
def _ask_sqlite(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = (compiler.process(part, **more) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"


@compiles(_Among, "postgresql")
def _ask_postgresql(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = (compiler.process(part, **more) for part in element.clauses)
    return f"{column} = ANY ({keys})"
