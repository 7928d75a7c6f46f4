"""Canonical text, written with the plain marks that ``lines`` reads: one parser for every format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from claims.articles.decoding import drop_controls
from claims.references import show_links
from claims.text.invisible import drop_invisible

SOFT_BREAK = "\v"
POINT_BREAK = "\x1e"
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BROKEN_WIDE = re.compile(rf"(?<={_WIDE})[ \t]*\v\s*(?={_WIDE})")
# The same beside a link to a paper, whose address stands behind its words.
_BROKEN_AT_LINK = re.compile(
    rf"(?<={_WIDE})[ \t]*\v\s*(?=\[[^\[\]\n]{{1,300}}\]\(https://)|(?<=[/\w]\))[ \t]*\v\s*(?={_WIDE})"
)
_BREAK_IN_SENTENCE = re.compile(rf"(?<=[をにがはのとへも、])\n(?={_WIDE})")
_SPACES = re.compile(r"[ \t\v\f\r\xa0]+")
_LINE_ENDS = re.compile(r"(?<! ) *+\n *+")
_POINTS = re.compile(r"(?<!\s)\s*+\x1e[\s\x1e]*+")
_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_RAISABLE = re.compile(r"[0-9+\-−–]+")
# Several references, as no power is written: 2,3 and 1–4.
_LISTED_FIGURES = re.compile(r"[0-9]{1,3}(?:\s?[-–,、，]\s?[0-9]{1,3})+")
_FIGURES = str.maketrans("0123456789、，", "⁰¹²³⁴⁵⁶⁷⁸⁹,,")
_QUESTION_MARK = re.compile(
    r"^[\s【〈<]*(?:Q|Ｑ|質問|問)(?![A-Za-z])\s*[0-9０-９]*\s*[】〉>.．:：、,)\]]*\s*"
)
_ANSWER_MARK = re.compile(r"^\s*(?:A|Ａ|回答|答え?)(?![A-Za-z])\s*[0-9０-９]*\s*[】〉>.．:：、,)\]]*\s*")


class _Kind(Enum):
    """What a chunk is, so that only what belongs together stands without a blank line between."""

    BLOCK = auto()
    ITEM = auto()
    QUESTION = auto()


@dataclass(slots=True)
class Sheet:
    """A canonical text that grows: headings, paragraphs, points, questions and tables in reading order.

    Words come with white space as the format has it: a line feed is a break that the author made,
    ``SOFT_BREAK`` one that the file has for its own sake, ``POINT_BREAK`` stands between points in a row.
    Characters nobody sees are left out; words that are empty then are no chunk.
    """

    _chunks: list[tuple[_Kind, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What was written so far, with a blank line between blocks."""
        parts: list[str] = []
        before: _Kind | None = None
        for kind, words in self._chunks:
            glued = kind is before is _Kind.ITEM or before is _Kind.QUESTION
            parts.append(words if before is None else ("\n" if glued else "\n\n") + words)
            before = kind
        return "".join(parts) + "\n" if parts else ""

    def heading(self, level: int, words: str) -> None:
        """A heading of level 1 to 6."""
        if words := show_links(join_lines(words)):
            self._chunks.append((_Kind.BLOCK, f"{'#' * level} {words}"))

    def paragraph(self, words: str) -> None:
        """A paragraph; two breaks in a row part it into two."""
        for part in re.split(r"\n\n+", tidy(words)):
            if part := part.strip():
                self._chunks.append((_Kind.BLOCK, part))

    def point(self, words: str, depth: int = 0, number: int | None = None) -> None:
        """A point of a list, numbered where the list is."""
        if words := tidy(words).replace("\n\n", "\n"):
            mark = "-" if number is None or not 0 < number < 100 else f"{number}."
            self._chunks.append((_Kind.ITEM, f"{'  ' * min(depth, 4)}{mark} {words}"))

    def note(self, words: str, number: int) -> None:
        """A paragraph of a footnote; ``number`` tells the notes of a text apart."""
        if words := join_lines(words):
            self._chunks.append((_Kind.BLOCK, f"[^note-{number}]: {words}"))

    def question(self, words: str) -> None:
        """A question whose answer is what follows."""
        if words := show_links(join_lines(_QUESTION_MARK.sub("", tidy(words), count=1))):
            self._chunks.append((_Kind.QUESTION, f"Q. {words}"))

    def answer(self, words: str) -> bool:
        """The first paragraph of an answer; whether there was more than its mark."""
        words = _ANSWER_MARK.sub("", tidy(words), count=1)
        if words:
            self._chunks.append((_Kind.BLOCK, f"A. {words}"))
        return bool(words)

    def table(self, rows: Sequence[Sequence[str]], headers: int | None) -> None:
        """A table; the first ``headers`` rows name the columns, ``None`` leaves that to be guessed."""
        cells = [[_read_cell(cell) if cell else "" for cell in row] for row in rows]
        lines = [_row(row) for row in cells[headers or 0 :] if any(row)]
        if not lines:
            return
        width = max(len(row) for row in cells)
        if headers is not None:
            names = _merge(cells[:headers]) if headers else [""] * width
            lines = [_row(names), _row(["---"] * width), *lines]
        self._chunks.append((_Kind.BLOCK, "\n".join(lines)))


def tidy(words: str) -> str:
    """``words`` with only the author's line breaks and single spaces, without what nobody sees.

    >>> tidy("髪の\\v  毛が  生える\\n\\n\\n 次")
    '髪の毛が 生える\\n\\n次'
    """
    words = _BROKEN_WIDE.sub("", drop_invisible(drop_controls(words)))
    if "](https://" in words:
        words = _BROKEN_AT_LINK.sub("", words)
    words = _LINE_ENDS.sub("\n", _SPACES.sub(" ", _POINTS.sub("\n", words)))
    return re.sub(r"\n{3,}", "\n\n", words).strip()


def join_lines(words: str) -> str:
    """``words`` on one line; points in a row are enumerated, and no space parts a particle from what follows.

    >>> join_lines("抑える\\x1e防ぐ"), join_lines("one\\n two"), join_lines("鼻水を\\n抑える")
    ('抑える、防ぐ', 'one two', '鼻水を抑える')
    """
    points = [" ".join(_BREAK_IN_SENTENCE.sub("", tidy(part)).split()) for part in words.split(POINT_BREAK)]
    filled = [point for point in points if point]
    comma = ", " if "".join(filled).isascii() else "、"
    return comma.join(filled)


def raise_figures(before: str, words: str) -> str:
    """Raised ``words`` behind ``before``: a figure after a figure is set off, for 10⁶ is not 106.

    >>> raise_figures("10", "-6"), raise_figures("m", "2"), raise_figures("です", "[1]")
    ('^-6', '²', '[1]')
    >>> raise_figures("です", "2, 3"), raise_figures("B12", "1–4")
    ('²,³', '¹–⁴')
    """
    if _LISTED_FIGURES.fullmatch(words.strip()):
        return "".join(words.translate(_FIGURES).split())
    if not _RAISABLE.fullmatch(words.strip()):
        return words
    return f"^{words.strip()}" if before[-1:].isdecimal() else words.translate(_RAISED)


def _read_cell(words: str) -> str:
    return join_lines(words).replace("|", "/").replace("｜", "/")


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _merge(rows: Sequence[Sequence[str]]) -> list[str]:
    """One name a column out of several header rows, a name that spans rows only once."""
    return [" ".join(dict.fromkeys(name for name in column if name)) for column in zip(*rows, strict=True)]
