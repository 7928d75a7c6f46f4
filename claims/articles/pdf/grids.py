"""Tables between rules: which rules of a page frame rows and columns, and what stands in each cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from claims.articles.pdf.canvas import Rule
from claims.articles.pdf.printed import Printed
from claims.articles.pdf.rows import Table, build_table, split_field

# Rules so near to each other, in points, meet; two that are this near are one.
_MEET = 3.5
# A page with more rules than this, joined, is a drawing; no table that is read has more columns.
_MOST_RULES = 600
_MOST_COLUMNS = 30
# No cell of a table has more letters: what does is a page that a frame lays out.
_LONGEST_CELL = 400
# A frame of fewer rows may part only the head and the foot of a table from its rows.
_FEWEST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """Rules that hang together, with the places of the columns and, from the top down, of the rows.

    ``upright`` and ``level`` are the rules at each of these places.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    upright: tuple[tuple[Rule, ...], ...]
    level: tuple[tuple[Rule, ...], ...]

    def holds(self, piece: Printed) -> bool:
        """Whether a piece stands within the frame."""
        middle = (piece.left + piece.right) / 2
        return self.columns[0] < middle < self.columns[-1] and self.rows[-1] < piece.middle < self.rows[0]

    def find_cell(self, row: int, column: int) -> tuple[int, int]:
        """The first row and the first column of the cell that a field of the grid belongs to."""
        middle = (self.columns[column] + self.columns[column + 1]) / 2
        while row and not any(rule.left < middle < rule.right for rule in self.level[row]):
            row -= 1
        middle = (self.rows[row] + self.rows[row + 1]) / 2
        while column and not any(rule.low < middle < rule.high for rule in self.upright[column]):
            column -= 1
        return row, column


def find_frames(rules: Sequence[Rule]) -> list[Frame]:
    """The groups of rules that make two rows and two columns at least."""
    upright = _join_rules([(rule.left, rule.low, rule.high) for rule in rules if rule.is_upright])
    level = _join_rules([(rule.low, rule.left, rule.right) for rule in rules if not rule.is_upright])
    if not upright or not level or len(upright) + len(level) > _MOST_RULES:
        return []
    standing = [Rule(at, low, at, high) for at, low, high in upright]
    lying = [Rule(left, at, right, at) for at, left, right in level]
    frames = (_frame(group) for group in _connect([*standing, *lying]))
    return [
        frame for frame in frames if 3 <= len(frame.columns) <= _MOST_COLUMNS + 1 and len(frame.rows) >= 3
    ]


def read_frame(frame: Frame, pieces: Sequence[Printed]) -> Table | None:
    """The table in a frame; ``None`` where what it holds is none."""
    fields: dict[tuple[int, int], list[Printed]] = defaultdict(list)
    cells = {
        (row, column): frame.find_cell(row, column)
        for row in range(len(frame.rows) - 1)
        for column in range(len(frame.columns) - 1)
    }
    for piece in pieces:
        row = bisect_right(frame.rows, -piece.middle, key=lambda place: -place) - 1
        column = bisect_right(frame.columns, (piece.left + piece.right) / 2) - 1
        fields[cells[row, column]].append(piece)
    if any(sum(len(piece.words) for piece in cell) > _LONGEST_CELL for cell in fields.values()):
        return None
    rows = [
        [_fill(frame, fields, cells, row, column) for column in range(len(frame.columns) - 1)]
        for row in range(len(frame.rows) - 1)
    ]
    if len(rows) < _FEWEST_ROWS:
        rows = [part for row in rows for part in split_field(row)]
    return build_table(rows, frame.columns[0], frame.columns[-1], frame.rows[0], frame.rows[-1])


def _fill(
    frame: Frame,
    fields: dict[tuple[int, int], list[Printed]],
    cells: dict[tuple[int, int], tuple[int, int]],
    row: int,
    column: int,
) -> list[Printed]:
    """What stands in a field: a cell over several rows stands in each, one over columns in those it names."""
    owner = cells[row, column]
    own = fields.get(owner, [])
    if owner[1] == column or (owner[0] == row and all(piece.is_bold for piece in own)):
        return own
    return []


def _is_at(place: float, other: float) -> bool:
    return abs(place - other) < _MEET


def _join_rules(spans: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Rules as (place, from, to), those joined that go on in one another."""
    joined: list[tuple[float, float, float]] = []
    places = _merge_near([span[0] for span in spans])
    by_place = sorted((bisect_right(places, place), start, stop) for place, start, stop in spans)
    for number, start, stop in by_place:
        place, begun, end = joined[-1] if joined else (0.0, 0.0, 0.0)
        if joined and place == places[number - 1] and start - end < _MEET:
            joined[-1] = (place, begun, max(end, stop))
        else:
            joined.append((places[number - 1], start, stop))
    return joined


def _connect(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules by groups in which each meets another one."""
    groups: list[list[Rule]] = []
    for rule in rules:
        met = [group for group in groups if any(_meets(rule, other) for other in group)]
        groups = [group for group in groups if group not in met]
        groups.append([rule, *(other for group in met for other in group)])
    return groups


def _meets(rule: Rule, other: Rule) -> bool:
    return (
        rule.left - _MEET < other.right
        and other.left - _MEET < rule.right
        and rule.low - _MEET < other.high
        and other.low - _MEET < rule.high
    )


def _frame(group: Sequence[Rule]) -> Frame:
    upright = [rule for rule in group if rule.is_upright]
    level = [rule for rule in group if not rule.is_upright]
    columns = _merge_near(
        [rule.left for rule in upright] + [end for rule in level for end in (rule.left, rule.right)]
    )
    rows = _merge_near(
        [rule.low for rule in level] + [end for rule in upright for end in (rule.low, rule.high)]
    )[::-1]
    return Frame(
        tuple(columns),
        tuple(rows),
        tuple(tuple(rule for rule in upright if _is_at(rule.left, place)) for place in columns),
        tuple(tuple(rule for rule in level if _is_at(rule.low, place)) for place in rows),
    )


def _merge_near(places: Sequence[float]) -> list[float]:
    """Places in order, of those that are near to each other only the first."""
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] >= _MEET:
            merged.append(place)
    return merged
