"""The pen that writes words on a canvas, letter by letter (ISO 32000-2, 9.4.4)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from claims.articles.pdf.canvas import Canvas, Matrix, Stroke, multiply
from claims.articles.pdf.encodings import UNREADABLE
from claims.articles.pdf.fonts import Letter, PrintFont, parts_words

# A gap of so many letter heights parts words into strokes; spaces are gaps.
_STROKE_GAP = 0.8


@dataclass(slots=True)
class TextState:
    """The graphics state as far as it places words (ISO 32000-2, 8.4 and 9.3)."""

    matrix: Matrix
    font: PrintFont | None = None
    size: float = 0.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    is_outlined: bool = False


class Pen:
    """A pen that writes runs of words on a canvas and ends one wherever a wide gap comes."""

    def __init__(self, canvas: Canvas, font: PrintFont, state: TextState, pen: Matrix) -> None:
        self._canvas, self._font, self._state, self._pen = canvas, font, state, pen
        a, b, c, d, e, f = multiply(pen, state.matrix)
        self._height = abs(state.size) * font.scale * math.hypot(c, d) or 1.0
        self._turn = round(math.atan2(b, a) / (math.pi / 2)) % 4
        self._axis = (c, d) if font.is_vertical else (a * state.stretch, b * state.stretch)
        self._x, self._y = e + state.rise * c, f + state.rise * d
        self._moved = 0.0
        self._words: list[str] = []
        self._start = self._stop = (0.0, 0.0)
        self._is_apart = False

    def write(self, letters: Sequence[Letter], codes: int) -> None:
        """Write letters; spaces only move the pen. ``codes`` is the number of bytes that they come from."""
        state = self._state
        for letter in letters:
            spacing = state.letter_space + (
                state.word_space if letter.words == " " and codes == len(letters) else 0
            )
            if letter.is_space:
                self._is_apart = True
            else:
                self._begin(letter)
                self._words.append(letter.words)
                if letter.is_unknown:
                    self._canvas.unreadable[self._font.name] += letter.words.count(UNREADABLE)
            # A vertical line goes down by the height of each letter (ISO 32000-2, 9.4.4).
            width = -1.0 if self._font.is_vertical else letter.width
            here = (self._x, self._y)
            self.move(width * state.size)
            self._note_links(letter.words, here)
            if not letter.is_space:
                self._stop = (self._x, self._y)
            self.move(spacing)

    def _note_links(self, words: str, start: tuple[float, float]) -> None:
        """Tell the links that lie over a letter, between its start and the pen, what is below them."""
        middle = ((start[0] + self._x) / 2, (start[1] + self._y) / 2)
        for link in self._canvas.links:
            if link.holds(*middle):
                link.words.append(words)

    def move(self, amount: float) -> None:
        """Move the pen on along the line."""
        self._moved += amount
        self._x += amount * self._axis[0]
        self._y += amount * self._axis[1]

    def _begin(self, letter: Letter) -> None:
        """Make ready for a letter: behind a wide gap for a new run, behind a narrow one for a new word."""
        here = (self._x, self._y)
        gap = math.dist(here, self._stop) if self._words else 0.0
        if gap > _STROKE_GAP * self._height:
            self._end()
        elif self._words and (
            self._is_apart
            or parts_words(self._words[-1][-1], letter.words[0], gap / self._height, self._font.gap)
        ):
            self._words.append(" ")
        if not self._words:
            self._start = here
        self._is_apart = False

    def close(self) -> Matrix:
        """End the last run; where the pen stands then."""
        self._end()
        shift = (0.0, self._moved) if self._font.is_vertical else (self._moved * self._state.stretch, 0.0)
        return multiply((1.0, 0.0, 0.0, 1.0, *shift), self._pen)

    def _end(self) -> None:
        if self._words:
            font = self._font
            self._canvas.strokes.append(
                Stroke(
                    "".join(self._words),
                    self._start,
                    self._stop,
                    self._turn,
                    self._height,
                    font.is_bold or self._state.is_outlined,
                    font.is_vertical,
                    font.gap * self._height,
                )
            )
            self._words = []
