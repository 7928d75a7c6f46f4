"""Long runs that a pattern may meet: of signs, and of what the pattern itself repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants, _parser
from typing import Any

SIGNS = (
    "-", "—", "=", "_", "*", "#", "a", "A", "é", "1", "１", ",", ".", ":", "：", ";", "/",
    " ", "\t", "\n", "\u3000",
    "あ", "ア", "ー", "漢", "。", "、", "「", "」", "(", ")", "（", "[", "]", "<", ">",
    "|", '"', "'", "&", "+", "~",
)  # fmt: skip
PIECES = (
    "ab ",
    "a-",
    "a.",
    "1,",
    "1.",
    "- ",
    "| ",
    "あ漢",
    "あ。",
    "漢、",
    "<a>",
    "</",
    "](",
    "[a](b",
    "\n ",
    ". ",
    "&amp;",
    "** ",
)
# Of a pattern that is put together from the rows of a table, each of which is tried by itself as well.
MOST_OWN = 150
# Parts that may be absent, of a pattern that repeats nothing: it tries at most two to their number of ways.
_MOST_OPTIONAL = 6
# What follows a run, so that the whole must be given up.
BREAKERS = ("", "\x00")


def write_runs(pattern: re.Pattern[Any], *lengths: int) -> Iterator[tuple[Any, ...]]:
    """Name of each run and its texts of about so many signs, in bytes where the pattern reads bytes."""
    own = sorted({(lead, piece) for lead, piece in _list_own(pattern) if piece})
    pieces = {("", piece) for piece in (*SIGNS, *PIECES)} | set(own[:: 1 + len(own) // MOST_OWN])
    for lead, piece in sorted(pieces):
        for breaker in BREAKERS:
            texts = [lead + piece * (length // len(piece)) + breaker for length in lengths]
            name = f"{lead!r} and {piece!r} repeated, then {breaker!r}"
            if isinstance(pattern.pattern, bytes):
                yield name, *(text.encode() for text in texts)
            else:
                yield name, *texts


def is_bounded(pattern: re.Pattern[Any]) -> bool:
    """Whether a pattern takes a bounded number of steps at each sign, whatever the text: it repeats nothing,
    and what may be absent is so seldom that all its ways are few."""
    optional = 0
    for name, value in _list_parts_within(_parse(pattern)):
        if name in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            if int(value[1]) > 1:
                return False
            optional += 1
    return optional <= _MOST_OPTIONAL


def _list_parts_within(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every part of a pattern with the parts that it holds."""
    for name, value in tree:
        yield name, value
        if name in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            yield from _list_parts_within(value[2])
        for part in _list_parts(name, value):
            yield from _list_parts_within(part)


def _parse(pattern: re.Pattern[Any]) -> Any:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    return _parser.parse(source, flags)


def _list_own(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """What stands before each repetition in the pattern, and what it repeats: all signs that it may be."""
    yield from _walk(_parse(pattern), "")


def _walk(tree: Any, lead: str) -> Iterator[tuple[str, str]]:
    for name, value in tree:
        if name in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            low, high, body = value
            piece = _write(body)
            if high > 9:
                yield lead, piece
                yield "", lead + piece
                if len(body) == 1:
                    yield from ((lead, sign) for sign in _alike(body))
            yield from _walk(body, lead)
            lead += piece * max(1, int(low))
        else:
            for part in _list_parts(name, value):
                yield from _walk(part, lead)
            lead += _write([(name, value)])
    if lead:
        yield "", lead


def _list_parts(name: Any, value: Any) -> list[Any]:
    if name is _constants.SUBPATTERN:
        return [value[-1]]
    if name is _constants.BRANCH:
        return list(value[1])
    if name in (_constants.ASSERT, _constants.ASSERT_NOT):
        return [value[1]]
    return [value] if name is _constants.ATOMIC_GROUP else []


def _write(tree: Any) -> str:
    """The plainest words that a part of a pattern matches."""
    words = ""
    for name, value in tree:
        if name is _constants.LITERAL:
            words += chr(value)
        elif name in (_constants.IN, _constants.NOT_LITERAL, _constants.ANY):
            words += next(iter(_alike([(name, value)])), "")
        elif name in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            words += _write(value[2]) * max(1, int(value[0]))
        elif name not in (_constants.ASSERT, _constants.ASSERT_NOT):
            words += "".join(_write(part) for part in _list_parts(name, value)[:1])
    return words


def _alike(body: Any) -> list[str]:
    """The signs that a part of one sign may be, of those that runs are made of."""
    (name, value) = body[0]
    if name is _constants.LITERAL:
        return [chr(value)]
    if name is _constants.ANY:
        return ["a", " ", "あ"]
    if name is _constants.NOT_LITERAL:
        return [sign for sign in ("a", " ", "-", "あ") if ord(sign) != value]
    if name is not _constants.IN:
        return []
    own = [
        chr(v if n is _constants.LITERAL else v[0])
        for n, v in value
        if n in (_constants.LITERAL, _constants.RANGE)
    ]
    signs = [sign for sign in (*own[:4], *SIGNS) if _is_in(sign, value)]
    return signs[:12]


def _is_in(sign: str, members: Any) -> bool:
    denied = bool(members) and members[0][0] is _constants.NEGATE
    code = ord(sign)
    for name, value in members[denied:]:
        inside = (
            code == value
            if name is _constants.LITERAL
            else value[0] <= code <= value[1]
            if name is _constants.RANGE
            else bool(_CATEGORIES[value].match(sign))
        )
        if inside:
            return not denied
    return denied


_CATEGORIES = {
    _constants.CATEGORY_DIGIT: re.compile(r"\d"),
    _constants.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    _constants.CATEGORY_SPACE: re.compile(r"\s"),
    _constants.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    _constants.CATEGORY_WORD: re.compile(r"\w"),
    _constants.CATEGORY_NOT_WORD: re.compile(r"\W"),
}
