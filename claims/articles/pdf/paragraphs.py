"""Printed lines become headings, paragraphs, points and tables, as far as print tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from claims.articles.lines import is_terminated
from claims.articles.pdf.printed import Printed, measure
from claims.articles.sheet import SOFT_BREAK, Sheet

_POINT = re.compile(r"(?:[・･•●○◦‣▪■□◆◇▶✓✔※]|[-–*]\s|[(（]?[0-9０-９]{1,2}[.)．）、]|[①-⑳]|[QＱAＡ][.．:：])")
_PAGE_NUMBER = re.compile(
    r"\W*+(?:page|p\.?|ページ)?\s*+\d{1,4}(?:\s*+(?:/|of)\s*+\d{1,4})?(?:\s*+(?:ページ|頁))?\W*+",
    re.IGNORECASE,
)
# The numbers below are set by hand, none was measured: tests/articles hold what they give together. Sizes are
# letter heights or shares of them, places are points.
# A heading is printed so much larger than the body, or bold and hardly smaller; it is short. Bold is level 5.
_HEADING_SCALE, _BOLD_SCALE = 1.12, 0.95
_LONGEST_HEADING = 80
_BOLD_LEVEL = 5
# Letters of one line are so much alike in size.
_SAME_SIZE = 0.05
# A running head is short and stands on this share of the pages.
_LONGEST_RUNNING, _RUNNING_SHARE = 40, 0.6
# Lines of one paragraph stand at most this many letter heights apart; the next paragraph may be indented.
_PITCH, _INDENT = 2.1, 0.8
# A line of fewer letter heights is a cell or a label. Widths are guessed from the letters, this far off; a
# word that would have fitted takes so much room beside its letters.
_NARROWEST, _INEXACT, _ROOM = 12, 0.06, 1.5
# The right margin is that of so many lines on either side that begin within so many points of this one.
_NEAR, _COLUMN = 40, 40
_MOST_LINES = 200
# Cells of one column begin within so many points.
_ALIGNED = 3.0


def write_pages(pages: Sequence[Sequence[Printed]], sheet: Sheet) -> None:
    """Write the lines of all pages; page numbers and lines that every page repeats are left out."""
    lines = [line for page in _drop_running(pages) for line in page]
    if not lines:
        return
    body = _find_body_size(lines)
    levels = _rank_sizes(lines, body)
    hyphenated = _Hyphens(" ".join(line.words for line in lines))
    at = 0
    while at < len(lines):
        if (stop := _end_of_table(lines, at)) - at >= 2:
            sheet.table([[cell.words for cell in line.cells] for line in lines[at:stop]], None)
            at = stop
            continue
        level = _find_level(lines[at], body, levels)
        stop = at + 1
        while stop < len(lines) and stop - at < _MOST_LINES and _goes_on(lines, stop, level):
            stop += 1
        words = hyphenated.join([line.words for line in lines[at:stop]])
        if level is not None:
            sheet.heading(level, words)
        else:
            sheet.paragraph(words)
        at = stop


def _drop_running(pages: Sequence[Sequence[Printed]]) -> list[list[Printed]]:
    """The pages without page numbers and running heads: short words at the edge of most pages."""
    edges = [[line for line in (*page[:2], *page[-2:]) if _may_run(line)] for page in pages]
    times = Counter(key for edge in edges for key in {_edge_key(line) for line in edge})
    running = {key for key, count in times.items() if len(pages) > 2 and count >= _RUNNING_SHARE * len(pages)}
    return [
        [line for line in page if not (line in edge and _is_running(line, running))]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _may_run(line: Printed) -> bool:
    return len(line.words) <= _LONGEST_RUNNING and not is_terminated(line.words)


def _is_running(line: Printed, running: set[str]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.words)) or _edge_key(line) in running


def _edge_key(line: Printed) -> str:
    return re.sub(r"[\d\s]+", "", line.words)


def _find_body_size(lines: Sequence[Printed]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.words)
    return sizes.most_common(1)[0][0]


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
    if before.right - before.left < _NARROWEST * before.size or not _is_full(lines, at):
        return False
    indented = line.left - before.left > _INDENT * line.size
    return not indented or bool(_POINT.match(before.words))


def _is_full(lines: Sequence[Printed], at: int) -> bool:
    """Whether the first word of the line would not have fitted into the line above it."""
    before = lines[at - 1]
    near = lines[max(0, at - _NEAR) : at + _NEAR]
    margin = max(line.right for line in near if abs(line.left - before.left) < _COLUMN)
    word = re.match(r"[!-~]+|.", lines[at].words)
    room = (measure(word.group() if word else "") + _ROOM) * before.size
    return before.right + room > margin - _INEXACT * (before.right - before.left)


def _end_of_table(lines: Sequence[Printed], start: int) -> int:
    """Where the run of lines stops whose cells stand under those of ``start``."""
    first = lines[start].cells
    if len(first) < 2:
        return start
    stop = start + 1
    while stop < len(lines) and _is_aligned(lines[stop], [cell.left for cell in first]):
        stop += 1
    return stop


def _is_aligned(line: Printed, columns: list[float]) -> bool:
    cells = line.cells
    return len(cells) == len(columns) and all(
        abs(cell.left - column) < _ALIGNED for cell, column in zip(cells, columns, strict=True)
    )


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
                joined += SOFT_BREAK + line
        return joined
