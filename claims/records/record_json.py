"""Records as JSON and back, by their types alone: a record that comes back equals the one that went in."""

from __future__ import annotations

import types
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
_Decoder: TypeAlias = Callable[[Any], Any]
_Record = TypeVar("_Record")


def to_json(value: object) -> Json:
    """A record, or a tuple or a dictionary of them, as JSON: objects by field name or key, arrays, ISO 8601
    dates in UTC.

    Raises ``TypeError`` for what no record holds, ``ValueError`` for a time without a zone.

    >>> to_json((date(2017, 3, 1), None))
    ['2017-03-01', None]
    """
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [to_json(part) for part in value]
    if isinstance(value, dict):
        return {key: to_json(part) for key, part in value.items()}
    if isinstance(value, datetime):
        return to_utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no record holds a {type(value).__name__}")


def from_json(kind: type[_Record], json: Json) -> _Record:
    """The ``kind`` that ``to_json`` wrote; a field that was not yet known then gets its default.

    >>> from_json(tuple[date, ...], ["2017-03-01"])
    (datetime.date(2017, 3, 1),)
    """
    return cast(_Record, _decoder(cast(Hashable, kind))(json))


def to_utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ``ValueError`` for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment.isoformat()}")
    return moment.astimezone(UTC)


@cache
def _decoder(kind: Any) -> _Decoder:
    """What reads one kind; built once for each, since reading types costs more than reading records."""
    kind = getattr(kind, "__supertype__", kind)
    if get_origin(kind) in (types.UnionType, Union):
        return _optional_decoder(kind)
    if get_origin(kind) is tuple:
        return _tuple_decoder(get_args(kind))
    if get_origin(kind) is dict:
        return _dictionary_decoder(*get_args(kind))
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    if kind in (date, datetime):
        return cast(_Decoder, kind.fromisoformat)
    if kind is float or issubclass(kind, StrEnum):
        return cast(_Decoder, kind)
    if kind in (str, int, bool):
        return _as_it_is
    raise TypeError(f"no record holds a {kind}")


def _as_it_is(json: Any) -> Any:
    return json


def _optional_decoder(kind: Any) -> _Decoder:
    (present,) = (part for part in get_args(kind) if part is not types.NoneType)
    decode = _decoder(present)
    return lambda json: None if json is None else decode(json)


def _tuple_decoder(parts: tuple[Any, ...]) -> _Decoder:
    if parts[-1] is Ellipsis:
        decode = _decoder(parts[0])
        return lambda json: tuple(decode(part) for part in json)
    decoders = tuple(_decoder(part) for part in parts)
    return lambda json: tuple(read(part) for read, part in zip(decoders, json, strict=True))


def _dictionary_decoder(key: Any, part: Any) -> _Decoder:
    decode_key, decode = _decoder(key), _decoder(part)
    return lambda json: {decode_key(name): decode(value) for name, value in json.items()}


def _dataclass_decoder(kind: Any) -> _Decoder:
    hints = get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    read = {name: decode for name, decode in decoders.items() if decode is not _as_it_is}
    return lambda json: kind(
        **json | {name: decode(json[name]) for name, decode in read.items() if name in json}
    )
