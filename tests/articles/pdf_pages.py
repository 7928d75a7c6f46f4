"""Pages of PDFs for tests: prose in columns and tables of cells, as Chromium prints them."""

from __future__ import annotations

from collections.abc import Sequence

from claims.articles import parse_document
from claims.records.article import Block
from tests.articles.pdf_writer import Line, Words, write_pdf

PROSE = (
    "毛包は成長期と退行期と休止期をくり返しながら、"
    "髪を作り続ける小さな器官であり、その周期は部位によって大きく異なります。"
)
MORE = (
    "睡眠が六時間に満たない人では、肥満の割合が高いことが観察研究で"
    "報告されていますが、因果関係はまだ明らかではありません。"
)
ENGLISH = (
    "Minoxidil treatment is widely used for hair loss in adults, and the treatment is continued for many "
    "months because the effect disappears after discontinuation of the medication."
)
HEADS = ("治療", "効果", "副作用")
ROWS = (
    ("ミノキシジル外用", "毛髪の密度を高める", "まれにかゆみや発疹が起こる"),
    ("植毛", "移植した毛が残る", "まれに感染"),
)
TABLE = (
    "| 治療 | 効果 | 副作用 |\n| --- | --- | --- |\n"
    "| ミノキシジル外用 | 毛髪の密度を高める | まれにかゆみや発疹が起こる |\n"
    "| 植毛 | 移植した毛が残る | まれに感染 |"
)
# A cell of the tables below is so wide and so high, in points.
WIDTH, HEIGHT, PITCH = 80.0, 40.0, 13.0


def text_of(*pages: Sequence[Words | Line]) -> str:
    return parse_document(write_pdf(*pages), "a.pdf").article.text


def blocks_of(*pages: Sequence[Words | Line]) -> tuple[Block, ...]:
    return parse_document(write_pdf(*pages), "a.pdf").article.blocks


def wrap(words: str, letters: int) -> list[str]:
    """Lines of so many letters; English ones are broken between words."""
    if not words.isascii():
        return [words[at : at + letters] for at in range(0, len(words), letters)]
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def column(words: str, left: float, top: float, letters: int = 20, size: float = 10) -> list[Words]:
    return [Words(line, left, top - 15 * at, size) for at, line in enumerate(wrap(words, letters))]


def cell(words: str, left: float, top: float, is_bold: bool = False) -> list[Words]:
    return [
        Words(line, left, top - PITCH * at, is_bold=is_bold)
        for at, line in enumerate(wrap(words, 7 if not words.isascii() else 15))
    ]


def table(
    rows: Sequence[Sequence[str]],
    *,
    left: float = 50,
    top: float = 600,
    height: float = HEIGHT,
    bold: int = 1,
) -> list[Words | Line]:
    """Cells below each other, of which the first ``bold`` rows are in bold print."""
    return [
        words
        for row, cells in enumerate(rows)
        for at, told in enumerate(cells)
        for words in cell(told, left + WIDTH * at, top - height * row, row < bold)
    ]


def rules(rows: int, columns: int, left: float = 50, top: float = 600) -> list[Words | Line]:
    right, low = left - 4 + WIDTH * columns, top + 12 - HEIGHT * rows
    level = [Line(left - 4, at, right, at) for at in (top + 12 - HEIGHT * row for row in range(rows + 1))]
    upright = [
        Line(at, low, at, top + 12) for at in (left - 4 + WIDTH * number for number in range(columns + 1))
    ]
    return [*level, *upright]
