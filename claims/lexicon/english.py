"""Terms in English text: the tables' English sides, and otherwise its content words as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from claims.lexicon.english_words import (
    DETERMINERS,
    fold_english,
    is_everyday,
    plain_forms,
    read_ending,
    singular_forms,
    spell_american,
)
from claims.lexicon.folding import spell_variants, unify_spelling
from claims.lexicon.tables import LexiconRow, TermRole, load_words
from claims.lexicon.terms import FoundBy, FoundTerm, drop_repeats
from claims.lexicon.turned import match_turned
from claims.text.english import stem_words

_WORD = re.compile(r"[A-Za-z0-9Α-ω]+(?:[-/'.][A-Za-z0-9Α-ω]+)*\+?")
# Numbers, and numbers with a unit or a count: 12, 1.5-fold, 24h, 12-week, 2nd, 500mg, day-5, over-70s.
_NUMBER = re.compile(
    r"(?:(?:day|week|month|year|age|aged|over|under|mid|stage|grade|phase|top|pre|post)-)?"
    r"[\d.,/-]+(?:-?(?:st|nd|rd|th|x|[mkμ]?g|m?l|h|hr|hrs|s)|-[a-z]{3,}(?:-[a-z]+)*)?\Z"
)
_MOST_WORDS = 6
# A neighbour of so few letters is no beginning of a word.
_SHORT_NEIGHBOUR = 3
_MOST_REMEMBERED = 65_536
# Abbreviations that are words when written small: STING, PAD, SLIT.
_ALSO_WORDS = frozenset(
    ["art", "mace", "nerd", "pad", "pet", "pots", "rock", "slit", "sting", "tens", "trail"]
)
_NO_PLURALS = frozenset({"aids", "ards", "mers", "sars", "ecgs", "anti-inflammatories"})


class EnglishReader:
    """Reads English text with the rows' English sides; the longest known phrase at each word wins."""

    def __init__(
        self,
        rows: Iterable[LexiconRow],
        silent: frozenset[str],
        names: Mapping[str, TermRole],
        headings: Sequence[LexiconRow] = (),
    ) -> None:
        self._silent = silent
        self._known = tuple(rows)
        self._names = names
        self._headings = headings

    @cached_property
    def _unread(self) -> frozenset[str]:
        return self._silent | load_words("stopwords_en")

    @cached_property
    def _senses(self) -> dict[str, list[LexiconRow]]:
        senses: dict[str, list[LexiconRow]] = {}
        for row in self._known:
            if row.contexts and row.term.isascii():
                senses.setdefault(fold_english(row.term), []).append(row)
        return senses

    @cached_property
    def _rows(self) -> dict[str, LexiconRow]:
        """The rows by their English, built when the first text is read."""
        rows: dict[str, LexiconRow] = {}
        for row in self._known:
            own = () if row.contexts else (row.term, *row.variants)
            _add(rows, row, (*row.english[:1], *(words for words in own if words.isascii())))
        # What is the best English of one row is no synonym of another.
        for row in self._known:
            _add(rows, row, (*row.english[1:], row.mesh))
        for spelling, row in tuple(rows.items()):
            # Of a phrase the plural is found as it is; most of them are never written in the singular.
            single = " " not in spelling and spelling not in _NO_PLURALS
            for form in singular_forms(spelling) if single else ():
                if form not in rows and not is_everyday(form):
                    rows[form] = row
        for name, role in self._names.items():
            rows.setdefault(fold_english(name), LexiconRow(name, (), (name,), "", role))
        for row in self._headings:
            _add(rows, row, row.english)
        return rows

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], LexiconRow]:
        """The rows by the stems of their phrases, built when the first text is read; the first row wins."""
        return {
            key: row
            for row in reversed(self._known)
            if not row.contexts
            for spelling in (row.term, *row.variants)
            if " " in spelling and spelling.isascii()
            if len(key := _stem_phrase(tuple(_WORD.findall(spelling)))) > 1
        }

    def read(self, text: str, beside: str = "") -> tuple[tuple[FoundTerm, ...], tuple[str, ...]]:
        """The terms in order, a word that no row has for itself; and those words, everyday ones left out."""
        shown = unify_spelling(text)
        around = (shown.lower(), unify_spelling(beside).lower())
        found = drop_repeats(self._find(_WORD.findall(shown), around))
        words = [term.source for term in found if term.found_by is FoundBy.WORD]
        named = (word for word in words if not (is_everyday(word) or any(self._read_parts(word, around))))
        return found, tuple(named)

    def _find(self, words: list[str], around: Sequence[str]) -> Iterator[FoundTerm]:
        position = 0
        while position < len(words):
            length, row = self._match(words, position, around)
            if words[position].lower() in DETERMINERS and position + 1 < len(words):
                # "a cold" is no part of a cold shower: what reaches further without the article wins.
                reach, _ = self._match(words, position + 1, around)
                if reach >= length > 0:
                    length, row = 0, None
            elif length > 1:
                # What begins within and is longer wins: blood pressure tablets, after taking.
                starts = range(position + 1, position + length)
                within = max(self._match_as_written(words, start, around)[0] for start in starts)
                if within > length:
                    length, row = 0, None
            if row is not None:
                if row.english:
                    yield _build_term(" ".join(words[position : position + length]), row)
                position += length
            else:
                position += 1
                yield from self._read_word(words[position - 1], around)

    def _match(self, words: list[str], position: int, around: Sequence[str]) -> tuple[int, LexiconRow | None]:
        """The longest phrase that begins at a word, and how many words it has; 0 where none does."""
        turned, row = match_turned(
            words,
            position,
            lambda part: self._find_row(" ".join(part), around) or self._find_inflected(part),
            lambda part: self._find_row(" ".join(part), around),
        )
        # What a row has as it stands goes before what it has the other way round.
        length, found = self._match_as_written(words, position, around)
        return (length, found) if length >= turned else (turned, row)

    def _match_as_written(
        self, words: list[str], position: int, around: Sequence[str]
    ) -> tuple[int, LexiconRow | None]:
        for length in range(min(_MOST_WORDS, len(words) - position), 0, -1):
            part = words[position : position + length]
            if found := self._find_row(" ".join(part), around) or self._find_inflected(part):
                return length, found
        return 0, None

    def _read_word(self, word: str, around: Sequence[str]) -> Iterator[FoundTerm]:
        """A word that no row has: the known parts of a compound (antibiotic-associated), and itself.

        A symbol of which something that is given is a part (low-FODMAP) is no symbol of its own.
        """
        parts = list(self._read_parts(word, around))
        yield from parts
        given = any(part.role is TermRole.INTERVENTION for part in parts)
        if self._is_content(word) and not (given and "-" in word):
            yield _build_word(word)

    def _read_parts(self, word: str, around: Sequence[str]) -> Iterator[FoundTerm]:
        bare = re.sub(r"'s?\Z", "", word)
        parts = [bare] if bare != word else []
        if bare.isascii() and not any(letter.isdigit() for letter in bare):
            parts += bare.split("-")
        for part in parts:
            row = self._find_row(part, around) if len(part) > 2 else None
            if row is not None and row.role is not TermRole.GENERIC:
                yield _build_term(part, row)

    def _find_row(self, source: str, around: Sequence[str]) -> LexiconRow | None:
        if source.lower() in self._unread:
            return None
        spelling = fold_english(source)
        senses = self._senses.get(spelling, ())
        for text in around if senses else ():
            for sense in senses:
                if any(_stands_in(neighbour.lower(), text) for neighbour in sense.contexts):
                    return sense
        singulars = map(fold_english, singular_forms(source.lower()))
        candidates = (spelling, *singular_forms(spelling), *singulars)
        row = next((self._rows[c] for c in candidates if c in self._rows), None)
        return None if row is not None and _is_mere_word(source, row) else row

    def _find_inflected(self, words: list[str]) -> LexiconRow | None:
        """The row of a phrase in another form, with an article or possessive in it: weakens your bones."""
        if len(words) < 2 or words[0].lower() in DETERMINERS or words[-1].lower() in DETERMINERS:
            return None
        return self._phrases.get(_stem_phrase(tuple(words)))

    def _is_content(self, word: str) -> bool:
        head = word.lower().split("'")[0]
        return len(word) > 1 and head not in self._unread and not _NUMBER.match(word.lower())


