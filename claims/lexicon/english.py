"""Terms in English text: the tables' English sides, and otherwise its content words as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claims.lexicon.folding import spell_variants, unify_spelling
from claims.lexicon.tables import LexiconRow, TermRole, load_words
from claims.lexicon.terms import FoundBy, FoundTerm, drop_repeats

_WORD = re.compile(r"[A-Za-z0-9Α-ω]+(?:[-/'.][A-Za-z0-9Α-ω]+)*\+?")
_NUMBER = re.compile(r"[\d.,/-]+\Z")
_MOST_WORDS = 6
_BRITISH = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        ("[ao]e", "e"),
        ("our", "or"),
        (r"(?<=[a-z]{3})is(?=e|ing|ation)", "iz"),
        (r"(?<=[a-z])ys(?=e)", "yz"),
        (r"tre\b", "ter"),
        ("flush", "flash"),
        ("ll(?=ed|ing)", "l"),
    )
)


class EnglishReader:
    """Reads English text with the rows' English sides; the longest known phrase at each word wins."""

    def __init__(self, rows: Iterable[LexiconRow], silent: frozenset[str]) -> None:
        self._silent = silent | load_words("stopwords_en")
        self._rows: dict[str, LexiconRow] = {}
        for row in rows:
            spellings = (*row.english, row.mesh, *(v for v in row.variants if v.isascii()))
            for spelling in spellings:
                if words := _WORD.findall(spelling):
                    self._rows.setdefault(fold_english(" ".join(words)), row)

    def read(self, text: str) -> tuple[tuple[FoundTerm, ...], tuple[str, ...]]:
        """The terms in order. Nothing is left over: a content word stands for itself."""
        return drop_repeats(self._find(_WORD.findall(unify_spelling(text)))), ()

    def _find(self, words: list[str]) -> Iterator[FoundTerm]:
        position = 0
        while position < len(words):
            for length in range(min(_MOST_WORDS, len(words) - position), 0, -1):
                source = " ".join(words[position : position + length])
                if row := self._find_row(source):
                    position += length
                    yield _build_term(source, row)
                    break
            else:
                word = words[position]
                position += 1
                if self._is_content(word):
                    yield _build_word(word)

    def _find_row(self, source: str) -> LexiconRow | None:
        if source.lower() in self._silent:
            return None
        spelling = fold_english(source)
        candidates = (spelling, *singular_forms(spelling))
        return next((self._rows[c] for c in candidates if c in self._rows), None)

    def _is_content(self, word: str) -> bool:
        head = word.lower().split("'")[0]
        return len(word) > 1 and head not in self._silent and not _NUMBER.match(word)


def fold_english(words: str) -> str:
    """The key under which British and American spellings meet; no spelling of its own.

    >>> fold_english("Oestrogen") == fold_english("estrogen")
    True
    """
    folded = words.lower()
    for pattern, american in _BRITISH:
        folded = pattern.sub(american, folded)
    return folded


def singular_forms(word: str) -> tuple[str, ...]:
    """The forms a plural may have come from; none for a word that is no plural.

    >>> singular_forms("biopsies"), singular_forms("virus")
    (('biopsy', 'biopsie', 'biopsi'), ())
    """
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) < 4:
        return ()
    forms = [word[:-1]]
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("ies"):
        forms.insert(0, word[:-3] + "y")
    return tuple(forms)


def plain_forms(word: str) -> tuple[str, ...]:
    """The forms a lower-case word may be inflected from; forms that are no words do no harm.

    >>> plain_forms("lasts"), plain_forms("stopping"), plain_forms("skin")
    (('last',), ('stopp', 'stoppe', 'stop'), ())
    """
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            doubled = stem[-1] == stem[-2]
            return (stem, f"{stem}e", stem[:-1]) if doubled else (stem, f"{stem}e")
    return singular_forms(word)


def _build_term(source: str, row: LexiconRow) -> FoundTerm:
    """The row with the text's own wording first: it is what the writer's field says."""
    plain = source.lower() if source[1:].islower() else source
    wording = next((word for word in row.english if word.lower() == plain.lower()), plain)
    english = (wording, *(word for word in row.english if word != wording))
    return FoundTerm(source, english, row.mesh, row.role)


def _build_word(word: str) -> FoundTerm:
    symbol = any(letter.isdigit() for letter in word) or word[1:] != word[1:].lower()
    if symbol:
        return FoundTerm(word, spell_variants(word), "", TermRole.MECHANISM, FoundBy.PASSED_THROUGH)
    return FoundTerm(word, (word.lower(),), "", TermRole.GENERIC, FoundBy.WORD)
