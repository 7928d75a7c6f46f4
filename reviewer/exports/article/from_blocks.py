"""The article as a document made of its blocks: where it came as text, or is wanted in another format."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from claims.articles.formats import Format
from claims.records.article import Article, BlockKind
from claims.records.article import Block as Part
from reviewer.exports.article.citing import CitedArticle, Mark
from reviewer.exports.article.evidence import Occasion, list_evidence, name_anchor, write_stamp
from reviewer.exports.article.inline import Styled, read_inline
from reviewer.exports.documents.model import (
    Block,
    Cell,
    Document,
    Grid,
    Heading,
    ItemList,
    Paragraph,
    ParagraphKind,
    Run,
    Runs,
)
from reviewer.i18n import translator

_ROWS = (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)
_HEADINGS = (BlockKind.THEME, BlockKind.HEADING)
_SMALL = (BlockKind.BOILERPLATE, BlockKind.METADATA, BlockKind.REFERENCE)
_NUMBER = re.compile(r"(\d{1,9})[.)．]\s*\Z")
_CELL_EDGE = re.compile(r"(?:(?<=\S)\s+)?\|\s*")


def build_document(article: CitedArticle, occasion: Occasion) -> Document:
    """The whole article in its order, each mark behind its sentence, with what stands under it."""
    publication = article.publication
    version = publication.version.article
    translate = translator(version.language.value)
    builder = _Builder(article)
    body = tuple(builder.build())
    unplaced = [mark for mark in article.marks if mark not in builder.placed]
    return Document(
        version.title,
        version.language,
        (*body, *list_evidence(article, occasion, unplaced)),
        stamp=write_stamp(publication.state, translate),
        authors=tuple(person.full_name for person in publication.reviewers if person.full_name),
        made_at=publication.version.ingested_at,
    )


def build_text(article: CitedArticle) -> Document:
    """The title and the text alone, with its marks."""
    version = article.publication.version.article
    return Document(version.title, version.language, tuple(_Builder(article).build()))


def says_its_title(article: CitedArticle) -> bool:
    """Whether the text itself begins with the title."""
    version = article.publication.version.article
    return bool(version.blocks) and version.blocks[0].kind in _HEADINGS and _names(version, version.blocks[0])


class _Builder:
    """Puts the parts of one article into blocks of a document."""

    def __init__(self, article: CitedArticle) -> None:
        self._article = article.publication.version.article
        self._marks = article.marks
        self.placed: set[Mark] = set()
        original = article.publication.original
        kind = original.media_type if original is not None else ""
        self._is_markdown = kind == Format.MARKDOWN
        self._has_links = kind in (Format.MARKDOWN, Format.HTML, Format.DOCX)
        self._has_themes = any(part.kind is BlockKind.THEME for part in self._article.blocks)

    def build(self) -> Iterator[Block]:
        parts = list(self._article.blocks)
        # The title stands above: a first heading that says the same is not said twice.
        if parts and parts[0].kind in _HEADINGS and _names(self._article, parts[0]):
            parts = parts[1:]
        for kind, group in groupby(parts, _sort):
            if kind == "table":
                yield self._build_grid(list(group))
            elif kind == "list":
                yield from self._build_lists(list(group))
            else:
                yield from map(self._build_part, group)

    def _build_part(self, part: Part) -> Block:
        told = self._cut(part.start, part.end)
        if part.kind in _HEADINGS:
            level: Literal[1, 2] = 2 if self._has_themes and part.kind is BlockKind.HEADING else 1
            return Heading(level, told)
        return Paragraph(told, ParagraphKind.SMALL if part.kind in _SMALL else ParagraphKind.BODY)

    def _build_lists(self, parts: Sequence[Part]) -> Iterator[Block]:
        """One list for each row of points of a kind; numbered ones count on from the first."""
        for is_ordered, group in groupby(parts, lambda part: self._find_number(part) is not None):
            points = list(group)
            items = tuple(Paragraph(self._cut(point.start, point.end)) for point in points)
            yield ItemList(items, is_ordered, self._find_number(points[0]) or 1)

    def _find_number(self, part: Part) -> int | None:
        """The number that stands before a point on its line, ``None`` for a bullet."""
        line = self._article.text.rfind("\n", 0, part.start) + 1
        found = _NUMBER.search(self._article.text[line : part.start])
        return int(found.group(1)) if found else None

    def _build_grid(self, parts: Sequence[Part]) -> Grid:
        rows = [self._cut_cells(part) for part in parts]
        columns = max(map(len, rows))
        filled = [(*row, *[()] * (columns - len(row))) for row in rows]
        has_head = parts[0].kind is BlockKind.TABLE_HEADER
        body = filled[1:] if has_head else filled
        return Grid(
            filled[0] if has_head else (),
            tuple(tuple(Cell(cell) for cell in row) for row in body),
        )

    def _cut_cells(self, part: Part) -> list[Runs]:
        text, at, cells = self._article.text, part.start, []
        for edge in _CELL_EDGE.finditer(text, part.start, part.end):
            cells.append(self._cut(at, edge.start()))
            at = edge.end()
        return [*cells, self._cut(at, part.end)]

    def _cut(self, start: int, end: int) -> Runs:
        """The text from ``start`` to ``end`` as runs, with the marks that stand there."""
        text = self._article.text
        pieces = [Styled(start, end)]
        if self._has_links:
            pieces = list(read_inline(text, start, end, bold=self._is_markdown))
        waiting = deque(mark for mark in self._marks if start < mark.position <= end)
        self.placed.update(waiting)
        told: list[Run] = []
        for number, piece in enumerate(pieces, start=1):
            at, last = piece.start, number == len(pieces)
            while waiting and (waiting[0].position <= piece.end or last):
                mark = waiting.popleft()
                # A mark that would stand among signs of Markdown stands behind the words that they are about.
                until = min(max(mark.position, at), piece.end)
                told += [piece.write(text, at, until), *_write_mark(mark)]
                at = until
            told.append(piece.write(text, at, piece.end))
        return tuple(run for run in told if run.text)


def _write_mark(mark: Mark) -> Runs:
    """The label, raised; it leads to the first of its references."""
    return (Run(mark.label, superscript=True, link=f"#{name_anchor(mark.first)}"),)


def _sort(part: Part) -> str:
    if part.kind in _ROWS:
        return "table"
    return "list" if part.kind is BlockKind.LIST_ITEM else ""


def _names(article: Article, part: Part) -> bool:
    return "".join(article.text[part.start : part.end].split()) == "".join(article.title.split())
