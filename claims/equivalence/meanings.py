"""What the ordinary words of a claim mean, by a table a language: ``tables/meanings_*.tsv``.

Words of one meaning (軽減, 和らぐ, relieve) have a row each; its kind says what part of a claim it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
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


@lru_cache(maxsize=16384)
def find_meanings(text: str, language: Language) -> tuple[Meant, ...]:
    """Every place of a text (in small letters) that a row matches; places may overlap.

    >>> [(m.kind.value, m.meaning) for m in find_meanings("may relieve pain", Language.EN)]
    [('effect', 'down'), ('hedge', 'possible'), ('word', 'pain')]
    """
    return tuple(
        Meant(kind, meaning, match.start(), match.end())
        for kind, meaning, pattern in _load(language)
        for match in pattern.find_all(text)
        if match.end() > match.start()
    )


class Wordings:
    """Patterns of one meaning. Where all begin with plain letters a text without these is not searched."""

    def __init__(self, patterns: Sequence[str], language: Language) -> None:
        edge = r"\b" if language is Language.EN else ""
        self._pattern = re.compile(f"{edge}(?:{'|'.join(patterns)}){edge}")
        beginnings = tuple(map(_read_beginning, patterns))
        self._beginnings = beginnings if all(beginnings) else ("",)

    def find_all(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in the text, in order."""
        if any(letters in text for letters in self._beginnings):
            yield from self._pattern.finditer(text)


def _read_beginning(pattern: str) -> str:
    """The letters that whatever the pattern matches begins with; "" where that is not plain to see.

    >>> _read_beginning("dry(?:ness)?"), _read_beginning("colou?r"), _read_beginning("a|b")
    ('dry', 'colo', '')
    """
    plain = re.match(r"[^\\.^$*+?{}\[\]|()]*", pattern)
    letters = plain[0] if plain else ""
    if "|" in pattern:
        return ""
    return letters[:-1] if pattern[len(letters) : len(letters) + 1] in tuple("?*{") else letters


@cache
def _load(language: Language) -> tuple[tuple[Kind, str, Wordings], ...]:
    grouped: dict[tuple[Kind, str], list[str]] = {}
    for row in read_rows(TABLES / f"meanings_{language.value}.tsv", COLUMNS):
        grouped.setdefault((Kind(row["kind"]), row["meaning"]), []).append(row["pattern"])
    return tuple(
        (kind, meaning, Wordings(patterns, language)) for (kind, meaning), patterns in grouped.items()
    )
