"""What every table shares: the declarative base, constraint names, and columns that hold records."""

from __future__ import annotations

import enum
import json
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from sqlalchemy.types import TypeDecorator

from claims.records.citation import Pmid
from claims.records.lengths import require_length
from claims.records.record_json import Json, from_json, to_json, to_utc

_Record = TypeVar("_Record")


def write_json(value: object) -> str:
    """The JSON text in which a value is stored: the same for the same value, so that a digest of it holds."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on every database. A time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; SQLite keeps no zone, so that there it is always this one."""
        return None if value is None else to_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Typed(TypeDecorator[str]):
    """What a person typed: no longer than its place among ``LENGTHS`` allows, whichever step stores it."""

    impl = Text
    cache_ok = True

    def __init__(self, place: str, column: String | None = None) -> None:
        super().__init__()
        self.place = place
        if column is not None:
            self.impl = column  # type: ignore[assignment]

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text. Raises ``RuleRefused`` for one that is too long."""
        if value is not None:
            require_length(self.place, value)
        return value


class Stored(TypeDecorator[_Record], Generic[_Record]):
    """A record, or a tuple of records, kept whole in a JSON column."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type[_Record]) -> None:
        super().__init__(none_as_null=True)
        self.kind = kind

    def process_bind_param(self, value: _Record | None, dialect: Dialect) -> Json:
        """The record as JSON."""
        return to_json(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> _Record | None:
        """The record again."""
        return None if value is None else from_json(self.kind, value)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The base of every row. Rows never leave ``db``; repositories return records."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        Pmid: String(10),
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }
