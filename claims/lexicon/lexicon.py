"""The lexicon: what the medical words of a text are in English and in MeSH, and which ones nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from claims.lexicon.english import EnglishReader
from claims.lexicon.folding import fold_text
from claims.lexicon.japanese import JapaneseReader
from claims.lexicon.marks import blank_marks
from claims.lexicon.tables import (
    Affix,
    LexiconRow,
    TermRole,
    compute_version,
    load_headings,
    load_names,
    load_parts,
    load_rows,
    load_senses,
    load_words,
)
from claims.lexicon.terms import FoundTerm, RowIndex, SoundReader
from claims.records.article import Language
from claims.text.japanese import Token


class Lexicon:
    """Rows, word parts and stop lists, ready to read texts. Never changes; ``with_rows`` makes a new one."""

    def __init__(
        self,
        rows: Iterable[LexiconRow],
        parts: tuple[Affix, ...] = (),
        metaphors: frozenset[str] = frozenset(),
        stopwords: frozenset[str] = frozenset(),
        version: str = "",
        names: Mapping[str, TermRole] = MappingProxyType({}),
        headings: Iterable[LexiconRow] = (),
    ) -> None:
        self.rows = tuple(rows)
        self.version = version
        self._parts = parts
        self._metaphors = metaphors
        self._stopwords = stopwords
        self._names = names
        self._headings = tuple(headings)
        silent = frozenset(fold_text(word) for word in stopwords)
        index = RowIndex(self.rows)
        self._images = images = frozenset(map(fold_text, metaphors))
        sounds = SoundReader(self.rows, names)
        self._japanese = JapaneseReader(index, parts, images, silent, sounds)
        self._english = EnglishReader(self.rows, silent, names, self._headings)

    def find_terms(
        self, text: str, language: Language, beside: str = ""
    ) -> tuple[tuple[FoundTerm, ...], tuple[str, ...]]:
        """The terms of a text in its order, and the content words that nothing maps.

        A word of several meanings goes by its neighbours in the text, then by what stands ``beside`` it
        (heading and theme).

        Longest match wins and no part of the text is read twice. Words used as images (土壌, 鎮火) are
        in neither, nor what only points to a source (PMID, authors with a year). The same term found twice
        is given once. English words that nothing maps are both: terms found as a word, and unmapped.
        """
        reader = self._japanese if language is Language.JA else self._english
        return reader.read(blank_marks(text), beside)

    def list_unread(self, text: str) -> tuple[Token, ...]:
        """The words of a Japanese text that say something and that no term covers, in order.

        They stand in the text as ``unify_spelling`` gives it.
        """
        return self._japanese.list_unread(blank_marks(text))

    def names_image(self, text: str) -> bool:
        """Whether a word stands there that is used as an image (再起動, スイッチ)."""
        folded = fold_text(text)
        return any(image in folded for image in self._images if len(image) > 1)

    def with_rows(self, rows: Iterable[LexiconRow], version: str) -> Lexicon:
        """A lexicon with rows added that go before these: what reviewers added."""
        known = (*rows, *self.rows)
        return Lexicon(
            known, self._parts, self._metaphors, self._stopwords, version, self._names, self._headings
        )


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon of the shipped tables, read once for each process."""
    metaphors, stopwords = load_words("metaphors"), load_words("stopwords")
    rows = (*load_senses(), *load_rows())
    return Lexicon(rows, load_parts(), metaphors, stopwords, compute_version(), load_names(), load_headings())
