"""Wordings that a clinic points at by rules of its own, each with its own reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.records.article import Language
from claims.text.invisible import INVISIBLE, drop_invisible

# A letter with the marks that are written behind it: ｶﾞ is one letter.
_LETTER = re.compile(
    f"(?s:.)(?:{INVISIBLE.pattern.removesuffix('+')}{{0,8}}[\u0300-\u036f\u3099\u309a\uff9e\uff9f])*"
)
# Word and HTML write these for the apostrophe and the hyphen of a keyboard, and choose a shape unseen.
_AS_TYPED = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))), "")
)
_LATIN_WORD = re.compile(r"[0-9a-z\u00df-\u024f]")
_KEY = 2


@dataclass(frozen=True, slots=True)
class HouseRule:
    """A plain phrase that the clinic wants looked at, and its words on why and what instead.

    ``alternative`` is "" where the clinic names none.
    """

    phrase: str
    language: Language
    reason: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class KeptRules:
    """All the rules that one person put in force together; ``number`` counts these changes from 1."""

    number: int
    rules: tuple[HouseRule, ...]
    kept_by: str
    kept_at: datetime


class HouseRules:
    """The rules of one clinic, found in a text by their phrases as plain text, never as patterns.

    Case, width (NFKC), runs of white space, signs that nobody sees and the shapes of apostrophes and hyphens
    make no difference; a phrase that begins or ends in a Latin
    letter or a figure is a whole word there.
    """

    def __init__(self, rules: Sequence[HouseRule] = ()) -> None:
        self.rules = tuple(rules)
        self._by_phrase: dict[tuple[Language, str], HouseRule] = {}
        lengths: dict[tuple[Language, str], set[int]] = {}
        for rule in rules:
            phrase = fold_phrase(rule.phrase)
            self._by_phrase.setdefault((rule.language, phrase), rule)
            lengths.setdefault((rule.language, phrase[:_KEY]), set()).add(len(phrase))
        self._lengths = {key: sorted(known, reverse=True) for key, known in lengths.items()}

    def has_phrase(self, rule: HouseRule) -> bool:
        """Whether one of these rules is about the same phrase."""
        return (rule.language, fold_phrase(rule.phrase)) in self._by_phrase

    def join(self, more: Sequence[HouseRule]) -> HouseRules:
        """These rules, and those of ``more`` whose phrase none of these is about."""
        return HouseRules((*self.rules, *(rule for rule in more if not self.has_phrase(rule))))

    def find(self, text: str, language: Language) -> Iterator[tuple[HouseRule, int, int]]:
        """Each rule with the span of its phrase, in order; of phrases that overlap the first and longest."""
        if not self.rules:
            return
        letters, spans = _fold(text)
        at = 0
        while at < len(letters):
            found = self._find_at(letters, at, language)
            if found is None:
                at += 1
                continue
            phrase, rule = found
            yield rule, spans[at][0], spans[at + len(phrase) - 1][1]
            at += len(phrase)

    def _find_at(self, letters: str, at: int, language: Language) -> tuple[str, HouseRule] | None:
        for width in range(_KEY, 0, -1):
            for length in self._lengths.get((language, letters[at : at + width]), ()):
                phrase = letters[at : at + length]
                rule = self._by_phrase.get((language, phrase))
                if rule is not None and not _cuts_word(letters, at, at + length):
                    return phrase, rule
        return None


NO_HOUSE_RULES = HouseRules()


def fold_phrase(text: str) -> str:
    """``text`` in the one form in which phrases are compared; "" where it has no letter.

    >>> fold_phrase(" ＡＧＡ　ｶﾞｰﾄﾞ ")
    'aga ガード'
    """
    return _fold(text)[0].strip()


def _fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The letters of ``text`` in one form, and for each the span that it stands for."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _LETTER.finditer(text):
        seen = drop_invisible(match.group())
        for letter in unicodedata.normalize("NFKC", seen).casefold().translate(_AS_TYPED):
            if not letter.isspace():
                letters.append(letter)
            elif letters and letters[-1] != " ":
                letters.append(" ")
            else:
                continue
            spans.append(match.span())
    return "".join(letters), spans


def _cuts_word(letters: str, start: int, end: int) -> bool:
    """Whether the span begins or ends within a word or number in Latin letters."""
    return any(
        0 < place < len(letters) and all(map(_LATIN_WORD.match, letters[place - 1 : place + 1]))
        for place in (start, end)
    )
