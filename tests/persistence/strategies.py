"""Any record at all: every field of a record's type is filled, the ones with a default too."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from claims.records.citation import Pmid

_Record = TypeVar("_Record")
_PMIDS = st.integers(min_value=9_000_000_001, max_value=9_999_999_999).map(str)


def records(kind: type[_Record]) -> st.SearchStrategy[_Record]:
    """Records of ``kind``, a frozen dataclass of the house."""
    return cast("st.SearchStrategy[_Record]", _values(kind))


def _values(kind: Any) -> st.SearchStrategy[Any]:
    if kind is Pmid:
        return _PMIDS
    if kind is datetime:
        return st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC))
    if kind is float:
        return st.floats(allow_nan=False, allow_infinity=False)
    if kind is int:
        return st.integers(min_value=-(2**31), max_value=2**31 - 1)
    if get_origin(kind) in (types.UnionType, Union):
        return st.one_of([st.none() if part is types.NoneType else _values(part) for part in get_args(kind)])
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        if parts[-1] is Ellipsis:
            return st.lists(_values(parts[0]), max_size=2).map(tuple)
        return st.tuples(*map(_values, parts))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return st.builds(kind, **{field.name: _values(hints[field.name]) for field in fields(kind)})
    return st.from_type(kind)
