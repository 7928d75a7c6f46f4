"""A document as a Word file: real headings, lists and tables, whose heads are repeated on each page."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from claims.records.article import Language
from reviewer.exports.documents.colours import GROUNDS, HEAD_GROUND
from reviewer.exports.documents.docx_look import TAGS, set_look
from reviewer.exports.documents.model import (
    Block,
    Cell,
    Document,
    Grid,
    Heading,
    ItemList,
    Note,
    Paragraph,
    ParagraphKind,
    Run,
    Runs,
    Tone,
)

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_LINK_BLUE = "1F5F8B"
# The same document is the same bytes, whenever it is written.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def to_docx(document: Document) -> bytes:
    """The file; the same document always gives the same bytes."""
    word = docx.Document()
    set_look(word, document)
    writer = _Writer(word)
    writer.write(document)
    buffer = io.BytesIO()
    word.save(buffer)
    return _strip_times(buffer.getvalue())


class _Writer:
    """Puts blocks into one file, and counts what has to be told apart in it."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._bookmarks = 0

    def write(self, document: Document) -> None:
        if document.stamp:
            self._write_runs(self._word.add_paragraph(), (Run(document.stamp, bold=True),))
        self._word.add_paragraph(Run(document.title).shown, "Title")
        if document.subtitle:
            self._word.add_paragraph(Run(document.subtitle).shown)
        for block in document.blocks:
            self._write_block(block, Tone.PLAIN)

    def _write_block(self, block: Block, tone: Tone) -> None:
        match block:
            case Heading():
                heading = self._word.add_paragraph(style=f"Heading {block.level}")
                self._write_runs(heading, block.runs, block.anchor)
            case Paragraph():
                self._write_paragraph(block, "Quote" if block.kind is ParagraphKind.QUOTE else "Normal", tone)
            case ItemList():
                self._write_list(block, tone)
            case Grid():
                self._write_grid(block)
            case Note():
                for inside in block.blocks:
                    self._write_block(inside, block.tone)

    def _write_paragraph(self, block: Paragraph, style: str, tone: Tone) -> WordParagraph:
        paragraph = self._word.add_paragraph(style=style)
        self._write_runs(paragraph, block.runs, block.anchor)
        if block.kind is ParagraphKind.SMALL:
            for run in paragraph.runs:
                run.font.size = Pt(9)
        if tone is not Tone.PLAIN:
            _set_ground(paragraph._p.get_or_add_pPr(), GROUNDS[tone])
            paragraph.paragraph_format.keep_together = True
        return paragraph

    def _write_list(self, block: ItemList, tone: Tone) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        number = self._begin_numbering(block.first) if block.ordered else None
        for item in block.items:
            paragraph = self._write_paragraph(item, style, tone)
            if number is not None:
                properties = _open_numbering(paragraph._p.get_or_add_pPr())
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number

    def _begin_numbering(self, first: int) -> int:
        """The number of a list of its own, which counts from ``first``: one style counts through."""
        numbering = self._word.part.numbering_part.element
        style = self._word.styles.get_by_id("ListNumber", WD_STYLE_TYPE.PARAGRAPH)
        of_style = style.element.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(of_style).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(first)
        return int(number.numId)

    def _write_grid(self, grid: Grid) -> None:
        if not grid.columns:
            return
        if grid.caption:
            self._word.add_paragraph(
                Run(grid.caption).shown, "Caption"
            ).paragraph_format.keep_with_next = True
        table = self._word.add_table(rows=0, cols=grid.columns, style="Table Grid")
        for column, share in zip(table.columns, grid.widths, strict=False):
            column.width = self._share_width(grid, share)
        table.autofit = not grid.widths
        if grid.head:
            self._write_row(table, grid, tuple(Cell(name) for name in grid.head), head=True)
        for row in grid.rows:
            self._write_row(table, grid, row, head=False)
        self._word.add_paragraph().paragraph_format.space_after = Pt(0)

    def _write_row(self, table: WordTable, grid: Grid, cells: tuple[Cell, ...], head: bool) -> None:
        row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx does not say.
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, written) in enumerate(zip(cells, row.cells, strict=True)):
            names = head or (grid.row_heads and place == 0)
            self._write_cell(written, cell, names)
            if grid.widths:
                written.width = self._share_width(grid, grid.widths[place])

    def _share_width(self, grid: Grid, share: int) -> Length:
        section = self._word.sections[0]
        wide = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        return Length(wide * share // sum(grid.widths))

    def _write_cell(self, written: _Cell, cell: Cell, names: bool) -> None:
        paragraph = written.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        self._write_runs(paragraph, cell.runs)
        for run in paragraph.runs:
            run.font.size = Pt(9)
            run.bold = True if names else run.bold
        ground = GROUNDS[cell.tone] or (HEAD_GROUND if names else "")
        if ground:
            _set_ground(written._tc.get_or_add_tcPr(), ground)

    def _write_runs(self, paragraph: WordParagraph, parts: Runs, anchor: str = "") -> None:
        if anchor:
            self._bookmarks += 1
            _add_mark(paragraph, "w:bookmarkStart", self._bookmarks, anchor)
        for part in parts:
            run = paragraph.add_run(part.shown)
            run.bold, run.italic = part.bold or None, part.italic or None
            run.font.superscript = part.superscript or None
            if part.language is not None:
                _set_language(run, part.language)
            if part.target:
                self._link(paragraph, run, part.target)
        if anchor:
            _add_mark(paragraph, "w:bookmarkEnd", self._bookmarks)

    def _link(self, paragraph: WordParagraph, run: WordRun, target: str) -> None:
        link = OxmlElement("w:hyperlink")
        if target.startswith("#"):
            link.set(qn("w:anchor"), target[1:])
        else:
            part = self._word.part
            link.set(qn("r:id"), part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        color = run._r.get_or_add_rPr().get_or_add_color()
        color.set(qn("w:val"), _LINK_BLUE)
        link.append(run._r)
        paragraph._p.append(link)


def _open_numbering(properties: Any) -> Any:
    """The element that names a paragraph's list; python-docx does not tell its type."""
    return properties.get_or_add_numPr()


def _add_mark(paragraph: WordParagraph, tag: str, number: int, name: str = "") -> None:
    mark = OxmlElement(tag)
    mark.set(qn("w:id"), str(number))
    if name:
        mark.set(qn("w:name"), name)
    paragraph._p.append(mark)


def _set_ground(properties: BaseOxmlElement, color: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), color)
    properties.append(shading)


def _set_language(run: WordRun, language: Language) -> None:
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), TAGS[language])
    spoken.set(qn("w:eastAsia"), TAGS[Language.JA])
    run._r.get_or_add_rPr().append(spoken)


def _strip_times(written: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written)) as package,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as stripped,
    ):
        for name in package.namelist():
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            stripped.writestr(info, package.read(name))
    return buffer.getvalue()
