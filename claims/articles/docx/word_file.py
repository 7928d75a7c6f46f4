"""A Word file becomes canonical text, in document order."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from docx.oxml.ns import qn
from lxml import etree

from claims.articles.broken import BROKEN
from claims.articles.docx.links import name_links
from claims.articles.docx.lists import Styles
from claims.articles.docx.markup import read_markup
from claims.articles.docx.notes import Notes
from claims.articles.docx.package import open_package, read_title
from claims.articles.docx.words import (
    PARAGRAPH,
    TABLE,
    is_switched_on,
    is_unread,
    join_blocks,
    list_text_boxes,
    read_words,
)
from claims.articles.sheet import POINT_BREAK, Sheet
from claims.errors import ArticleError
from claims.records.markup import Markup

_MOST_COLUMNS = 60


def read_word_file(raw: bytes) -> tuple[str, str, Markup]:
    """Canonical text, title (the properties' one, often "") and what is still open of a Word file.

    The text is the one that stands once every tracked change is accepted; comments are no part of it.

    Headings are told by style or outline level, lists by their numbering. A footnote or endnote stands
    behind the block that bears its mark, which stays in the words but not in those of headings. Headers,
    footers and contents tables are left out. Raises ``ArticleError`` like ``open_package``, and
    ``article_no_text``.
    """
    document = open_package(raw)
    try:
        title = read_title(document)
        sheet, notes = Sheet(), Notes(document)
        markup = read_markup(document, notes.parts)
        name_links(document.element.body, document.part.rels)
        _Writer(sheet, Styles(document), notes).write(document.element.body)
    except BROKEN as error:
        raise ArticleError("article_corrupt", format=".docx", reason=type(error).__name__) from error
    if not sheet.text:
        raise ArticleError("article_no_text")
    return sheet.text, title, markup


class _Writer:
    def __init__(self, sheet: Sheet, styles: Styles, notes: Notes) -> None:
        self._sheet = sheet
        self._styles = styles
        self._notes = notes

    def write(self, parent: etree._Element) -> None:
        for blocks in join_blocks(parent):
            if blocks[0].tag == PARAGRAPH:
                self._write_paragraph(blocks)
            else:
                self._write_table(*blocks)

    def _write_paragraph(self, parts: Sequence[etree._Element]) -> None:
        """Write a paragraph; one of several parts is what the last of them with words is."""
        spoken = [(self._read(part), part) for part in parts if read_words(part).strip()]
        if spoken and not self._styles.is_contents(paragraph := spoken[-1][1]):
            words = "".join(words for words, _ in spoken)
            place = self._styles.find_list_place(paragraph)
            if (level := self._styles.find_heading(paragraph)) is not None:
                self._sheet.heading(level, "".join(read_words(part) for _, part in spoken))
            elif place is not None:
                self._sheet.point(words, place.depth, place.number)
            else:
                self._sheet.paragraph(words)
        for part in parts:
            self._write_attached(part)

    def _write_attached(self, bearer: etree._Element) -> None:
        """Write the notes of a block, those that these bear, and its text boxes."""
        waiting = deque(self._notes.take(bearer))
        while waiting:
            note = waiting.popleft()
            own_mark = note.own_mark
            for blocks in join_blocks(note.element):
                if blocks[0].tag == PARAGRAPH:
                    words = "".join(map(self._read, blocks))
                    self._sheet.note(words.lstrip().removeprefix(own_mark), note.number)
                    own_mark = ""
                    waiting.extend(mark for block in blocks for mark in self._notes.take(block))
                else:
                    self._write_table(*blocks)
        for box in list_text_boxes(bearer):
            self.write(box)

    def _read(self, paragraph: etree._Element) -> str:
        return read_words(paragraph, self._notes.write_mark)

    def _write_table(self, table: etree._Element) -> None:
        """Rows and cells; a table of one column, or with tables in it, is a box round its contents."""
        rows = list(_list_inside(table, qn("w:tr")))
        cells = [list(_list_inside(row, qn("w:tc"))) for row in rows]
        nested = any(cell.find(f".//{TABLE}") is not None for row in cells for cell in row)
        widest = max(map(len, cells), default=0)
        if nested or not 2 <= widest <= _MOST_COLUMNS:
            for row in cells:
                for cell in row:
                    self.write(cell)
            return
        grid = self._read_rows(cells)
        headers = next((at for at, row in enumerate(rows) if not _names_columns(row)), len(rows))
        self._sheet.table(grid, headers if 0 < headers < len(rows) else 1 if _is_bold(rows[0]) else None)
        self._write_attached(table)

    def _read_rows(self, rows: Sequence[Sequence[etree._Element]]) -> list[list[str]]:
        """The words of each cell; a cell merged downwards stands in each of its rows."""
        grid: list[list[str]] = []
        for row in rows:
            words: list[str] = []
            for cell in row:
                properties = cell.find(qn("w:tcPr"))
                above = grid[-1][len(words)] if grid and len(words) < len(grid[-1]) else ""
                words.append(above if _goes_on(properties) else self._read_cell(cell))
                words.extend([""] * (_read_span(properties) - 1))
            grid.append(words)
        width = max(map(len, grid))
        return [[*words, *[""] * (width - len(words))] for words in grid]

    def _read_cell(self, cell: etree._Element) -> str:
        parts: list[str] = []
        for blocks in join_blocks(cell):
            listed = self._styles.find_list_place(blocks[-1]) is not None
            parts.append((POINT_BREAK if listed else "\n") + "".join(map(self._read, blocks)))
        return "".join(parts)


def _list_inside(parent: etree._Element, tag: str) -> list[etree._Element]:
    """Rows of a table or cells of a row, wrappers looked through, without inner tables' and deleted ones."""
    found: list[etree._Element] = []
    for child in parent:
        if is_unread(child):
            continue
        if child.tag == tag:
            found.append(child)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            found.extend(_list_inside(child, tag))
    return found


def _names_columns(row: etree._Element) -> bool:
    return is_switched_on(row.find(qn("w:trPr")), "w:tblHeader")


def _is_bold(row: etree._Element) -> bool:
    """Whether all words of a row are in bold type, as a header row's are."""
    runs = [run for run in row.iter(qn("w:r")) if "".join(str(text) for text in run.itertext()).strip()]
    return bool(runs) and all(is_switched_on(run.find(qn("w:rPr")), "w:b") for run in runs)


def _goes_on(properties: etree._Element | None) -> bool:
    """Whether a cell is the lower part of one that is merged downwards."""
    merge = properties.find(qn("w:vMerge")) if properties is not None else None
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _read_span(properties: etree._Element | None) -> int:
    span = properties.find(qn("w:gridSpan")) if properties is not None else None
    written = span.get(qn("w:val"), "1") if span is not None else "1"
    return min(max(int(written), 1), _MOST_COLUMNS) if written.isdecimal() and len(written) < 4 else 1
