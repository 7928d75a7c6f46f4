"""The paths of a page, as far as they are rules: straight lines, level or upright."""

from __future__ import annotations

from itertools import pairwise

from claims.articles.pdf.canvas import Canvas, Matrix, Rule, apply

# No rule is thicker, in points; a page with more rules than this is a drawing.
_THICKEST = 3.0
_MOST_RULES = 2_000


class Path:
    """The path that is being drawn, in units of the content stream."""

    def __init__(self) -> None:
        self._lines: list[tuple[float, float, float, float]] = []
        self._at = self._start = (0.0, 0.0)

    def begin(self, to: tuple[float, float]) -> None:
        """Begin a line at a point."""
        self._at = self._start = to

    def draw(self, to: tuple[float, float]) -> None:
        """Draw a line to a point."""
        self._lines.append((*self._at, *to))
        self._at = to

    def close(self) -> None:
        """Draw a line to where the path began."""
        self.draw(self._start)

    def box(self, left: float, low: float, width: float, height: float) -> None:
        """Draw a rectangle."""
        right, high = left + width, low + height
        corners = ((left, low), (right, low), (right, high), (left, high), (left, low))
        self._lines += [(*a, *b) for a, b in pairwise(corners)]

    def clear(self) -> None:
        """Forget the path."""
        self._lines.clear()

    def paint(self, canvas: Canvas, matrix: Matrix, is_drawn: bool) -> None:
        """Paint its rules: its straight lines where it is drawn, itself where it is a thin area."""
        rules = [_place(line, matrix) for line in self._lines]
        self.clear()
        if not rules or len(canvas.rules) > _MOST_RULES:
            return
        whole = Rule(
            min(rule.left for rule in rules),
            min(rule.low for rule in rules),
            max(rule.right for rule in rules),
            max(rule.high for rule in rules),
        )
        if _is_thin(whole):
            canvas.rules.append(whole)
        elif is_drawn:
            canvas.rules += filter(_is_thin, rules)


def _place(line: tuple[float, float, float, float], matrix: Matrix) -> Rule:
    a, b = apply(matrix, line[0], line[1]), apply(matrix, line[2], line[3])
    return Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _is_thin(rule: Rule) -> bool:
    """Whether a span is a line, not a point and not an area."""
    thin, long = sorted((rule.right - rule.left, rule.high - rule.low))
    return thin <= _THICKEST < long
