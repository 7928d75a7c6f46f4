"""The order in which a page is read: columns one after the other, tables as one, lines from the top down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.articles.pdf.canvas import Rule
from claims.articles.pdf.grids import find_frames, read_frame
from claims.articles.pdf.pages import PrintedPage
from claims.articles.pdf.printed import Printed, group_lines, join_pieces
from claims.articles.pdf.prose import FULL, NARROWEST, are_prose
from claims.articles.pdf.rows import Table, build_table, split_rows

Part = Printed | Table
# The mark of a point stands apart from its words, and is no column.
_MARK = re.compile(r"(?:[・•●○◦‣▪■□◆◇▶✓✔※*–-]|[(（]?[0-9０-９]{1,2}[.)．）]|[①-⑳]|[QＱAＡ][.．:：]?)")
_MARK_GAP = 3.0
# A column may begin so much lower than the one at its right, or at its left. It goes on below the end of its
# neighbour with a line as near as this, a full one as near as that; what is further below begins anew. All in
# letter heights.
_BESIDE, _STEP, _NEAR, _NEXT, _FAR = 0.3, 1.0, 1.2, 2.5, 5.0
# Lines of a text stand no further apart.
_LINE_GAP = 0.9
# A cell between columns has hardly more lines. Lines that overlap by less than this are one below the other.
_TALLEST_CELL, _OVERLAP = 4, 0.1
# More pieces than this on a page are read as they were printed.
_MOST_PIECES = 3_000
_DEEPEST = 4


def take_tables(page: PrintedPage) -> tuple[list[Table], list[Printed]]:
    """The tables between rules on a page, and the pieces that stand in none."""
    free = page.pieces
    tables: list[Table] = []
    for frame in find_frames(page.rules):
        held = [piece for piece in free if frame.holds(piece)]
        if held and (table := read_frame(frame, held)) is not None:
            tables.append(table)
            free = [piece for piece in free if not frame.holds(piece)]
    return tables, free


def lay_out(pieces: Sequence[Printed], tables: Sequence[Table], rules: Sequence[Rule]) -> list[Part]:
    """Lines and tables of a page in reading order; each line knows the edges of its column."""
    if len(pieces) > _MOST_PIECES:
        return [*pieces, *tables]
    levels = [rule for rule in rules if not rule.is_upright]
    return _order([*_join_marks(pieces), *tables], levels, _DEEPEST)


def _join_marks(pieces: Sequence[Printed]) -> list[Printed]:
    """The pieces, the mark of each point joined to its words."""
    joined: list[Printed] = []
    for line in group_lines(pieces):
        start = len(joined)
        for piece in line:
            before = joined[-1] if len(joined) > start else None
            if before is not None and _is_mark_of(before, piece):
                joined[-1] = replace(piece, words=f"{before.words} {piece.words}", left=before.left)
            else:
                joined.append(piece)
    return joined


def _is_mark_of(before: Printed, piece: Printed) -> bool:
    return bool(_MARK.fullmatch(before.words)) and piece.left - before.right < _MARK_GAP * piece.size


def _order(parts: Sequence[Part], levels: Sequence[Rule], depth: int) -> list[Part]:
    """The parts of a page or of a column in reading order."""
    if not parts:
        return []
    edges = (min(part.left for part in parts), max(part.right for part in parts))
    waiting = sorted(parts, key=lambda part: -part.high)
    ordered: list[Part] = []
    while waiting:
        block = _take_block(waiting) if depth else waiting[:1]
        ordered += _read_block(block, levels, edges, depth) if len(block) > 1 else [_place(block[0], edges)]
        waiting = waiting[len(block) :]
    return ordered


def _place(part: Part, edges: tuple[float, float]) -> Part:
    return replace(part, column=edges) if isinstance(part, Printed) else part


def _find_beside(parts: Sequence[Part], at: int) -> int:
    """The number of the first part beside ``at``, of parts that stand from the top down; 0 if none is."""
    part = parts[at]
    for number in range(at + 1, len(parts)):
        other = parts[number]
        if other.high <= part.low - _STEP * part.size:
            break
        # A right column may begin a line higher than the left one.
        least = -(_STEP if other.right <= part.left else _BESIDE) * part.size
        if _are_apart(part, other) and other.high - max(part.low, other.low) > least:
            return number
    return 0


def _are_apart(part: Part, other: Part) -> bool:
    return part.right <= other.left or other.right <= part.left


def _take_block(parts: Sequence[Part]) -> list[Part]:
    """The parts at the top that white space cuts into columns from top to bottom; else the first one."""
    if not (beside := _find_beside(parts, 0)):
        return [parts[0]]
    spans = _merge_spans([parts[0], parts[beside]])
    low, end = parts[0].low, 1
    for part in parts[1:]:
        cut = _merge_spans([part], spans)
        if len(cut) < 2 or low - part.high > _FAR * part.size:
            break
        spans, low, end = cut, min(low, part.low), end + 1
    last = max(_find_beside(parts[:end], at) for at in range(end))
    return _go_on_below(parts[:end], last + 1)


def _go_on_below(block: Sequence[Part], end: int) -> list[Part]:
    """The block up to ``end``, and as far as a column goes on below that in the same print."""
    for number in range(end, len(block)):
        part = block[number]
        column = [above for above in block[:number] if not _are_apart(above, part)]
        if not column or not _goes_on(column, part):
            return list(block[:number])
    return list(block)


def _goes_on(column: Sequence[Part], part: Part) -> bool:
    """Whether a part is the next line of a column, or begins its next paragraph."""
    above = min(column, key=lambda other: other.low)
    if isinstance(above, Table) or isinstance(part, Table) or above.is_bold != part.is_bold:
        return False
    gap = (above.low - part.high) / part.size
    width = max(other.right for other in column) - min(other.left for other in column)
    is_full = part.right - part.left > FULL * width > FULL * NARROWEST * part.size
    return part.size < 1.05 * above.size and (gap < _NEAR or (is_full and gap < _NEXT))


def _size(part: Part) -> float:
    return part.size


def _merge_spans(
    parts: Sequence[Part], spans: Sequence[tuple[float, float]] = ()
) -> list[tuple[float, float]]:
    """What parts cover of the page's width, from left to right."""
    merged: list[tuple[float, float]] = []
    for left, right in sorted([*spans, *((part.left, part.right) for part in parts)]):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _read_block(
    block: Sequence[Part], levels: Sequence[Rule], edges: tuple[float, float], depth: int
) -> list[Part]:
    """A block of columns: rows of a table, columns of prose, or lines with white space in them."""
    columns = _cut_columns(block)
    pieces = [[part for part in column if isinstance(part, Printed)] for column in columns]
    if len(columns) < 2:
        return [_place(part, edges) for part in block]
    if sum(map(len, pieces)) < len(block) or are_prose(pieces):
        return _read_columns(block, levels, depth)
    return _read_table(pieces, levels) or [_place(line, edges) for line in _join_lines(pieces)]


