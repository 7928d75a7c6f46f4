"""Rows of a table out of printed pieces: a cell that runs over several lines belongs to one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.articles.pdf.fonts import FIRST_WORD, measure
from claims.articles.pdf.printed import Printed, group_lines, join_pieces

# Lines of two rows stand further apart than lines of one, by this share of a letter's height, and
# wherever the white space is as high as this.
_APART, _WIDE = 0.2, 1.0
# Lines of a table whose rules part only its head and its foot from the rows.
_MOST_PARTS = 3
# So many lines without an empty cell may be rows.
_FEWEST_LINES = 3
# Lines that overlap by no more than this share of a letter's height stand one below the other.
_OVERLAP = 0.1

Row = list[list[Printed]]
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table and where it stands; each cell is the lines that its words are printed in.

    The first ``headers`` rows name the columns; ``None`` where print does not tell.
    """

    rows: tuple[tuple[Cell, ...], ...]
    headers: int | None
    left: float
    right: float
    high: float
    low: float
    size: float

    @property
    def letters(self) -> int:
        """How many letters its cells have."""
        return sum(len(words) for row in self.rows for cell in row for words in cell)


@dataclass(slots=True)
class Band:
    """Pieces, each with the number of its column, that no level white space parts."""

    high: float
    low: float
    size: float
    pieces: list[tuple[int, Printed]]

    @property
    def filled(self) -> set[int]:
        """The columns that have words here."""
        return {column for column, _ in self.pieces}


def build_table(rows: Sequence[Row], left: float, right: float, high: float, low: float) -> Table | None:
    """The table of these rows; ``None`` where fewer than two of them have two cells that are filled."""
    filled = [row for row in rows if any(row)]
    if sum(sum(map(bool, row)) >= 2 for row in filled) < 2:
        return None
    headers = _count_headers(filled)
    cells = [[_read_lines(cell) for cell in row] for row in filled]
    sizes = sorted(piece.size for row in filled for cell in row for piece in cell)
    return Table(tuple(map(tuple, cells)), headers, left, right, high, low, sizes[len(sizes) // 2])


def split_rows(columns: Sequence[Sequence[Printed]], levels: Sequence[float]) -> list[Row]:
    """The rows in columns of pieces, told by rules at ``levels``, white space, and which cells are filled."""
    bands = find_bands(columns)
    ruled = [any(lower.high < level < upper.low for level in levels) for upper, lower in pairwise(bands)]
    spaced = find_breaks(bands)
    if sum(ruled) >= _MOST_PARTS:
        return [_by_column(part, len(columns)) for part in _cut(bands, ruled)]
    parts = _cut(bands, [a or b for a, b in zip(ruled, spaced, strict=True)])
    if len(parts) <= _MOST_PARTS:
        rights = _find_rights(columns)
        parts = [row for part in parts for row in _split_by_cells(part, rights, may_wrap=len(parts) > 1)]
    return [_by_column(part, len(columns)) for part in parts]


def split_field(row: Row) -> list[Row]:
    """The rows in what stands between two rules, where white space or lines of full cells tell them."""
    bands = find_bands(row)
    if any(find_breaks(bands)):
        return split_rows(row, ())
    filled = sum(map(bool, row))
    if len(bands) < _FEWEST_LINES or any(len(band.filled) < filled for band in bands):
        return [row]
    return [_by_column(part, len(row)) for part in _split_by_cells(bands, _find_rights(row), may_wrap=True)]


def find_bands(columns: Sequence[Sequence[Printed]]) -> list[Band]:
    """The lines of all columns from the top down; those that overlap are one."""
    numbered = [(number, piece) for number, column in enumerate(columns) for piece in column]
    bands: list[Band] = []
    for number, piece in sorted(numbered, key=lambda entry: -entry[1].high):
        last = bands[-1] if bands else None
        if last is not None and piece.high > last.low + _OVERLAP * piece.size:
            last.pieces.append((number, piece))
            last.low, last.size = min(last.low, piece.low), max(last.size, piece.size)
        else:
            bands.append(Band(piece.high, piece.low, piece.size, [(number, piece)]))
    return bands


def find_breaks(bands: Sequence[Band]) -> list[bool]:
    """Whether more white space than elsewhere stands below each band but the last."""
    gaps = [(upper.low - lower.high) / min(upper.size, lower.size) for upper, lower in pairwise(bands)]
    return [gap > min(min(gaps) + _APART, _WIDE) for gap in gaps]


def _cut(bands: Sequence[Band], breaks: Sequence[bool]) -> list[list[Band]]:
    parts = [[bands[0]]] if bands else []
    for band, is_break in zip(bands[1:], breaks, strict=True):
        if is_break:
            parts.append([])
        parts[-1].append(band)
    return parts


def _find_rights(columns: Sequence[Sequence[Printed]]) -> list[float]:
    return [max((piece.right for piece in column), default=0.0) for column in columns]


def _split_by_cells(bands: list[Band], rights: Sequence[float], may_wrap: bool) -> list[list[Band]]:
    """A band begins a row where enough of its cells are filled, the first among them.

    ``may_wrap`` says that white space parts rows, and so a band may also go on in all cells of the one above.
    """
    enough = max(2, (len(rights) + 1) // 2)
    breaks = []
    for above, band in pairwise(bands):
        if 0 not in band.filled:
            breaks.append(False)
        elif len(band.filled) >= enough:
            breaks.append(not (may_wrap and _runs_on(above, band, rights)))
        else:
            breaks.append(band.filled == {0} and not _runs_on(above, band, rights))
    return _cut(bands, breaks)


def _runs_on(above: Band, band: Band, rights: Sequence[float]) -> bool:
    """Whether no cell of a band would have fitted behind the one above it, and none is of figures."""
    over = dict(above.pieces)
    for column, piece in band.pieces:
        before, word = over.get(column), FIRST_WORD.match(piece.words)
        if before is None or not (_has_letters(before) and _has_letters(piece)):
            return False
        if before.right + measure(word.group() if word else "") * piece.size < rights[column]:
            return False
    return True


def _has_letters(piece: Printed) -> bool:
    return any(letter.isalpha() for letter in piece.words)


def _by_column(bands: Sequence[Band], columns: int) -> Row:
    row: Row = [[] for _ in range(columns)]
    for band in bands:
        for column, piece in band.pieces:
            row[column].append(piece)
    return row


def _count_headers(rows: Sequence[Row]) -> int | None:
    """How many rows at the top are bold where others are not."""
    bold = [all(piece.is_bold for cell in row for piece in cell) for row in rows]
    headers = next((number for number, is_bold in enumerate(bold) if not is_bold), len(bold))
    return headers if 0 < headers < len(bold) else None


def _read_lines(cell: Sequence[Printed]) -> Cell:
    return tuple(join_pieces(line).words for line in group_lines(cell))
