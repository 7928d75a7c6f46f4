"""What the ordinary words of a claim mean, by a table a language: ``tables/meanings_*.tsv``.

Words of one meaning (軽減, 和らぐ, relieve) have a row each; its kind says what part of a claim it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from claims.records.article import Language
from claims.text.tables import read_rows

TABLES = Path(__file__).parent / "tables"
COLUMNS = ("kind", "meaning", "pattern")


class Kind(StrEnum):
    """What part of a claim a word is: what changes, how sure it is, how it is given, whom it is about."""

    EFFECT = "effect"
    HEDGE = "hedge"
    MODALITY = "modality"
    FREQUENCY = "frequency"
    ROUTE = "route"
    POPULATION = "population"
    SCOPE = "scope"
    LABORATORY = "laboratory"
    COMPARATOR = "comparator"
    WHEN = "when"
    WORD = "word"
    IMPLIED = "implied"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Meant:
    """Words of a text, from ``start`` to ``end``, and what the table says they mean."""

    kind: Kind
    meaning: str
    start: int
    end: int


def find_meanings(text: str, language: Language) -> Iterator[Meant]:
    """Every place of a text (in small letters) that a row matches; places may overlap.

    >>> [(m.kind.value, m.meaning) for m in find_meanings("may relieve pain", Language.EN)]
    [('effect', 'down'), ('hedge', 'possible'), ('word', 'pain')]
    """
    for kind, meaning, pattern in _load(language):
        for match in pattern.finditer(text):
            if match.end() > match.start():
                yield Meant(kind, meaning, match.start(), match.end())


@cache
def _load(language: Language) -> tuple[tuple[Kind, str, re.Pattern[str]], ...]:
    grouped: dict[tuple[Kind, str], list[str]] = {}
    for row in read_rows(TABLES / f"meanings_{language.value}.tsv", COLUMNS):
        grouped.setdefault((Kind(row["kind"]), row["meaning"]), []).append(row["pattern"])
    edge = r"\b" if language is Language.EN else ""
    return tuple(
        (kind, meaning, re.compile(f"{edge}(?:{'|'.join(patterns)}){edge}"))
        for (kind, meaning), patterns in grouped.items()
    )