def _is_mere_word(source: str, row: LexiconRow) -> bool:
    """Whether a word that everybody uses is not what the row spells: no abbreviation, no brand like it.

    Got better is no GOT, to regain is no Regaine, and a poet had no PET.
    """
    word = source.lower() if source[1:].islower() else source
    forms = {word, *singular_forms(word)}
    if " " in word or (_ALSO_WORDS.isdisjoint(forms) and not is_everyday(word)):
        return False
    spelled = {row.term, *row.variants, *row.english, row.mesh.lower()}
    american = {spell_american(form) for form in (*forms, *plain_forms(word), f"{word}s")}
    return all(spell_american(known) not in american for known in spelled if known.islower())


def _add(rows: dict[str, LexiconRow], row: LexiconRow, spellings: Iterable[str]) -> None:
    for spelling in spellings:
        plain = spelling.isascii() and spelling.replace(" ", "").isalnum()
        if words := spelling if plain else " ".join(_WORD.findall(spelling)):
            rows.setdefault(fold_english(words), row)


def _stands_in(neighbour: str, text: str) -> bool:
    """Whether a neighbour stands in a text: at the beginning of a word, a short one or a phrase as a whole.

    >>> _stands_in("epilep", "in epileptics"), _stands_in("car", "cardiology"), _stands_in("ear", "for years")
    (True, False, False)
    """
    whole = len(neighbour) <= _SHORT_NEIGHBOUR or " " in neighbour
    at = text.find(neighbour)
    while at >= 0:
        end = at + len(neighbour)
        if not text[max(0, at - 1) : at].isalnum() and not (whole and text[end : end + 1].isalnum()):
            return True
        at = text.find(neighbour, at + 1)
    return False


