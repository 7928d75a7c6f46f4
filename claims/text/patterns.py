"""Tables of patterns that a person can read and extend: one row a pattern, with an example it must match.

Words that stand together in a longer pattern have a row each: their cue is a name in braces, which stands for
any of them in the patterns of the same table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from claims.text.pieces import find_pieces, list_pieces
from claims.text.tables import read_rows

# No quantifier of a regular expression is a word in braces.
_LIST = re.compile(r"\{[a-z_]+\}")


def read_patterns(table: Path) -> Iterator[dict[str, str]]:
    """The rows of a table in their order; the words of a list stand where its name does, and are no rows.

    Raises ``ValueError`` where a pattern names a list that the table has not.
    """
    rows = list(read_rows(table))
    lists = {name: f"(?:{'|'.join(words)})" for name, words in _group(rows).items() if _LIST.fullmatch(name)}
    for row in rows:
        if row["cue"] not in lists:
            yield {
                **row,
                "pattern": _LIST.sub(lambda name: _fill(table, lists, name.group()), row["pattern"]),
            }


def _fill(table: Path, lists: Mapping[str, str], name: str) -> str:
    if name not in lists:
        raise ValueError(f"{table.name}: no row of the list {name}")
    return lists[name]


class RowPatterns:
    """The patterns of one cue. Asks a text only for the rows whose letters it has, case left aside."""

    def __init__(self, patterns: list[str]) -> None:
        self._rows = [(find_pieces(pattern), re.compile(pattern, re.IGNORECASE)) for pattern in patterns]
        self._whole = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """A match of the first row that has one; ``None`` where no row has."""
        held = list_pieces(text)
        for pieces, pattern in self._rows:
            possible = pieces is None or not pieces.isdisjoint(held)
            if possible and (match := pattern.search(text)):
                return match
        return None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text by any row."""
        return self._whole.fullmatch(text)


@cache
def load_patterns(table: Path) -> dict[str, RowPatterns]:
    """Cue → what its rows match, in the order of the table."""
    return {cue: RowPatterns(patterns) for cue, patterns in group_rows(table).items()}


def load_words(table: Path) -> dict[str, re.Pattern[str]]:
    """Cue → one pattern that matches, as whole words and in any case, whatever any of its rows matches."""
    return {
        cue: re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)
        for cue, patterns in group_rows(table).items()
    }


@cache
def join_patterns(table: Path, *, ignore_case: bool = True) -> dict[str, re.Pattern[str]]:
    """Cue → one pattern that matches, leftmost first, whatever any of its rows matches.

    Japanese has no case, and a pattern that minds it is found several times faster.
    """
    flags = re.IGNORECASE if ignore_case else re.NOFLAG
    return {
        cue: re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)
        for cue, patterns in group_rows(table).items()
    }


def group_rows(table: Path) -> dict[str, list[str]]:
    """Cue → the patterns of its rows, in the order of the table."""
    return _group(read_patterns(table))


def _group(rows: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for row in rows:
        grouped.setdefault(row["cue"], []).append(row["pattern"])
    return grouped
