"""The attributes by which claims on one subject differ: a class each (skin, stage, dose high or low).

``tables/contrasts_*.tsv`` lists each class with all its values. What the lexicon has under one term (fair and
dark skin) is told apart here, as words, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from claims.equivalence.meanings import TABLES, Wordings
from claims.records.article import Language
from claims.text.tables import read_rows

COLUMNS = ("differs", "class", "lone", "value", "pattern")


@dataclass(frozen=True, slots=True)
class Contrast:
    """A value of a class; ``lone`` says whether it counts against a claim that names none of the class."""

    differs: str
    name: str
    value: str
    lone: bool


def find_contrasts(text: str, language: Language) -> frozenset[Contrast]:
    """The values a text (in small letters) names; within a class the longest words at a place count.

    >>> sorted(one.value for one in find_contrasts("never-smokers with dark skin", Language.EN) if one.lone)
    ['dark', 'never']
    """
    found: dict[Contrast, None] = {}
    for values in _load(language):
        places = sorted(
            (
                (match.start(), match.end(), one)
                for one, wordings in values
                for match in wordings.find_all(text)
            ),
            key=lambda place: (place[0] - place[1], place[0]),
        )
        taken: set[int] = set()
        for start, end, one in places:
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found[one] = None
    return frozenset(found)


def part_contrasts(some: Iterable[Contrast], others: Iterable[Contrast]) -> Iterator[str]:
    """What differs by the classes of which the two do not name the same values."""
    first, second = frozenset(some), frozenset(others)
    for one in sorted(first ^ second, key=lambda contrast: (contrast.name, contrast.value)):
        rest = second if one in first else first
        if one.lone or any(other.name == one.name for other in rest):
            yield one.differs


@cache
def _load(language: Language) -> tuple[tuple[tuple[Contrast, Wordings], ...], ...]:
    classes: dict[str, dict[Contrast, list[str]]] = {}
    for row in read_rows(TABLES / f"contrasts_{language.value}.tsv", COLUMNS):
        one = Contrast(row["differs"], row["class"], row["value"], row["lone"] == "yes")
        classes.setdefault(one.name, {}).setdefault(one, []).append(row["pattern"])
    return tuple(
        tuple((one, Wordings(patterns, language)) for one, patterns in values.items())
        for values in classes.values()
    )