@lru_cache(maxsize=_MOST_REMEMBERED)
def _stem_phrase(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem_words(" ".join(word for word in words if word.lower() not in DETERMINERS)))


def _build_term(source: str, row: LexiconRow) -> FoundTerm:
    """The row with the text's own wording first where it is a symbol, or English of the row however spelled.

    What only looks the row up is no wording of the literature: a single word (a brand) comes last, an
    everyday one and a phrase (spots, water tablets) not at all.
    """
    plain = source.lower() if source[1:].islower() else source
    symbol = plain != source.lower() and " " not in plain
    if symbol or any(_is_same_word(word, plain) for word in row.english):
        wording = next((word for word in row.english if word.lower() == plain.lower()), plain)
        english = (wording, *(word for word in row.english if word != wording))
    elif row.contexts or " " in plain or is_everyday(plain):
        english = row.english
    else:
        english = (*row.english, plain)
    return FoundTerm(source, english, row.mesh, row.role)


def _is_same_word(one: str, other: str) -> bool:
    """Whether both are one wording but for the plural and the spelling of their country."""
    first, second = fold_english(one), fold_english(other)
    return first == second or first in singular_forms(second) or second in singular_forms(first)


def _build_word(word: str) -> FoundTerm:
    """A word that no row has: a symbol, what its ending tells (a disease, a drug), or a mere word."""
    symbol = any(letter.isdigit() for letter in word) or word[1:] != word[1:].lower()
    if symbol and not (word.isalpha() and is_everyday(word)):
        return FoundTerm(word, spell_variants(word), "", TermRole.MECHANISM, FoundBy.PASSED_THROUGH)
    if (role := read_ending(word)) is not None:
        return FoundTerm(word, (word.lower(),), "", role, FoundBy.PASSED_THROUGH)
    return FoundTerm(word, (word.lower(),), "", TermRole.GENERIC, FoundBy.WORD)
