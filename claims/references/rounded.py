"""Numbers in round brackets where they stand as marks do, (1) or (2,3): no enumeration, count or figure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from claims.records.article import Block, BlockKind
from claims.references.markers import NUMBERS, Marker, MarkerSort, split_numbers

_BRACKET = rf"[(（]\s?(?:{NUMBERS})\s?[)）]"
_INNER = re.compile(rf"[(（]\s?({NUMBERS})\s?[)）]")
_PARTED = r"\s?[、,，]?\s?"
_RUN = rf"{_BRACKET}(?:{_PARTED}{_BRACKET})*"
# Behind a word or what closes one, before a pause, the end or what joins it to the rest of the sentence.
_AFTER = (
    r"(?=\s?[。．.、,，;；:：!?！？」』】\]|]|\s*\Z|\n|\s(?:and|or|but|while|whereas|although|though|because|which)\s|"
    r"(?:が|を|は|に|の|も|で|と|や|へ|から|より|ため|ので|こと|よう)(?![ぁ-ん]{0,2}[、,，]?\s?[(（]))"
)
_BEHIND_WORD = re.compile(rf"(?<=[^\W_]|[)）」』】\]”\"*%％])\s?(?P<run>{_RUN}){_AFTER}")
_BEHIND_STOP = re.compile(rf"(?<=[。．.!?！？])\s?(?P<run>{_RUN})")
_AT_END = re.compile(rf"[。．.!?！？]\s?{_RUN}\s*\Z")
_LONGEST_END = 120
# What is numbered itself, and what leads to an enumeration or is counted by a letter.
_NUMBERED = re.compile(
    r"(?:[図表式]|写真|項目?|章|節|条|手順|工程|段階|条件|基準|要件|群|型|類|グループ|ステップ|ステージ|タイプ|ケース|"
    r"[前上下後]記|上述|以[上下]|および|及び|または|又は|[はがをにへ]|(?<![A-Za-z])[A-Z]|"
    r"\b(?:fig(?:ure)?s?|tables?|eqs?|equations?|formulas?|steps?|criteri(?:on|a)|conditions?|types?|grades?|"
    r"class(?:es)?|groups?|stages?|phases?|panels?|sections?|chapters?|box(?:es)?|parts?|appendix|items?|arms?|"
    r"points?|questions?|cases?|nos?|and|or|of|in|by|with|to|is|are|was|were|see|under|"
    r"one|two|three|four|five|six|seven|eight|nine|ten)\.?)\s?\Z",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 16
# Where an item begins that others point at: at the head of a line, or behind a pause and before words.
_ITEM = re.compile(
    r"(?:^|(?<=[。．、,，:：;；]))[ \t\u3000]*[(（]\s?([0-9０-９]{1,3})\s?[)）][ \t\u3000]?(?=\w)",
    re.MULTILINE,
)
_HEAD = re.compile(r"[ \t\u3000]*[(（]\s?([0-9０-９]{1,3})\s?[)）][ \t\u3000]?(?=\w)")


def find_rounded(text: str, start: int, end: int) -> Iterator[Marker]:
    """The numbers in round brackets in ``text[start:end]`` that stand as marks do, in order.

    Behind a full stop they do where the text ends with such a mark: each sentence has its own behind it then.

    >>> [marker.labels for marker in find_rounded("Zinc eases colds (1,2), not (3) flu.", 0, 36)]
    [('1', '2')]
    """
    found = list(_BEHIND_WORD.finditer(text, start, end))
    if ends_rounded(text, start, end):
        found += _BEHIND_STOP.finditer(text, start, end)
    for one in sorted(found, key=re.Match.start):
        if not _NUMBERED.search(text, max(start, one.start("run") - _LONGEST_BEFORE), one.start("run")):
            labels = (label for part in _INNER.finditer(one["run"]) for label in split_numbers(part[1]))
            yield Marker(one.start(), one.end("run"), tuple(labels), MarkerSort.NUMBER, "(")


def ends_rounded(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` ends with numbers in round brackets behind its last full stop."""
    return text[:end].rstrip()[-1:] in (")", "）") and bool(
        _AT_END.search(text, max(start, end - _LONGEST_END), end)
    )


def match_rounded(text: str, at: int, end: int) -> int:
    """Where the round brackets end that stand right at ``at``, behind a full stop; ``at`` where none does."""
    found = _BEHIND_STOP.match(text, at, end)
    return found.end() if found else at


def strip_rounded(text: str, labels: Collection[str]) -> str:
    """The text without those numbers in round brackets that are marks and name one of ``labels``.

    >>> strip_rounded("Zinc eases colds (1), not (2) flu (3).", {"1", "2"})
    'Zinc eases colds, not (2) flu (3).'
    """
    if not labels:
        return text
    marks = [mark for mark in find_rounded(text, 0, len(text)) if not set(labels).isdisjoint(mark.labels)]
    for mark in reversed(marks):
        text = text[: mark.start] + text[mark.end :]
    return text


def locate_rounded(text: str, blocks: Sequence[Block], listed: Collection[str]) -> tuple[Marker, ...]:
    """The numbers in round brackets by which an article points at its list, whose labels are ``listed``.

    They point there where they name its first entry, or half of it. Items of the article that bear such
    numbers themselves are pointed at instead: steps, conditions, notes below a table.
    """
    prose = [block for block in blocks if block.kind is not BlockKind.REFERENCE]
    items = {label for block in prose for label in _list_items(text, block)}
    marks = tuple(
        mark
        for block in prose
        for mark in find_rounded(text, block.start, block.end)
        if items.isdisjoint(mark.labels) and not set(listed).isdisjoint(mark.labels)
    )
    named = {label for mark in marks for label in mark.labels}.intersection(listed)
    first = min((label for label in listed if label.isdecimal()), key=int, default="")
    return marks if first in named or 2 * len(named) >= len(set(listed)) else ()


def _list_items(text: str, block: Block) -> Iterator[str]:
    """The numbers in round brackets that items of a block bear, but for those behind its sentences."""
    line = text.rfind("\n", 0, block.start) + 1
    if head := _HEAD.match(text, line, block.end):
        yield head[1]
    if not ends_rounded(text, block.start, block.end):
        yield from _ITEM.findall(text, block.start, block.end)
