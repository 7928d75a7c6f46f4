"""The letters that a pattern cannot match without: so that a text is asked only for what it may have."""

from __future__ import annotations

import re
import re._constants as op
import re._parser as parser
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, TypeAlias

Node: TypeAlias = tuple[Any, Any]
Letters: TypeAlias = frozenset[str]
_LENGTH, _MOST_SPELLINGS = 2, 32
_KANA = re.compile(r"[\u3041-\u3096]")
_WITHOUT_WIDTH = frozenset({op.AT, op.ASSERT, op.ASSERT_NOT})
_REPEATS = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})
_EMPTY: Letters = frozenset({""})


def fold_case(text: str) -> str:
    """``text`` so that letters which a pattern takes for one another, case ignored, are the same.

    Each letter is folded by itself: what is folded of a part stands in what is folded of the whole.

    >>> fold_case("İſK") == fold_case("isk") == "isk"
    True
    """
    return text.casefold().replace("\u0307", "").replace("ı", "i")


def list_pieces(text: str) -> set[str]:
    """All pieces of one or two letters that the text has, folded.

    >>> sorted(list_pieces("Ab"))
    ['a', 'ab', 'b']
    """
    letters = fold_case(text)
    return {*letters, *map("".join, pairwise(letters))}


def find_pieces(pattern: str) -> Letters | None:
    """Pieces of one or two letters, of which each match holds at least one, both folded; ``None`` if unknown.

    >>> sorted(find_pieces("ご?予約(?:は|を)|(?:電話|来院)の際") or ())
    ['予約', '来院', '電話']
    """
    return _find_best(parser.parse(pattern, re.IGNORECASE))


def _find_best(nodes: Iterable[Node]) -> Letters | None:
    """The rarest pieces among those that the nodes must have: not in kana alone, long, few."""
    return min(_list_offers(nodes), key=_weigh_pieces, default=None)


def _weigh_pieces(pieces: Letters) -> tuple[int, int, int]:
    common = sum(1 for piece in pieces if all(map(_KANA.match, piece)))
    return common, -min(map(len, pieces)), len(pieces)


def _list_offers(nodes: Iterable[Node]) -> Iterator[Letters]:
    """The pieces of each run of letters, and of each part whose letters are not to be spelt."""
    run = _EMPTY
    for node in nodes:
        spelt = _spell(node)
        if spelt is not None and len(run) * len(spelt) <= _MOST_SPELLINGS:
            run = _join(run, spelt)
            continue
        yield from _cut(run)
        run = spelt or _EMPTY
        if spelt is None and (inside := _look_inside(node)):
            yield inside
    yield from _cut(run)


def _cut(run: Letters) -> Iterator[Letters]:
    if "" not in run:
        yield frozenset(map(_find_rarest, run))


def _find_rarest(spelling: str) -> str:
    """The first of its pieces with the least kana."""
    pieces = [spelling[at : at + _LENGTH] for at in range(max(1, len(spelling) - _LENGTH + 1))]
    return min(pieces, key=lambda piece: len(_KANA.findall(piece)))


def _join(first: Letters, second: Letters) -> Letters:
    return frozenset(start + end for start in first for end in second)


def _spell(node: Node) -> Letters | None:
    """All that the node can match, folded; ``None`` where that is too much or not to be listed."""
    kind, value = node
    if kind is op.LITERAL:
        return frozenset({fold_case(chr(value))})
    if kind in _WITHOUT_WIDTH:
        return _EMPTY
    if kind is op.IN:
        return _join_all(map(_spell, value))
    if kind is op.BRANCH:
        return _join_all(map(_spell_all, value[1]))
    if kind is op.SUBPATTERN:
        return _spell_all(value[-1])
    return None


def _spell_all(nodes: Iterable[Node]) -> Letters | None:
    """All that the nodes, one after the other, can match."""
    run = _EMPTY
    for node in nodes:
        spelt = _spell(node)
        if spelt is None or len(run) * len(spelt) > _MOST_SPELLINGS:
            return None
        run = _join(run, spelt)
    return run


def _look_inside(node: Node) -> Letters | None:
    """The pieces that a part must have which cannot be spelt."""
    kind, value = node
    if kind is op.BRANCH:
        return _join_all(map(_find_best, value[1]))
    if kind is op.SUBPATTERN or (kind in _REPEATS and value[0] > 0):
        return _find_best(value[-1])
    if kind is op.ATOMIC_GROUP:
        return _find_best(value)
    return None


def _join_all(parts: Iterable[Letters | None]) -> Letters | None:
    """What any of the parts has; ``None`` where one is not known."""
    found: set[str] = set()
    for part in parts:
        if part is None:
            return None
        found |= part
    return frozenset(found)


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
        found = set(self._unknown)
        by_piece = self._by_piece
        for piece in list_pieces(text):
            if piece in by_piece:
                found |= by_piece[piece]
        return found
