"""Strokes become pieces: words that stand close together on one line."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from claims.articles.pdf.canvas import Rule, Stroke
from claims.articles.pdf.fonts import parts_words
from claims.articles.pdf.printed import ON_LINE, PIECE_GAP, Printed, group_lines, join_pieces
from claims.articles.sheet import raise_figures

# Fonts give many letters as radicals that only look the same (⽑ for 毛), as ligatures (ﬁ), or as the forms
# that stand in vertical lines.
_LOOKALIKES = re.compile(r"[\u2e80-\u2fd5\ufb00-\ufb06\ufe10-\ufe19\ufe30-\ufe4f]")
_ALIKE = dict(zip("⺟⺠⻄⻑⻘⻝⻤⻨⻩⻭⻯︑︵︶︷︸", "母民西長青食鬼麦黄歯竜、（）｛｝", strict=True))
# Figures printed smaller, and by this share of the line's height higher, are exponents. Nothing of a line is
# higher or lower than ``_OFF_LINE``.
_RAISED, _OFF_LINE, _SMALLER = 0.15, 0.5, 0.85
# In a justified line spaces are up to so many letter heights wide, each hardly wider than the others.
_WIDEST_SPACE, _ALIKE_SPACE = 2.0, 0.95
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[.,;:)]?")
# A rule may stand in a gap of so many letter heights.
_WALL_GAP = 0.1
# Readings stand above the words that they are of, and are so much smaller.
_READING = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")
_READING_SIZE, _READING_HEIGHT = 0.62, (0.5, 1.5)
# A page of more pieces than this is taken as it was painted.
_MOST_PIECES = 20_000

Placed = tuple[float, float, float, Stroke]


@dataclass(slots=True)
class _Piece:
    """A piece that still grows, by its strokes as (words, left, right)."""

    left: float
    right: float
    top: float
    size: float
    gap: float
    parts: list[str] = field(default_factory=list)
    bold: int = 0
    letters: int = 0
    space: float = 0.0

    def add(self, words: str, left: float, right: float, is_bold: bool) -> None:
        gap = left - self.right
        if self.parts and parts_words(self.parts[-1][-1], words[0], gap / self.size, self.gap / self.size):
            self.parts.append(" ")
            self.space = max(self.space, gap)
        self.parts.append(words)
        self.right = max(self.right, right)
        self.letters += len(words)
        self.bold += len(words) * is_bold


def _find_place(rule: Rule) -> float:
    return rule.left


def join_strokes(strokes: Iterable[Placed], walls: Sequence[Rule]) -> list[Printed]:
    """The pieces in which strokes stand, in the order of painting; none goes through a wall."""
    walls = sorted(walls, key=_find_place)
    pieces: list[_Piece] = []
    for left, right, top, stroke in strokes:
        piece = pieces[-1] if pieces else None
        words = stroke.words
        if piece is None or not _goes_on(piece, left, top, stroke.size, walls):
            pieces.append(piece := _Piece(left, left, top, stroke.size, stroke.gap))
        elif top - piece.top > _RAISED * piece.size and stroke.size < piece.size:
            words = raise_figures("".join(piece.parts), words)
        elif stroke.size > piece.size:
            piece.top, piece.size, piece.gap = top, stroke.size, stroke.gap
        piece.add(words, left, right, stroke.is_bold)
    printed = [found for piece in pieces if (found := _close(piece)) is not None]
    return _join_lines(printed, walls) if len(printed) < _MOST_PIECES else printed


def _goes_on(piece: _Piece, left: float, top: float, size: float, walls: Sequence[Rule]) -> bool:
    large = max(size, piece.size)
    if not -0.3 * large < left - piece.right < PIECE_GAP * large:
        return False
    if left - piece.right > _WALL_GAP * large and _is_walled(piece.right, left, top, walls):
        return False
    is_note = min(size, piece.size) < _SMALLER * large
    return abs(top - piece.top) < (_OFF_LINE if is_note else ON_LINE) * large


def _is_walled(left: float, right: float, top: float, walls: Sequence[Rule]) -> bool:
    """Whether an upright rule stands between two places on a line."""
    start, stop = (bisect_left(walls, place, key=_find_place) for place in (left, right))
    return any(wall.low < top < wall.high for wall in walls[start:stop])


def _close(piece: _Piece) -> Printed | None:
    words = read_letters("".join(piece.parts)).strip()
    if not words:
        return None
    is_bold = 2 * piece.bold > piece.letters
    return Printed(words, piece.left, piece.right, piece.top, piece.size, is_bold, piece.space)


def _join_lines(pieces: list[Printed], walls: Sequence[Rule]) -> list[Printed]:
    """Pieces that were painted apart and stand close to each other on one line become one."""
    joined: list[Printed] = []
    for line in group_lines(pieces):
        gaps = [after.left - before.right for before, after in pairwise(line)]
        start = len(joined)
        for at, piece in enumerate(line):
            before = joined[-1] if len(joined) > start else None
            if before is not None and _is_printed_twice(before, piece):
                continue
            if before is not None and _are_close(before, piece, gaps[at - 1 : at + 1], walls):
                joined[-1] = join_pieces([before, piece])
            else:
                joined.append(piece)
    return joined


def _are_close(before: Printed, piece: Printed, gaps: Sequence[float], walls: Sequence[Rule]) -> bool:
    """Whether no more than a space is between two pieces; in a justified line all spaces are alike wide."""
    size = max(piece.size, before.size)
    gap = piece.left - before.right
    if (
        gap < -0.3 * size
        or gap > _WIDEST_SPACE * size
        or _is_walled(before.right, piece.left, piece.top, walls)
    ):
        return False
    spaces = [piece.space, before.space, *(gaps[1:] if _are_words(before, piece) else ())]
    return gap < PIECE_GAP * size or any(
        _ALIKE_SPACE * gap < space < _WIDEST_SPACE * size for space in spaces
    )


def _are_words(*pieces: Printed) -> bool:
    return all(_WORD.fullmatch(piece.words) for piece in pieces)


def _is_printed_twice(piece: Printed, other: Printed) -> bool:
    """Whether two pieces are one that was printed twice, for a shadow or to look bold."""
    return piece.words == other.words and abs(piece.left - other.left) < 0.15 * piece.size


def drop_readings(pieces: list[Printed]) -> list[Printed]:
    """The pieces without the small kana that stand above the words whose reading they give."""
    small = [piece for piece in pieces if _READING.fullmatch(piece.words)]
    if not small or len(pieces) > _MOST_PIECES:
        return pieces
    largest = max(piece.size for piece in pieces)
    by_height = sorted(pieces, key=lambda piece: piece.top)
    dropped = {
        id(piece) for piece in small if piece.size < _READING_SIZE * largest and _is_reading(piece, by_height)
    }
    return [piece for piece in pieces if id(piece) not in dropped]


def _is_reading(piece: Printed, by_height: Sequence[Printed]) -> bool:
    near, far = (height * piece.size / _READING_SIZE for height in _READING_HEIGHT)
    start = bisect_left(by_height, piece.top - far, key=lambda base: base.top)
    stop = bisect_left(by_height, piece.top - near, key=lambda base: base.top)
    return any(
        piece.size < _READING_SIZE * base.size
        and base.left - piece.size < piece.left
        and piece.right < base.right + piece.size
        for base in by_height[start:stop]
    )


def read_letters(words: str) -> str:
    """``words`` with the letters that a font gave as radicals, ligatures or vertical forms.

    >>> read_letters("⽑⺟細胞"), read_letters("beneﬁt"), read_letters("髪︑毛︒")
    ('毛母細胞', 'benefit', '髪、毛。')
    """
    return _LOOKALIKES.sub(
        lambda found: _ALIKE.get(found.group()) or unicodedata.normalize("NFKC", found.group()), words
    )
