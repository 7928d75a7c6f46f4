"""The cues of a language: what words say about a sentence, read from the tables beside this file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.records.article import Language
from claims.records.claim import ClaimType
from claims.text.patterns import load_patterns

# A sentence is judged by its beginning: one that is longer has lost its full stops.
LONGEST_JUDGED = 600
TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True)
class TypeCue:
    """A pattern that speaks for a type with this weight."""

    type: ClaimType
    weight: float
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """The patterns of one language by name, and those that speak for a type."""

    patterns: dict[str, re.Pattern[str]]
    types: tuple[TypeCue, ...]

    def found(self, cue: str, text: str) -> bool:
        """Whether the cue's words stand in the text."""
        return self.patterns[cue].search(text, 0, LONGEST_JUDGED) is not None

    def count(self, cue: str, text: str) -> int:
        """How many different words of the cue stand in the text."""
        return len({match.group() for match in self.patterns[cue].finditer(text, 0, LONGEST_JUDGED)})


@cache
def load_cues(language: Language) -> Cues:
    """The cues of a language; the table is read once a process."""
    patterns = load_patterns(TABLES / f"cues_{language.value}.tsv")
    types = [
        TypeCue(ClaimType(name), float(weight), pattern)
        for cue, pattern in patterns.items()
        if cue.startswith("type:")
        for _, name, weight in [cue.split(":")]
    ]
    return Cues(patterns, tuple(types))
