"""The printed lines of a PDF page: their words, where they stand, how large they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject

from claims.articles.sheet import raise_figures

# Fonts give many letters as radicals that only look the same (⽑ for 毛), or as ligatures (ﬁ).
_LOOKALIKES = re.compile(r"[\u2e80-\u2fd5\ufb00-\ufb06]")
_ALIKE = dict(zip("⺟⺠⻄⻑⻘⻝⻤⻨⻩⻭⻯", "母民西長青食鬼麦黄歯竜", strict=True))
_SPACED = re.compile(r"(?:[^\x00-\x7f] ){3,}[^\x00-\x7f]$")
_AFTER_STOP = re.compile(r"(?<=[、。，．「」（）]) (?=[^\x00-\x7f])")
# So many letter heights of white space part two cells of a row.
_CELL_GAP = 1.2
# Figures printed smaller, and by this share of the line's height higher, are exponents.
_RAISED = 0.15
_NARROW = 0.48


@dataclass(slots=True)
class Fragment:
    """Words that were printed in one go, from ``left`` to about ``right``, in points."""

    words: str
    left: float
    right: float


@dataclass(slots=True)
class Printed:
    """A printed line. ``top`` is its height on the page in points, upwards; ``size`` that of its letters."""

    top: float
    size: float
    is_bold: bool
    fragments: list[Fragment] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The words of the line, letters that are set apart by spaces brought together."""
        words = read_letters("".join(fragment.words for fragment in self.fragments)).strip()
        return words.replace(" ", "") if _SPACED.match(words) else _AFTER_STOP.sub("", words)

    @property
    def left(self) -> float:
        """Where the line begins."""
        return next((fragment.left for fragment in self.fragments if fragment.words.strip()), 0.0)

    @property
    def right(self) -> float:
        """About where it ends."""
        return max((fragment.right for fragment in self.fragments if fragment.words.strip()), default=0.0)

    @property
    def cells(self) -> list[Fragment]:
        """The parts of the line that wide gaps keep apart."""
        cells: list[Fragment] = []
        for fragment in self.fragments:
            if not fragment.words.strip():
                continue
            if cells and fragment.left - cells[-1].right < _CELL_GAP * self.size:
                cells[-1].words += fragment.words
                cells[-1].right = max(cells[-1].right, fragment.right)
            else:
                cells.append(Fragment(fragment.words, fragment.left, fragment.right))
        return [Fragment(read_letters(cell.words).strip(), cell.left, cell.right) for cell in cells]


def read_printed(page: PageObject) -> list[Printed]:
    """The lines of a page in the order in which they were printed, none empty."""
    lines: list[Printed] = []
    open_line: list[Printed] = []

    def note(words: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        left, top, scale = _place(outer, inner)
        for number, part in enumerate(words.split("\n")):
            if number:
                open_line.clear()
            if not part or (not part.strip() and not open_line):
                continue
            height = abs(size * scale) or 1.0
            if not open_line:
                open_line.append(Printed(top, height, _is_bold(font)))
                lines.append(open_line[0])
            line = open_line[0]
            if top - line.top > _RAISED * line.size and height < line.size:
                part = raise_figures(line.fragments[-1].words if line.fragments else "", part)
            right = left + measure(part) * height
            line.fragments.append(Fragment(part, left, right))
            left = right

    page.extract_text(visitor_text=note)
    return [line for line in lines if line.words]


def read_letters(words: str) -> str:
    """``words`` with the letters that a font gave as radicals or ligatures.

    >>> read_letters("⽑⺟細胞"), read_letters("beneﬁt")
    ('毛母細胞', 'benefit')
    """
    return _LOOKALIKES.sub(
        lambda found: _ALIKE.get(found.group()) or unicodedata.normalize("NFKC", found.group()), words
    )


def _place(outer: Sequence[float], inner: Sequence[float]) -> tuple[float, float, float]:
    """Where words stand on the page, and by how much their font size is scaled there."""
    a, b, c, d, e, f = (float(part) for part in outer)
    x, y = float(inner[4]), float(inner[5])
    scale = (a * d - b * c) * (float(inner[0]) * float(inner[3]) - float(inner[1]) * float(inner[2]))
    return a * x + c * y + e, b * x + d * y + f, abs(scale) ** 0.5


def measure(words: str) -> float:
    """About how wide words are, in heights of their letters."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else _NARROW for letter in words)


def _is_bold(font: Any) -> bool:
    return bool(font) and "bold" in str(font.get("/BaseFont", "")).lower()
