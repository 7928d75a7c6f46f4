"""The cues of a language: what words and endings say about a sentence, read from the tables here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeAlias

from claims.records.article import Language
from claims.text.inflection import inflect
from claims.text.patterns import read_patterns
from claims.text.pieces import PieceIndex

# A sentence is judged by its beginning: one that is longer has lost its full stops.
LONGEST_JUDGED = 600
# How many letters at the end of a sentence its ending is looked for in.
_ENDING = 70
TABLES = Path(__file__).parent / "tables"
_ENGLISH_WORD = re.compile(r"[a-z][a-z0-9'’-]*")
# Distinct words whose cues are remembered: a language's common words many times over.
_MOST_REMEMBERED = 50_000
# A sentence is asked for again as the one before, a heading for each sentence under it.
_MOST_LAST = 256


Patterns: TypeAlias = dict[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one language. ``find`` names those whose words, beginning or ending a text has."""

    language: Language
    anywhere: Patterns
    beginnings: Patterns
    endings: Patterns
    words: Patterns
    index: PieceIndex
    _remembered: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    _last: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def names(self) -> frozenset[str]:
        """Every cue that the table has."""
        return frozenset((*self.anywhere, *self.beginnings, *self.endings, *self.words))

    def only(self, names: frozenset[str]) -> Cues:
        """The cues of these names."""
        return Cues(
            self.language,
            _keep(self.anywhere, names),
            _keep(self.beginnings, names),
            _keep(self.endings, names),
            _keep(self.words, names),
            self.index.only(names),
        )

    def find(self, text: str) -> frozenset[str]:
        """The names of the cues in the text."""
        text = text[:LONGEST_JUDGED]
        if (known := self._last.get(text)) is not None:
            return known
        if len(self._last) >= _MOST_LAST:
            self._last.clear()
        self._last[text] = found = frozenset(self._read(text))
        return found

    def _read(self, text: str) -> set[str]:
        found = set(self._find_words(text))
        tail = text[-_ENDING:]
        for cue in self.index.find(text) - found:
            if (
                ((pattern := self.anywhere.get(cue)) and pattern.search(text))
                or ((pattern := self.endings.get(cue)) and pattern.search(tail))
                or ((pattern := self.beginnings.get(cue)) and pattern.match(text))
            ):
                found.add(cue)
        return found

    def _find_words(self, text: str) -> Iterator[str]:
        """English words one by one, since each is met again; Japanese has no spaces to tell them by."""
        for word in set(_ENGLISH_WORD.findall(text.lower())) if self.words else ():
            if (known := self._remembered.get(word)) is None:
                known = tuple(cue for cue, pattern in self.words.items() if pattern.fullmatch(word))
                if len(self._remembered) < _MOST_REMEMBERED:
                    self._remembered[word] = known
            yield from known


def _keep(patterns: Patterns, names: frozenset[str]) -> Patterns:
    return {cue: pattern for cue, pattern in patterns.items() if cue in names}


@cache
def load_cues(language: Language) -> Cues:
    """The cues of a language; the table is read once a process."""
    rows = [_read_row(row, language) for row in read_patterns(TABLES / f"cues_{language.value}.tsv")]
    places = {
        place: _join_rows((row["cue"], row["pattern"]) for row in rows if row["where"] == place)
        for place in ("any", "start", "end", "word")
    }
    endings = {cue: f"(?:{pattern})$" for cue, pattern in places["end"].items()}
    return Cues(
        language,
        anywhere=_compile(places["any"], language),
        beginnings=_compile(places["start"], language),
        endings=_compile(endings, language),
        words=_compile(places["word"], language),
        index=PieceIndex(_join_rows((row["cue"], row["pattern"]) for row in rows if row["where"] != "word")),
    )


def _read_row(row: dict[str, str], language: Language) -> dict[str, str]:
    """The row, where it lists Japanese words, as a pattern of their inflected forms."""
    if row["where"] != "word" or language is Language.EN:
        return row
    return {**row, "where": "any", "pattern": "|".join(map(inflect, row["pattern"].split("|")))}


def _join_rows(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for cue, pattern in rows:
        joined[cue] = f"{joined[cue]}|{pattern}" if cue in joined else pattern
    return joined


def _compile(patterns: dict[str, str], language: Language) -> Patterns:
    # Japanese has no case, and without it the search skips to where a pattern can begin: three times as fast.
    flags = re.IGNORECASE if language is Language.EN else re.NOFLAG
    return {cue: re.compile(pattern, flags) for cue, pattern in patterns.items()}
