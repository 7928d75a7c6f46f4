"""An article cut into sentences and rows, each with what the extractor made of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from claims.extraction.extractor import make_claim
from claims.extraction.house_rules import NO_HOUSE_RULES, HouseRules
from claims.extraction.units import Unit, list_units, read_wording
from claims.extraction.wording import WordingReader, read_wordings
from claims.records.article import Article, Block, BlockKind, Language
from claims.records.claim import Claim, DroppedUnit, Extraction
from claims.text.sentences import split_sentences

_Piece = TypeVar("_Piece", Claim, DroppedUnit)
_BETWEEN_WORDS = re.compile(r"[\s|]+")
_ROWS = (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER)


@dataclass(frozen=True, slots=True)
class CutUnit:
    """A sentence or row and its claims; several share its span, and one that was dropped has none."""

    unit: Unit
    claims: tuple[Claim, ...]
    dropped: DroppedUnit | None

    @property
    def key(self) -> str:
        """What is compared word for word: white space and the bars of a table say nothing."""
        return " ".join(_BETWEEN_WORDS.split(self.unit.text)).strip()

    @property
    def place(self) -> Claim | Block:
        """What names section, theme and heading: the extractor's claim, which may leave a misread one out."""
        return self.claims[0] if self.claims else self.unit.block


@dataclass(frozen=True, slots=True)
class CutArticle:
    """An article with its units in order, none overlapping, and what reads its risky wordings."""

    article: Article
    units: tuple[CutUnit, ...]
    wordings: WordingReader

    def find_units(self, start: int, end: int) -> range:
        """The places of the units that a span touches; empty where it touches none."""
        first = bisect_right(self.units, start, key=lambda cut: cut.unit.end)
        return range(first, max(first, bisect_left(self.units, end, key=lambda cut: cut.unit.start)))

    def read_claims(self, first: int, last: int) -> tuple[Claim, ...]:
        """The claims of one unit, or the one that these units make where the extractor made none."""
        if first == last and self.units[first].claims:
            return self.units[first].claims
        return (self.make_claim(first, last),)

    def make_claim(self, first: int, last: int) -> Claim:
        """The one claim that these units make when a person says so, in the context of the first."""
        return make_claim(self._join_units(first, last), self.article, self.wordings)

    def _join_units(self, first: int, last: int) -> Unit:
        units = [cut.unit for cut in self.units[first : last + 1]]
        start, end = units[0].start, units[-1].end
        if len(units) == 1:
            return units[0]
        if units[0].block == units[-1].block:
            wording = read_wording(self.article.text[start:end])
        else:
            wording = ("" if self.article.language is Language.JA else " ").join(unit.text for unit in units)
        # Rows that are read together are no row any more: there is no line of cells to read.
        block = units[0].block
        if block.kind in _ROWS:
            block = replace(block, kind=BlockKind.PARAGRAPH, cells=(), columns=())
        return replace(units[0], text=wording, end=end, block=block)


def cut_article(article: Article, extraction: Extraction, house: HouseRules = NO_HOUSE_RULES) -> CutArticle:
    """The sentences and rows of ``article`` with what ``extraction``, by the same rules, made of each.

    What was dropped whole, as a paragraph of boilerplate is, is cut into its sentences too: whatever
    section a sentence comes to stand in, it is the same sentence.
    """
    claims = _by_span(extraction.claims)
    dropped = _by_span(extraction.dropped)
    units: list[CutUnit] = []
    for unit in list_units(article):
        span = unit.start, unit.end
        if span in claims or span not in dropped:
            units.append(CutUnit(unit, tuple(claims.get(span, ())), None))
        else:
            units.extend(_cut_sentences(article, unit, dropped[span][0]))
    return CutArticle(article, tuple(units), read_wordings(article, house))


def _cut_sentences(article: Article, unit: Unit, dropped: DroppedUnit) -> Iterator[CutUnit]:
    spans = split_sentences(article.text, unit.start, unit.end, article.language)
    if unit.block.kind in _ROWS or len(spans) == 1:
        yield CutUnit(unit, (), dropped)
        return
    for start, end in spans:
        text = read_wording(article.text[start:end])
        if any(c.isalnum() for c in text):
            sentence = replace(unit, text=text, start=start, end=end)
            yield CutUnit(sentence, (), replace(dropped, text=text, start=start, end=end))


def _by_span(pieces: Sequence[_Piece]) -> dict[tuple[int, int], list[_Piece]]:
    spans: defaultdict[tuple[int, int], list[_Piece]] = defaultdict(list)
    for piece in pieces:
        spans[piece.start, piece.end].append(piece)
    return spans