def _cut_columns(block: Sequence[Part]) -> list[list[Part]]:
    return [[part for part in block if left <= part.left <= right] for left, right in _merge_spans(block)]


def _read_columns(block: Sequence[Part], levels: Sequence[Rule], depth: int) -> list[Part]:
    """Columns of prose one after the other; a stretch cut into more columns is a table between them."""
    count = len(_cut_columns(block))
    start, stop = _find_finer(_cut_bands(block), count)
    table = block[start:stop]
    if len(table) > count and _is_table(table):
        stretches = (block[:start], table, block[stop:])
        return [part for stretch in stretches for part in _order(stretch, levels, depth - 1)]
    return [part for column in _cut_columns(block) for part in _order(column, levels, depth - 1)]


def _find_finer(bands: Sequence[Sequence[Part]], count: int) -> tuple[int, int]:
    """The numbers of the parts between which bands are first cut into more columns than ``count``."""
    finer = [at for at, band in enumerate(bands) if len(_cut_columns(band)) > count]
    if not finer:
        return 0, 0
    last = finer[0]
    for at in finer:
        if at - last <= _TALLEST_CELL:
            last = at
    end = last + 1
    while end < len(bands) and _find_gap(bands[end - 1], bands[end]) < _LINE_GAP:
        end += 1
    end = end if end - last <= _TALLEST_CELL else last + 1
    return sum(map(len, bands[: finer[0]])), sum(map(len, bands[:end]))


def _find_gap(band: Sequence[Part], below: Sequence[Part]) -> float:
    """The white space between two bands, in letter heights."""
    return (min(part.low for part in band) - below[0].high) / below[0].size


def _cut_bands(block: Sequence[Part]) -> list[list[Part]]:
    """The parts of a block, cut wherever no part overlaps the next one in height."""
    bands = [[block[0]]]
    for part in block[1:]:
        if min(above.low for above in bands[-1]) > part.high - _OVERLAP * part.size:
            bands.append([])
        bands[-1].append(part)
    return bands


def _is_table(parts: Sequence[Part]) -> bool:
    pieces = [part for part in parts if isinstance(part, Printed)]
    columns = [[piece for piece in column if isinstance(piece, Printed)] for column in _cut_columns(pieces)]
    return len(pieces) == len(parts) and not are_prose(columns) and bool(_read_table(columns, ()))


def _join_lines(columns: Sequence[Sequence[Printed]]) -> list[Printed]:
    return [join_pieces(line) for line in group_lines([piece for column in columns for piece in column])]


def _read_table(columns: Sequence[Sequence[Printed]], levels: Sequence[Rule]) -> list[Part]:
    """The table in columns of pieces, behind the lines above its first row; empty where they are none."""
    pieces = [piece for column in columns for piece in column]
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    across = [rule.low for rule in levels if rule.left < right and left < rule.right]
    rows = split_rows(columns, across)
    start = next((at for at, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))
    held = [piece for row in rows[start:] for cell in row for piece in cell]
    if not held:
        return []
    high, low = max(piece.high for piece in held), min(piece.low for piece in held)
    table = build_table(rows[start:], left, right, high, low)
    return [*_join_lines([cell for row in rows[:start] for cell in row]), table] if table else []
