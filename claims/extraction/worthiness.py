"""Whether a unit is a claim, and if not, why."""

from __future__ import annotations

import re

from claims.articles.boilerplate import is_disclaimer, names_hours, names_price
from claims.extraction.cues import Cues
from claims.extraction.units import Unit
from claims.records.article import BlockKind
from claims.records.claim import DropReason

_BLOCK_REASONS = {
    BlockKind.HEADING: DropReason.HEADING,
    BlockKind.THEME: DropReason.THEME_QUESTION,
    BlockKind.TABLE_HEADER: DropReason.TABLE_HEADER,
    BlockKind.BOILERPLATE: DropReason.BOILERPLATE,
}
# Fewest letters of a unit that can say something checkable.
_SHORTEST_JA, _SHORTEST_EN = 8, 15
# A unit says something checkable when it has this many words of medicine or of assertion.
_FEWEST_WORDS = 1
# A mood colours a sentence that asserts this much; below it the mood is all there is.
_MOST_MOODY = 2
_NAMES_ONLY = re.compile(r"[^はがをもにでへ]*(?:[^\u3041-\u3093。]|[\u3400-\u9fff])[」』）)]?。")
_REASON = re.compile(r"(?:ため|ので|から|ことで|によって|により)[、]?")
_BARE_NUMBER_ROW = re.compile(r"[\d\s.,:/|~〜～%¥円年月日()（）-]+")


def find_drop_reason(unit: Unit, cues: Cues) -> DropReason | None:
    """Why the unit is no claim; ``None`` when it is one."""
    if unit.block.kind in _BLOCK_REASONS:
        return _BLOCK_REASONS[unit.block.kind]
    if unit.block.kind is BlockKind.TABLE_ROW:
        return _judge_row(unit, cues)
    return _judge_sentence(unit, cues)


def _judge_row(unit: Unit, cues: Cues) -> DropReason | None:
    if names_price(unit.text) or names_hours(unit.text) or cues.found("offer", unit.text):
        return DropReason.OFFER
    if sum(1 for cell in unit.block.cells if cell) < 2 or _BARE_NUMBER_ROW.fullmatch(unit.text):
        return DropReason.NOTHING_CHECKABLE
    words = " ".join((unit.text, *unit.block.columns, unit.block.heading))
    return None if cues.found("medical", words) else DropReason.NOTHING_CHECKABLE


def _judge_sentence(unit: Unit, cues: Cues) -> DropReason | None:
    text = unit.text
    if is_disclaimer(text):
        return DropReason.BOILERPLATE
    medical, assertion = cues.count("medical", text), cues.count("assertion", text)
    for reason, cue in (
        (DropReason.QUESTION, "question"),
        (DropReason.CALL_TO_ACTION, "call_to_action"),
        (DropReason.GREETING, "greeting"),
        (DropReason.LABEL, "lead_in"),
        (DropReason.OFFER, "offer"),
        (DropReason.CREDENTIAL, "credential"),
    ):
        if cues.found(cue, text):
            return reason
    if cues.found("metaphor", text) and assertion < 2 + cues.count("metaphor", text):
        return DropReason.METAPHOR
    if cues.found("opinion", text) and not cues.found("study", text) and not _gives_reason(text, assertion):
        return DropReason.OPINION
    if cues.found("mood", text) and assertion < _MOST_MOODY:
        return DropReason.OPINION
    if _is_fragment(unit) and not _completes_heading(unit, cues):
        return DropReason.LABEL
    if assertion + medical < _FEWEST_WORDS or cues.found("aside", text):
        return DropReason.NOTHING_CHECKABLE
    return None


def _gives_reason(text: str, assertion: int) -> bool:
    """Whether advice is founded on something that can be checked."""
    return assertion >= 2 and _REASON.search(text) is not None


def _is_fragment(unit: Unit) -> bool:
    shortest = _SHORTEST_EN if unit.text.isascii() else _SHORTEST_JA
    if unit.block.kind is BlockKind.PARAGRAPH and _NAMES_ONLY.fullmatch(unit.text):
        return True
    return len(unit.text) < shortest or (unit.block.kind is BlockKind.LIST_ITEM and unit.text == unit.label)


def _completes_heading(unit: Unit, cues: Cues) -> bool:
    """Whether a short answer or point stands under a question or heading that makes it checkable."""
    return bool(unit.block.theme) and cues.found("negation", unit.text)
