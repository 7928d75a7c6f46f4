"""Printed lines become headings, paragraphs, points and tables, as far as print tells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.articles.lines import is_terminated
from claims.articles.pdf.fonts import FIRST_WORD, is_wide, measure
from claims.articles.pdf.layout import Part
from claims.articles.pdf.links import join_links
from claims.articles.pdf.printed import Printed
from claims.articles.pdf.rows import Table
from claims.articles.pdf.running import find_body_size
from claims.articles.sheet import SOFT_BREAK, Sheet

_POINT = re.compile(r"(?:[・･•●○◦‣▪■□◆◇▶✓✔※]|[-–*]\s|[(（]?[0-9０-９]{1,2}[.)．）、]|[①-⑳]|[QＱAＡ][.．:：])")
# The numbers below are set by hand, none was measured: tests/articles hold what they give together. Sizes are
# letter heights or shares of them, places are points.
# A heading is printed so much larger than the body, or bold and hardly smaller; it is short. Bold is level 5.
_HEADING_SCALE, _BOLD_SCALE = 1.12, 0.95
_LONGEST_HEADING = 80
_BOLD_LEVEL = 5
# Letters of one line are so much alike in size.
_SAME_SIZE = 0.05
# Lines of one paragraph stand at most this many letter heights apart; the next paragraph may be indented.
_PITCH, _INDENT = 2.1, 0.8
# A line of fewer letter heights is a label, in a page or in a column. Widths may be guessed, this far off; a
# word that would have fitted takes so much room beside its letters.
_NARROWEST, _NARROWEST_COLUMN, _INEXACT, _ROOM = 12, 8, 0.06, 1.5
# The right margin is that of so many lines on either side that begin within so many points of this one.
_NEAR, _COLUMN = 40, 40
_MOST_LINES = 200
# No sentence that ends so goes on behind a table.
_ENDS = (".", "。", "!", "?", "！", "？", "」", ")", "）")


def write_pages(pages: Sequence[Sequence[Part]], sheet: Sheet) -> None:
    """Write the lines and the tables of all pages, which stand in reading order.

    A table that a paragraph runs around, over the end of a column or a page, is written behind it.
    """
    parts = _join_tables(pages)
    lines: list[Printed] = []
    tables: dict[int, list[Table]] = defaultdict(list)
    for part in parts:
        if isinstance(part, Table):
            tables[len(lines)].append(part)
        else:
            lines.append(part)
    hyphenated = _Hyphens(" ".join(_read_words(parts)))
    body = find_body_size(parts)
    levels = _rank_sizes(lines, body)
    _write_tables(tables[0], hyphenated, sheet)
    at = 0
    while at < len(lines):
        level = _find_level(lines[at], body, levels)
        stop = at + 1
        while stop < min(len(lines), at + _MOST_LINES) and _goes_on(lines, stop, level):
            if tables[stop] and lines[stop - 1].words.endswith(_ENDS):
                break
            stop += 1
        words = join_links(hyphenated.join([line.linked or line.words for line in lines[at:stop]]))
        if level is not None:
            sheet.heading(level, words)
        else:
            sheet.paragraph(words)
        for number in range(at + 1, stop + 1):
            _write_tables(tables[number], hyphenated, sheet)
        at = stop


def _write_tables(tables: Sequence[Table], hyphenated: _Hyphens, sheet: Sheet) -> None:
    for table in tables:
        sheet.table([[hyphenated.join(cell) for cell in row] for row in table.rows], table.headers)


def _join_tables(pages: Sequence[Sequence[Part]]) -> list[Part]:
    """The parts of all pages; a table that goes on at the top of the next page is one."""
    parts: list[Part] = []
    for page in pages:
        before, first = (parts[-1], page[0]) if parts and page else (None, None)
        if isinstance(before, Table) and isinstance(first, Table) and _is_continued(before, first):
            repeated = before.headers or 1
            rows = first.rows[repeated if first.rows[:repeated] == before.rows[:repeated] else 0 :]
            parts[-1] = replace(before, rows=(*before.rows, *rows))
            parts += page[1:]
        else:
            parts += page
    return parts


def _is_continued(table: Table, other: Table) -> bool:
    return len(table.rows[0]) == len(other.rows[0]) and abs(table.left - other.left) < _COLUMN


def _read_words(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Table):
            yield from (words for row in part.rows for cell in row for words in cell)
        else:
            yield part.words


def _rank_sizes(lines: Sequence[Printed], body: float) -> dict[float, int]:
    """Heading level by letter size, the largest first."""
    larger = {round(line.size, 1) for line in lines if line.size > _HEADING_SCALE * body}
    return {size: min(rank, 4) for rank, size in enumerate(sorted(larger, reverse=True), 1)}


def _find_level(line: Printed, body: float, levels: dict[float, int]) -> int | None:
    if len(line.words) > _LONGEST_HEADING or not any(letter.isalpha() for letter in line.words):
        return None
    if (level := levels.get(round(line.size, 1))) is not None:
        return level
    if (
        not line.is_bold
        or line.size < _BOLD_SCALE * body
        or is_terminated(line.words)
        or _POINT.match(line.words)
    ):
        return None
    return _BOLD_LEVEL


def _goes_on(lines: Sequence[Printed], at: int, level: int | None) -> bool:
    """Whether a line goes on with the paragraph, or the heading, of the line above it."""
    before, line = lines[at - 1], lines[at]
    if abs(line.size - before.size) > _SAME_SIZE * before.size or line.is_bold != before.is_bold:
        return False
    if _POINT.match(line.words) or before.top - line.top > _PITCH * before.size:
        return False
    if level is not None:
        return len(line.words) + len(before.words) <= _LONGEST_HEADING
    near = lines[max(0, at - _NEAR) : at + _NEAR]
    narrowest = _NARROWEST_COLUMN if any(_is_beside(line, before) for line in near) else _NARROWEST
    if before.right - before.left < narrowest * before.size or not _is_full(before, line, near):
        return False
    indent = (line.left - line.column[0]) - (before.left - before.column[0])
    indented = indent > _INDENT * line.size
    return not indented or bool(_POINT.match(before.words))


def _is_beside(line: Printed, other: Printed) -> bool:
    """Whether two lines are of columns side by side."""
    return line.column[1] <= other.column[0] or other.column[1] <= line.column[0]


def _is_full(before: Printed, line: Printed, near: Sequence[Printed]) -> bool:
    """Whether the first word of ``line`` would not have fitted into the line above it."""
    margin = max(
        line.right for line in near if line.column == before.column and abs(line.left - before.left) < _COLUMN
    )
    word = FIRST_WORD.match(line.words)
    room = (measure(word.group() if word else "") + _ROOM) * before.size
    return before.right + room > margin - _INEXACT * (before.right - before.left)


_CUT_WORD = re.compile(r"(?<![A-Za-z])([A-Za-z]++)-$")
_REST = re.compile(r"[a-z]++")
_LONGEST_WORD = 60


class _Hyphens:
    """Joins lines; a hyphen at a line's end goes only where the text has the word without it."""

    def __init__(self, text: str) -> None:
        self._words = set(re.findall(r"[a-z]{4,}", text.lower()))

    def join(self, lines: Sequence[str]) -> str:
        """The words of ``lines`` as one run."""
        joined = lines[0] if lines else ""
        for line in lines[1:]:
            if (cut := _CUT_WORD.search(joined[-_LONGEST_WORD:])) and (rest := _REST.match(line)):
                whole = (cut.group(1) + rest.group()).lower() in self._words
                joined = (joined[:-1] if whole else joined) + line
            else:
                joined += ("" if is_wide(joined[-1]) or is_wide(line[0]) else SOFT_BREAK) + line
        return joined
