"""Records whose fields are a row's columns: from one to the other by name."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar, cast

from db.base import Base

_Record = TypeVar("_Record")
_Row = TypeVar("_Row", bound=Base)


def make_row(kind: type[_Row], record: object, **more: object) -> _Row:
    """The row of ``record``: a column for each field, and those named in ``more``."""
    values = {field.name: getattr(record, field.name) for field in fields(cast(Any, record))}
    return kind(**values, **more)


def read_record(kind: type[_Record], row: Base) -> _Record:
    """The record whose fields are columns of ``row``."""
    return kind(**{field.name: getattr(row, field.name) for field in fields(cast(Any, kind))})
