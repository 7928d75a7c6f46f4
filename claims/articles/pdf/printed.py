"""The printed lines of a PDF page: their words, where they stand, how large they are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject

from claims.articles.pdf.encodings import UNREADABLE, find_unreadable
from claims.articles.sheet import raise_figures

# Fonts give many letters as radicals that only look the same (⽑ for 毛), or as ligatures (ﬁ).
_LOOKALIKES = re.compile(r"[\u2e80-\u2fd5\ufb00-\ufb06]")
_ALIKE = dict(zip("⺟⺠⻄⻑⻘⻝⻤⻨⻩⻭⻯", "母民西長青食鬼麦黄歯竜", strict=True))
_SPACED = re.compile(r"(?:[^\x00-\x7f] ){3,}[^\x00-\x7f]$")
_AFTER_STOP = re.compile(r"(?<=[、。，．「」（）]) (?=[^\x00-\x7f])")
# What fonts give for a letter that they do not know.
_UNKNOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd-\uffff]")
# So many letter heights of white space part two cells of a row.
_CELL_GAP = 1.2
# Figures printed smaller, and by this share of the line's height higher, are exponents.
_RAISED = 0.15
_NARROW = 0.48


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words that were printed in one go, from ``left`` to about ``right``, in points."""

    words: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line, from ``left`` to about ``right``.

    ``top`` is its height on the page in points, upwards, ``size`` that of its letters. ``cells`` are the
    parts of the line that wide gaps keep apart.
    """

    words: str
    left: float
    right: float
    top: float
    size: float
    is_bold: bool
    cells: tuple[Fragment, ...]


@dataclass(slots=True)
class _OpenLine:
    """A line that is still being printed."""

    top: float
    size: float
    is_bold: bool
    fragments: list[Fragment] = field(default_factory=list)

    def close(self) -> Printed | None:
        """The line as it stands; ``None`` where it has no words."""
        seen = [fragment for fragment in self.fragments if fragment.words.strip()]
        words = read_letters("".join(fragment.words for fragment in self.fragments)).strip()
        if not seen or not words:
            return None
        words = words.replace(" ", "") if _SPACED.match(words) else _AFTER_STOP.sub("", words)
        right = max(fragment.right for fragment in seen)
        cells = tuple(_part_cells(seen, self.size))
        return Printed(words, seen[0].left, right, self.top, self.size, self.is_bold, cells)


def _part_cells(fragments: Sequence[Fragment], size: float) -> Iterator[Fragment]:
    """The fragments, those brought together that no wide gap parts."""
    near: list[Fragment] = []
    for fragment in [*fragments, None]:
        if near and (fragment is None or fragment.left - near[-1].right >= _CELL_GAP * size):
            words = read_letters("".join(part.words for part in near)).strip()
            yield Fragment(words, near[0].left, near[-1].right)
            near = []
        if fragment is not None:
            near.append(fragment)


def read_printed(page: PageObject, unreadable: Counter[str]) -> list[Printed]:
    """The lines of a page in the order in which they were printed, none empty.

    Letters that cannot be told are counted in ``unreadable`` by their encoding, or by their font where its
    encoding tells the others, and written as U+FFFD.
    """
    lines: list[_OpenLine] = []
    goes_on = False

    def note(words: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        nonlocal goes_on
        words, unknown = _UNKNOWN.subn(UNREADABLE, words)
        if unknown:
            unreadable[find_unreadable(font or {}) or str((font or {}).get("/BaseFont", ""))] += unknown
        left, top, scale = _place(outer, inner)
        for number, part in enumerate(words.split("\n")):
            goes_on = goes_on and not number
            if not part or not (goes_on or part.strip()):
                continue
            height = abs(size * scale) or 1.0
            if not goes_on:
                lines.append(_OpenLine(top, height, _is_bold(font)))
                goes_on = True
            line = lines[-1]
            if top - line.top > _RAISED * line.size and height < line.size:
                part = raise_figures(line.fragments[-1].words if line.fragments else "", part)
            line.fragments.append(Fragment(part, left, left + measure(part) * height))
            left = line.fragments[-1].right

    page.extract_text(visitor_text=note)
    return [closed for line in lines if (closed := line.close()) is not None]


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
