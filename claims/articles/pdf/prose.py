"""Whether columns of a page are prose that runs on in each, or cells that make rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from claims.articles.pdf.printed import Printed, group_lines, join_pieces
from claims.articles.pdf.rows import find_bands, find_breaks

# Columns of prose are at least so many letters wide, and so many of their lines run so far; there are few.
NARROWEST, FULL, _MOST_FULL = 9.0, 0.75, 0.5
_MOST_COLUMNS = 4
# A column may end with so few lines on the last page; rows of a table have hardly more lines than this.
_FEWEST_LINES, _TALLEST_ROW = 3, 8
# Lines of one column stand no further apart, in letter heights.
_LINE_GAP = 1.2


def are_prose(columns: Sequence[Sequence[Printed]]) -> bool:
    """Whether columns run on by themselves, and are no cells of rows."""
    if not 2 <= len(columns) <= _MOST_COLUMNS or not _is_prose(columns[0]):
        return False
    return all(
        _is_prose(column) or _is_short_end(column, columns[0]) for column in columns[1:]
    ) and not _are_rows(columns)


def _is_prose(column: Sequence[Printed]) -> bool:
    """Whether most lines of a column run on to its right edge."""
    width = max(piece.right for piece in column) - min(piece.left for piece in column)
    lines = [join_pieces(line) for line in group_lines(column)]
    full = sum(line.right - line.left > FULL * width for line in lines)
    return len(lines) > 1 and width > NARROWEST * column[0].size and full >= _MOST_FULL * len(lines)


def _is_short_end(column: Sequence[Printed], first: Sequence[Printed]) -> bool:
    """Whether a column is the last few lines of the prose in the first one."""
    lines = group_lines(column)
    starts = max(piece.high for piece in column) > max(piece.high for piece in first) - 2 * column[0].size
    gaps = [(above[0].low - below[0].high) / below[0].size for above, below in pairwise(lines)]
    together = all(gap < _LINE_GAP for gap in gaps)
    return len(lines) <= _FEWEST_LINES < len(group_lines(first)) and starts and together


def _are_rows(columns: Sequence[Sequence[Printed]]) -> bool:
    """Whether white space parts all columns at the same heights, and each part begins in all of them."""
    bands = find_bands(columns)
    breaks = find_breaks(bands)
    starts = [0, *(at for at, is_break in enumerate(breaks, 1) if is_break)]
    tallest = max(stop - start for start, stop in pairwise([*starts, len(bands)]))
    return (
        len(starts) > 1
        and tallest <= (_TALLEST_ROW if len(starts) > 2 else _FEWEST_LINES)
        and all(len(bands[start].filled) == len(columns) for start in starts)
    )
