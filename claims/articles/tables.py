"""Which lines are rows of a table, and which row names the columns."""

from __future__ import annotations

import re

from claims.articles.lines import Line, Mark, split_cells

_HEADER_WORDS = re.compile(
    r"項目|内容|種類|成分|名称|分類|比較|特徴|効果|症状|方法|薬剤?名?|治療法?|作用|副作用|対象|時期|期間|割合|頻度|働き|食品|栄養素|推奨|年代|原因|メリット|デメリット|商品|製品|メニュー|"
    r"\b(?:type|name|treatment|ingredient|effect|feature|symptom|dose|item|category|food|nutrient|benefit|risk|method|drug|outcome)s?\b",
    re.IGNORECASE,
)
_LONGEST_HEADER_CELL = 30


def find_tables(lines: list[Line]) -> dict[int, tuple[tuple[str, ...], bool]]:
    """Line number → the columns of its table and whether the line is the header row itself."""
    rows: dict[int, tuple[tuple[str, ...], bool]] = {}
    start = 0
    while start < len(lines):
        stop, ruled = _measure_table(lines, start)
        numbers = [at for at in range(start, stop) if lines[at].mark in (Mark.PIPED, Mark.TABBED)]
        if len(numbers) >= 2:
            header = () if _is_headless(lines, start) else _find_header([lines[at] for at in numbers], ruled)
            rows.update({at: (header, bool(header) and at == numbers[0]) for at in numbers})
        start = max(stop, start + 1)
    return rows


def _measure_table(lines: list[Line], start: int) -> tuple[int, bool]:
    """Where the run of rows that begins at ``start`` stops, and whether a rule stands under its first row."""
    mark = lines[start].mark
    if mark not in (Mark.PIPED, Mark.TABBED):
        return start, False
    stop, ruled = start, False
    while stop < len(lines) and lines[stop].mark in (mark, Mark.RULE):
        ruled = ruled or (stop == start + 1 and lines[stop].mark is Mark.RULE)
        stop += 1
    return stop, ruled


def _is_headless(lines: list[Line], start: int) -> bool:
    """Whether a header row without a word, and its rule, stand above: the table says that it names none."""
    above = lines[max(0, start - 2) : start]
    return len(above) == 2 and all(line.mark is Mark.RULE and "|" in line.words for line in above)


def _find_header(rows: list[Line], ruled: bool) -> tuple[str, ...]:
    first = split_cells(rows[0].words)
    if ruled:
        return first
    short = all(len(cell) <= _LONGEST_HEADER_CELL and not re.search(r"[。！]", cell) for cell in first)
    if not short:
        return ()
    if len(first) >= 3 or _HEADER_WORDS.search(first[0]):
        return first
    return ()


def is_navigation_row(words: str) -> bool:
    """Whether a lone line of short cells is a menu (``ホーム | 診療案内 | アクセス``)."""
    cells = split_cells(words)
    return len(cells) >= 3 and all(0 < len(cell) <= 14 for cell in cells)
