"""What is painted on a page, and the matrices that place it (ISO 32000-2, 8.3)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Stroke:
    """Words painted in one go: where the pen started and where it stopped, in points of the page.

    ``turn`` is how far their letters are turned, in quarters counterclockwise. A gap wider than ``gap``
    parts words.
    """

    words: str
    start: tuple[float, float]
    stop: tuple[float, float]
    turn: int
    size: float
    is_bold: bool
    is_vertical: bool
    gap: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, in points of the page."""

    left: float
    low: float
    right: float
    high: float

    @property
    def is_upright(self) -> bool:
        """Whether it is higher than wide."""
        return self.high - self.low > self.right - self.left


@dataclass(slots=True)
class Link:
    """A stretch of a link, in points of the page, the ``address`` it leads to, and the letters below it."""

    left: float
    low: float
    right: float
    high: float
    address: str
    words: list[str] = field(default_factory=list)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is below the link."""
        return self.left <= x <= self.right and self.low <= y <= self.high


@dataclass(slots=True)
class Canvas:
    """What a page paints, in the order of painting."""

    strokes: list[Stroke] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    unreadable: Counter[str] = field(default_factory=Counter)
    links: list[Link] = field(default_factory=list)


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does what ``first`` does, and then what ``second`` does."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix moves a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
