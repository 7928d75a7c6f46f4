"""Printed words with their places, and the lines that they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.articles.pdf.fonts import parts_words

# So many letter heights of white space may part two cells or two columns; less is a space, if it is not too
# little.
PIECE_GAP, _LEAST_SPACE = 0.5, 0.15
# Words of one line stand so exactly on it, in letter heights.
ON_LINE = 0.2


@dataclass(frozen=True, slots=True)
class Printed:
    """Printed words, from ``left`` to ``right`` on the line ``top``, all in points, heights upwards.

    ``size`` is the height of the letters, ``space`` the widest white space between the words, ``column`` the
    left and the right edge of the column that the line is set in, ``linked`` the words with the addresses of
    the papers that parts of them are links to, "" where none is. In vertical lines "right" is down, and "up"
    is to the right.
    """

    words: str
    left: float
    right: float
    top: float
    size: float
    is_bold: bool
    space: float = 0.0
    column: tuple[float, float] = (0.0, 0.0)
    linked: str = ""

    @property
    def high(self) -> float:
        """Where its letters end above."""
        return self.top + 0.8 * self.size

    @property
    def low(self) -> float:
        """Where its letters end below."""
        return self.top - 0.2 * self.size

    @property
    def middle(self) -> float:
        """Half way between both."""
        return self.top + 0.3 * self.size


def group_lines(pieces: Sequence[Printed]) -> list[list[Printed]]:
    """Pieces by the line on which they stand, from the top down, each line from left to right."""
    lines: list[list[Printed]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.top):
        first = lines[-1][0] if lines else None
        if first is not None and first.top - piece.top < ON_LINE * min(piece.size, first.size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


def join_pieces(pieces: Sequence[Printed]) -> Printed:
    """One line out of the pieces on it; white space parts words that are not of East Asia."""
    words = pieces[0].words
    for before, piece in pairwise(pieces):
        gap = (piece.left - before.right) / max(piece.size, before.size)
        is_apart = gap > PIECE_GAP or parts_words(words[-1], piece.words[0], gap, _LEAST_SPACE)
        words += f" {piece.words}" if is_apart else piece.words
    largest = max(pieces, key=lambda piece: len(piece.words) * piece.size)
    is_bold = all(piece.is_bold for piece in pieces)
    space = max(
        [piece.space for piece in pieces] + [after.left - piece.right for piece, after in pairwise(pieces)]
    )
    return replace(
        largest, words=words, left=pieces[0].left, right=pieces[-1].right, is_bold=is_bold, space=space
    )
