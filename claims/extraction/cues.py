"""The cues of a language: what words and endings say about a sentence, read from the tables beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from claims.extraction.endings import find_endings
from claims.records.article import Language
from claims.text.japanese import read_words
from claims.text.patterns import read_rows

# A sentence is judged by its beginning: one that is longer has lost its full stops.
LONGEST_JUDGED = 600
# How many letters at the end of a sentence its ending is looked for in.
_ENDING = 70
TABLES = Path(__file__).parent / "tables"
_ENGLISH_WORD = re.compile(r"[a-z][a-z0-9'’-]*")
# Distinct words whose cues are remembered: a language's common words many times over.
_MOST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one language. ``find`` names those whose words, beginning or ending a text has."""

    language: Language
    anywhere: dict[str, re.Pattern[str]]
    beginnings: dict[str, re.Pattern[str]]
    endings: dict[str, re.Pattern[str]]
    words: dict[str, re.Pattern[str]]
    _remembered: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def names(self) -> frozenset[str]:
        """Every cue that the table has."""
        return frozenset((*self.anywhere, *self.beginnings, *self.endings, *self.words))

    def find(self, text: str) -> frozenset[str]:
        """The names of the cues in the text, those of Japanese grammar among them."""
        text = text[:LONGEST_JUDGED]
        tail = text[-_ENDING:]
        found = {cue for cue, pattern in self.anywhere.items() if pattern.search(text)}
        found.update(cue for cue, pattern in self.beginnings.items() if pattern.match(text))
        found.update(cue for cue, pattern in self.endings.items() if pattern.search(tail))
        found.update(self._find_words(text))
        return frozenset(found)

    def _find_words(self, text: str) -> Iterator[str]:
        if self.language is Language.EN:
            for word in set(_ENGLISH_WORD.findall(text.lower())):
                yield from self._cues_of(word)
            return
        words, endings = read_words(text)
        for word in words:
            yield from self._cues_of(word)
        yield from find_endings(endings)

    def _cues_of(self, word: str) -> tuple[str, ...]:
        if (known := self._remembered.get(word)) is None:
            known = tuple(cue for cue, pattern in self.words.items() if pattern.fullmatch(word))
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[word] = known
        return known


@cache
def load_cues(language: Language) -> Cues:
    """The cues of a language; the table is read once a process."""
    rows = list(read_rows(TABLES / f"cues_{language.value}.tsv"))
    places = {
        place: _join_rows((row["cue"], row["pattern"]) for row in rows if row["where"] == place)
        for place in ("any", "start", "end", "word")
    }
    endings = {cue: f"(?:{pattern})$" for cue, pattern in places["end"].items()}
    return Cues(
        language,
        anywhere=_compile(places["any"]),
        beginnings=_compile(places["start"]),
        endings=_compile(endings),
        words=_compile(places["word"]),
    )


def _join_rows(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for cue, pattern in rows:
        joined[cue] = f"{joined[cue]}|{pattern}" if cue in joined else pattern
    return joined


def _compile(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {cue: re.compile(pattern, re.IGNORECASE) for cue, pattern in patterns.items()}
