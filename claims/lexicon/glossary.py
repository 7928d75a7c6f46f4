"""English words of an abstract in Japanese: the rows of the lexicon, read the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from claims.lexicon.tables import LexiconRow

_WORD = re.compile(r"[A-Za-z0-9αβγκδ]+(?:['’][A-Za-z0-9αβγκδ]+)*")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# A word of so few letters means too many things to be explained by itself.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term at ``start`` to ``end`` of a text, half-open, with its name in Japanese."""

    start: int
    end: int
    japanese: str


class Glossary:
    """Japanese names of English terms, found longest first, whatever their case, hyphens and plural."""

    def __init__(self, rows: Iterable[LexiconRow]) -> None:
        # A sense that holds beside a neighbour only is none here, and a row in English has no name.
        named = [row for row in rows if not row.contexts and _JAPANESE.search(row.term)]
        self._names: dict[tuple[str, ...], str] = {}
        # The best English of any row goes before a lesser one of another.
        for row in named:
            self._names.setdefault(_split(row.english[0]) if row.english else (), row.term)
        for row in named:
            for english in (row.mesh, *row.english[1:]):
                self._names.setdefault(_split(english), row.term)
        self._names.pop((), None)
        self._longest = max(map(len, self._names), default=0)

    def find_terms(self, text: str) -> Iterator[GlossaryTerm]:
        """The terms of the text in its order; none overlaps another."""
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            for count in range(min(self._longest, len(words) - at), 0, -1):
                some = words[at : at + count]
                name = self._find(tuple(_fold(word.group()) for word in some))
                if name and _is_run(text, some):
                    yield GlossaryTerm(some[0].start(), some[-1].end(), name)
                    at += count
                    break
            else:
                at += 1

    def _find(self, words: tuple[str, ...]) -> str:
        if len(words) == 1 and len(words[0]) < _SHORTEST:
            return ""
        return self._names.get(words, "")


def find_words(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where one of the ``names`` stands in the text, as spans in its order, whatever case and plural.

    >>> list(find_words("Hair follicles grew.", ["hair follicle"]))
    [(0, 14)]
    """
    wanted = {_split(name) for name in names} - {()}
    words = list(_WORD.finditer(text))
    folded = [_fold(word.group()) for word in words]
    at = 0
    while at < len(words):
        count = max((len(name) for name in wanted if tuple(folded[at : at + len(name)]) == name), default=0)
        if count and _is_run(text, words[at : at + count]):
            yield words[at].start(), words[at + count - 1].end()
        at += max(count, 1)


def _split(name: str) -> tuple[str, ...]:
    return tuple(_fold(word.group()) for word in _WORD.finditer(name))


def _fold(word: str) -> str:
    """The word in small letters, without the s of a plural."""
    small = word.lower().replace("’", "'")
    if len(small) > 4 and small.endswith("ies"):
        return f"{small[:-3]}y"
    if len(small) > 3 and small.endswith("s") and not small.endswith(("ss", "us", "is")):
        return small[:-1]
    return small


def _is_run(text: str, words: list[re.Match[str]]) -> bool:
    """Whether nothing but spaces, hyphens and commas of a descriptor stands between the words."""
    return all(not text[a.end() : b.start()].strip(" -–,") for a, b in pairwise(words))
