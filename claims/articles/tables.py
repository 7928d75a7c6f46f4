"""Which lines are rows of a table, and which row names the columns."""

from __future__ import annotations

import re

from claims.articles.lines import Line, Mark, split_cells

_HEADER_WORD = re.compile(
    r"(?:.*?)(?:項目|内容|種類|成分|名称?|分類|比較|特徴|効果|効能|症状|方法|薬剤?|治療法?|作用|副作用|対象|時期|期間|割合|頻度|回数|働き|役割|"
    r"食品|栄養素|推奨|年代|年齢|原因|メリット|デメリット|商品|製品|メニュー|注意点|リスク|含有量|摂取量|目安|備考)(?:[(（].*[)）])?|"
    r"(?:.*\b)?(?:type|name|treatment|ingredient|effect|feature|symptom|dose|dosage|item|category|food|nutrient|benefit|"
    r"risk|method|drug|outcome|group|phase|amount|frequency|duration|study|evidence|notes?)s?",
    re.IGNORECASE | re.DOTALL,
)
_LABEL_OF_LABELS = re.compile(
    r"(?:比較)?(?:項目|種類|分類|区分|名称|内容)|比較|item|category|type|feature|aspect|comparison",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。！]")
_LONGEST_HEADER_CELL = 30
# A cell of more letters says something; a shorter one names something.
LONGEST_NAME = 15


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
    """The cells of the first row where they name the columns, else nothing."""
    first, *others = (split_cells(row.words) for row in rows)
    if ruled:
        return first
    if any(len(cell) > _LONGEST_HEADER_CELL or _SENTENCE.search(cell) for cell in first):
        return ()
    labels = sum(_names_kind(row[0]) for row in others) / len(others)
    if labels >= 0.5 and len(first) == 2:
        # Every row has its label: only a row that names both columns is a header of its own kind.
        return (
            first if all(map(_names_kind, first)) and not any(_names_kind(row[-1]) for row in others) else ()
        )
    if not first[0] or _LABEL_OF_LABELS.fullmatch(first[0]) or (_names_kind(first[0]) and labels < 0.5):
        return first
    if len(first) < 3:
        return ()
    named = sum(map(_names_kind, first)) * 2 >= len(first)
    return first if named or _differs(first, others) else ()


def _names_kind(cell: str) -> bool:
    """Whether a cell names a kind of thing, as column heads and row labels do."""
    return len(cell) <= LONGEST_NAME and _HEADER_WORD.fullmatch(cell) is not None


def _differs(first: tuple[str, ...], others: list[tuple[str, ...]]) -> bool:
    """Whether a column has names only in the first row, and numbers, marks or wording below it."""
    return any(
        _is_name(cell) and all(len(row) > column and not _is_name(row[column]) for row in others)
        for column, cell in enumerate(first)
    )


def _is_name(cell: str) -> bool:
    return 0 < len(cell) <= LONGEST_NAME and not re.search(r"[0-9０-９○×△◎●〇✓。]", cell)


def is_navigation_row(words: str) -> bool:
    """Whether a lone line of short cells is a menu (``ホーム | 診療案内 | アクセス``)."""
    cells = split_cells(words)
    return len(cells) >= 3 and all(0 < len(cell) <= 14 for cell in cells)
