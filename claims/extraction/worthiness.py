"""Whether a unit is a claim, and if not, why."""

from __future__ import annotations

import re

from claims.articles.boilerplate import is_boilerplate_line, is_disclaimer, names_hours, names_price
from claims.articles.language import is_foreign_sentence
from claims.extraction.units import Unit
from claims.extraction.weights import SignWeights
from claims.records.article import BlockKind, Language
from claims.records.claim import DropReason

_BLOCK_REASONS = {
    BlockKind.HEADING: DropReason.HEADING,
    BlockKind.THEME: DropReason.THEME_QUESTION,
    BlockKind.TABLE_HEADER: DropReason.TABLE_HEADER,
    BlockKind.METADATA: DropReason.METADATA,
    BlockKind.REFERENCE: DropReason.REFERENCE,
}
# A unit is a claim when its signs weigh more than this. Left-out articles score the same within half a point
# between -0.4 and 0.2.
IN_DOUBT = 0.0
_SENTENCE_END = re.compile(r"[。．.！!♪][」』）)\"”’]*$")
# A row of numbers alone, or of single letters behind its first cell (月 | 火 | 水, ○ | ／).
_BARE_ROW = re.compile(r"[\d\s.,:/|~〜～%¥円年月日()（）-]+|[^|]*(?:\|\s*\S?\s*)+")


def find_fixed_reason(unit: Unit, language: Language) -> DropReason | None:
    """Why the unit is no claim of an article in this language, whatever it says; ``None`` otherwise.

    Its block, a price, a set disclaimer, or a sentence of the other language: that nobody has read.
    """
    if unit.block.kind in _BLOCK_REASONS:
        return _BLOCK_REASONS[unit.block.kind]
    if not unit.block.cells and is_foreign_sentence(unit.text, language):
        return DropReason.OTHER_LANGUAGE
    if unit.block.kind is BlockKind.BOILERPLATE and not _is_prose(unit.text):
        return DropReason.BOILERPLATE
    if unit.block.kind is BlockKind.TABLE_ROW:
        if names_price(unit.without_price().text) or names_hours(unit.text):
            return DropReason.OFFER
        if sum(1 for cell in unit.block.cells if cell) < 2 or _BARE_ROW.fullmatch(unit.text):
            return DropReason.NOTHING_CHECKABLE
    elif is_disclaimer(unit.text):
        return DropReason.BOILERPLATE
    elif unit.block.kind is BlockKind.LIST_ITEM and unit.text == unit.label:
        return DropReason.LABEL
    return None


def _is_prose(text: str) -> bool:
    """Whether a sentence stands in what is otherwise lines of names, dates and addresses."""
    return _SENTENCE_END.search(text) is not None and not is_boilerplate_line(text)


def find_drop_reason(signs: frozenset[str], weights: SignWeights) -> DropReason | None:
    """Why a unit with these signs is no claim; ``None`` when they weigh for one."""
    return None if weights.weigh(signs) > IN_DOUBT else weights.find_reason(signs)
