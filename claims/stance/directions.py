"""Words that tell a direction (increase, worse, unrelated), and words that turn what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from claims.text.tables import read_rows

TABLES = Path(__file__).parent / "tables"


class Axis(StrEnum):
    """What a direction word is about: how much, how well, or whether there is a relation at all."""

    AMOUNT = "amount"
    VALUE = "value"
    RELATION = "relation"


@dataclass(frozen=True, slots=True)
class Direction:
    """``sign`` is 1 or -1 on the axis; ``noun`` marks words (reduction) that seldom are the statement."""

    axis: Axis
    sign: int
    noun: bool


class Operator(StrEnum):
    """What a word does to its neighbours: denies a statement, takes a thing away, or names an ill."""

    DENIAL = "denial"
    ABSENCE = "absence"
    UNWELCOME = "unwelcome"


def find_direction(word: str) -> Direction | None:
    """The direction of a lower-case word in any of its forms.

    >>> find_direction("reduced")
    Direction(axis=<Axis.AMOUNT: 'amount'>, sign=-1, noun=False)
    """
    return _load_directions().get(word)


def is_operator(word: str, operator: Operator) -> bool:
    """Whether the lower-case word is one of the operator's."""
    return word in _load_operators()[operator]


def inflect_verb(base: str) -> Iterator[str]:
    """The forms of a verb, with irregular ones that follow a colon; forms that no one writes do no harm.

    >>> list(inflect_verb("lead:led"))
    ['lead', 'leads', 'leaded', 'leading', 'leadded', 'leadding', 'led']
    """
    base, _, irregular = base.partition(":")
    yield base
    if base.endswith("e"):
        yield from (f"{base}s", f"{base}d", f"{base[:-1]}ing")
    elif base.endswith("y") and base[-2] not in "aeiou":
        yield from (f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing")
    elif base.endswith(("s", "sh", "ch", "x")):
        yield from (f"{base}es", f"{base}ed", f"{base}ing")
    else:
        yield from (f"{base}s", f"{base}ed", f"{base}ing", f"{base}{base[-1]}ed", f"{base}{base[-1]}ing")
    yield from filter(None, irregular.split(","))


@cache
def _load_directions() -> dict[str, Direction]:
    directions: dict[str, Direction] = {}
    for row in read_rows(TABLES / "directions.tsv"):
        direction = Direction(Axis(row["axis"]), 1 if row["sign"] == "+" else -1, row["kind"] == "noun")
        for form in _list_forms(row["word"], row["kind"]):
            directions.setdefault(form, direction)
    return directions


def _list_forms(word: str, kind: str) -> Iterator[str]:
    if kind == "verb":
        return inflect_verb(word)
    return iter((word, f"{word}s") if kind == "noun" else (word,))


@cache
def _load_operators() -> dict[Operator, frozenset[str]]:
    rows = [(row["role"], row["word"]) for row in read_rows(TABLES / "operators.tsv")]
    return {operator: frozenset(word for role, word in rows if role == operator) for operator in Operator}
