"""What pages have around their text: running heads and feet, and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from claims.articles.lines import is_terminated
from claims.articles.pdf.printed import Printed, group_lines
from claims.articles.pdf.rows import Table

_NUMBER = re.compile(
    r"\W*+(?:page|pp?\.?|ページ|第)?\s*+(\d{1,4}|[ivxl]{1,6})(?:\s*+(?:/|of|／)\s*+\d{1,4})?(?:\s*+(?:ページ|頁))?\W*+",
    re.IGNORECASE,
)
_LETTER, _SPACES, _FIGURES = re.compile(r"[^\W\d_]"), re.compile(r"\s+"), re.compile(r"[\d\s]+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
# Heads and feet are among so many lines at either edge of a page, no longer than this, on this share of the
# pages, or of those on the left or the right, at the same height within about so many points.
_EDGE = 3
_LONGEST = 160
_SHARE = 0.6
_SAME_HEIGHT = 2.0
_FEWEST_PAGES = 3
# Larger print is a heading: figures are part of it, and its first appearance stays.
_LARGE = 1.12
# Text runs over this share of a page's width, in letters of the body's size.
_WIDE, _SAME_SIZE = 0.75, 0.05
# So many letter heights part a page number from the text; more where only its place tells what it is.
_APART, _FAR = 1.0, 3.0


@dataclass(frozen=True, slots=True)
class _Number:
    """What may be the number of a page."""

    piece: Printed
    page: int
    value: int
    is_bare: bool


def drop_running(pages: Sequence[Sequence[Printed]]) -> list[list[Printed]]:
    """The pages without what most of them repeat at the same height of an edge, and without page numbers."""
    body = find_body_size([piece for page in pages for piece in page])
    edges = [_find_edges(page, _EDGE) for page in pages]
    repeated = _Repeated(len(pages), body)
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        repeated.note(number, page, edge)
    running = repeated.find_running()
    dropped = {id(piece) for page in pages for piece in _find_outermost(page, running)}
    rest = [[piece for piece in page if id(piece) not in dropped] for page in pages]
    numbers = {id(number.piece) for number in _find_numbers(pages, rest)}
    return [[piece for piece in page if id(piece) not in numbers] for page in rest]


class _Repeated:
    """What stands at the edges of pages, and on which pages the same stands at the same height."""

    def __init__(self, pages: int, body: float) -> None:
        self._pages, self._body = pages, body
        self._noted: list[tuple[int, Printed]] = []
        self._places: dict[tuple[str, int], set[int]] = defaultdict(set)

    def note(self, number: int, page: Sequence[Printed], edge: Sequence[Printed]) -> None:
        """Note the edge of a page, without what is set as its text is."""
        width = max((piece.right for piece in page), default=0.0) - min(
            (piece.left for piece in page), default=0.0
        )
        for piece in edge:
            if len(piece.words) > _LONGEST or not _LETTER.search(piece.words):
                continue
            if abs(piece.size - self._body) < _SAME_SIZE * self._body and (
                is_terminated(piece.words)
                or (piece.right - piece.left > _WIDE * width and not _is_apart(piece, page, _FAR))
            ):
                continue
            self._noted.append((number, piece))
            self._places[self._find_key(piece)].add(number)

    def find_running(self) -> set[int]:
        """The ids of the pieces that run; the first one of a large print stays, as a heading."""
        if self._pages < _FEWEST_PAGES:
            return set()
        return {id(piece) for number, piece in self._noted if self._runs(number, piece)}

    def _runs(self, number: int, piece: Printed) -> bool:
        words, height = self._find_key(piece)
        same = set().union(*(self._places.get((words, height + step), ()) for step in (-1, 0, 1)))
        on_side = sum(page % 2 == number % 2 for page in same)
        side = len(range(number % 2, self._pages, 2))
        runs = len(same) >= max(2, _SHARE * self._pages) or on_side >= max(2, _SHARE * side)
        return runs and not (piece.size > _LARGE * self._body and number == min(same))

    def _find_key(self, piece: Printed) -> tuple[str, int]:
        figures = _SPACES if piece.size > _LARGE * self._body else _FIGURES
        return figures.sub("", piece.words), round(piece.top / _SAME_HEIGHT)


def find_body_size(parts: Sequence[Printed | Table]) -> float:
    """The height of most letters."""
    sizes: Counter[float] = Counter()
    for part in parts:
        sizes[round(part.size, 1)] += part.letters if isinstance(part, Table) else len(part.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _find_edges(page: Sequence[Printed], count: int) -> list[Printed]:
    """The pieces on the first and the last lines of a page."""
    lines = group_lines(page)
    outer = lines if len(lines) <= 2 * count else [*lines[:count], *lines[-count:]]
    return [piece for line in outer for piece in line]


def _find_outermost(page: Sequence[Printed], running: set[int]) -> list[Printed]:
    """The running pieces of a page that white space parts from all that does not run."""
    found = [piece for piece in page if id(piece) in running]
    while found:
        outer = {id(piece) for piece in found}
        kept = [piece for piece in page if id(piece) not in outer and not _NUMBER.fullmatch(piece.words)]
        apart = [piece for piece in found if _is_apart(piece, kept, _APART)]
        if len(apart) == len(found):
            break
        found = apart
    return found


def _find_numbers(pages: Sequence[Sequence[Printed]], rest: Sequence[Sequence[Printed]]) -> list[_Number]:
    """The numbers at the edges of pages that count on with the pages, or stand far from all text."""
    found = [
        number
        for at, page in enumerate(pages)
        for piece in _find_edges(page, 1)
        if (number := _read_number(piece, at)) is not None and _is_apart(piece, rest[at], _APART)
    ]
    offsets = Counter(number.value - number.page for number in found)
    return [
        number
        for number in found
        if offsets[number.value - number.page] > 1
        or number.value == number.page + 1
        or (len(pages) == 1 and (not number.is_bare or _is_apart(number.piece, rest[0], _FAR)))
    ]


def _read_number(piece: Printed, page: int) -> _Number | None:
    words = piece.words.strip()
    if (read := _NUMBER.fullmatch(words)) is None:
        return None
    figures = read[1].lower()
    if figures.isdecimal():
        return _Number(piece, page, int(figures), figures == words)
    values = [_ROMAN[letter] for letter in figures]
    signed = [
        -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
    ]
    return _Number(piece, page, sum(signed), True)


def _is_apart(piece: Printed, page: Sequence[Printed], heights: float) -> bool:
    """Whether nothing else that is read stands so near above or below a piece."""
    near = heights * piece.size
    return not any(
        other is not piece and other.high > piece.low - near and other.low < piece.high + near
        for other in page
    )
