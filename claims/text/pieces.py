"""The letters that a pattern cannot match without: so that a text is asked only for what it may have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

# One step through a pattern: an escape, a class, the opening of a group, or a single sign.
_STEP = re.compile(
    r"(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<look>\(\?(?:[=!]|<[=!]))|(?P<open>\((?:\?[a-zA-Z<>-]*[:>])?)|(?P<sign>.)",
    re.DOTALL,
)
_OPTIONAL = re.compile(r"[?*]|\{0?,")
_REPEATED = re.compile(r"[?*+]\??|\{[\d,]*\}\??")
_LENGTH = 2
_KANA = re.compile(r"[\u3041-\u3096]+")


def find_pieces(pattern: str) -> frozenset[str] | None:
    """Pieces of one or two letters, lower case, of which each match holds at least one; ``None`` if unknown.

    >>> sorted(find_pieces("ご?予約(?:は|を)|(?:電話|来院)の際") or ())
    ['の際', '予約']
    """
    found: set[str] = set()
    for alternative in _split(pattern, "|"):
        pieces = _find_best(alternative)
        if pieces is None:
            return None
        found |= pieces
    return frozenset(found)


def _find_best(alternative: str) -> frozenset[str] | None:
    """The rarest pieces among the parts that the alternative must have: long, few, not in kana alone."""
    offered = [pieces for pieces in _list_parts(alternative) if pieces]
    return min(offered, key=_weigh_pieces, default=None)


def _weigh_pieces(pieces: frozenset[str]) -> tuple[int, int, int]:
    common = sum(1 for piece in pieces if _KANA.fullmatch(piece))
    return common, -min(map(len, pieces)), len(pieces)


def _list_parts(alternative: str) -> Iterator[frozenset[str] | None]:
    run = ""
    at = 0
    while step := _STEP.match(alternative, at):
        at = step.end()
        if step["look"] or step["open"]:
            inner_end = _find_close(alternative, at)
            inner, at = alternative[at:inner_end], inner_end + 1
            literal = ""
        else:
            inner, literal = "", _read_literal(step)
        optional = _OPTIONAL.match(alternative, at) is not None
        repeated = _REPEATED.match(alternative, at)
        at = repeated.end() if repeated else at
        if literal and not optional:
            run += literal
            if not repeated:
                continue
        yield from _cut(run)
        run = ""
        if inner and not optional and not step["look"]:
            yield find_pieces(inner)
        if step["set"] and not optional:
            yield _read_set(step["set"])
    yield from _cut(run)


def _read_literal(step: re.Match[str]) -> str:
    if step["escape"]:
        letter = step["escape"][1]
        return "" if letter.isalnum() else letter
    return step["sign"] if step["sign"] and step["sign"] not in "^$." else ""


def _read_set(letters: str) -> frozenset[str] | None:
    """The letters of a class that lists them; ``None`` where it excludes some or names a range."""
    listed = letters[1:-1]
    if listed.startswith("^") or "-" in listed or "\\" in listed:
        return None
    return frozenset(listed.lower())


def _cut(run: str) -> Iterator[frozenset[str]]:
    if run:
        yield frozenset((run[:_LENGTH].lower(),))


def _split(pattern: str, sign: str) -> list[str]:
    """The parts between the signs that stand outside any group."""
    parts, start, at, depth = [], 0, 0, 0
    while step := _STEP.match(pattern, at):
        at = step.end()
        if step["look"] or step["open"]:
            depth += 1
        elif step["sign"] == ")":
            depth -= 1
        elif step["sign"] == sign and depth == 0:
            parts.append(pattern[start : step.start()])
            start = at
    return [*parts, pattern[start:]]


def _find_close(pattern: str, at: int) -> int:
    depth = 1
    while step := _STEP.match(pattern, at):
        depth += 1 if step["look"] or step["open"] else -1 if step["sign"] == ")" else 0
        if depth == 0:
            return step.start()
        at = step.end()
    return len(pattern)


class PieceIndex:
    """Which of many patterns a text may match, by the pieces it has. Leaves out none that matches."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._by_piece: dict[str, set[str]] = {}
        self._unknown: set[str] = set()
        for name, pattern in patterns.items():
            pieces = find_pieces(pattern)
            if pieces is None:
                self._unknown.add(name)
            for piece in pieces or ():
                self._by_piece.setdefault(piece, set()).add(name)

    def only(self, names: frozenset[str]) -> PieceIndex:
        """The index of these patterns alone."""
        part = PieceIndex({})
        part._unknown = self._unknown & names
        part._by_piece = {piece: kept for piece, known in self._by_piece.items() if (kept := known & names)}
        return part

    def find(self, text: str) -> set[str]:
        """The names of the patterns that may match."""
        text = text.lower()
        found = set(self._unknown)
        by_piece = self._by_piece
        for piece in {*text, *map("".join, pairwise(text))}:
            if piece in by_piece:
                found |= by_piece[piece]
        return found
