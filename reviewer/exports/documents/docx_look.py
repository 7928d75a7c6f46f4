"""How a Word document of ours looks: fonts for Japanese, language, page numbers, the stamp on each page."""

from __future__ import annotations

from datetime import UTC, datetime

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from claims.records.article import Language
from reviewer.exports.documents.model import Document, Run

_LATIN, _EAST_ASIAN = "Arial", "Yu Gothic"
TAGS = {Language.JA: "ja-JP", Language.EN: "en-GB"}
_INK, _WARNING = RGBColor(0x1C, 0x1C, 0x1C), RGBColor(0x8F, 0x1D, 0x17)
# In points; the title is above every heading.
_SIZES = {"Title": 20, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11, "Heading 4": 10.5, "Caption": 9.5}
_BODY_SIZE = 10.5


def set_look(word: WordFile, document: Document) -> None:
    """Give the file its page, its styles, and what it says of itself."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    _set_styles(word)
    _set_properties(word, document)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(footer, "PAGE")
    footer.add_run(" / ")
    _add_field(footer, "NUMPAGES")
    if document.stamp:
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        stamp = header.add_run(Run(document.stamp).shown)
        stamp.bold, stamp.font.color.rgb = True, _WARNING


def _set_styles(word: WordFile) -> None:
    root = word.styles.element
    for fonts in root.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script, name in (
            ("w:ascii", _LATIN),
            ("w:hAnsi", _LATIN),
            ("w:cs", _LATIN),
            ("w:eastAsia", _EAST_ASIAN),
        ):
            fonts.set(qn(script), name)
    for spoken in root.iter(qn("w:lang")):
        # Of Latin letters: were they Japanese, their words would be broken anywhere.
        spoken.set(qn("w:val"), TAGS[Language.EN])
        spoken.set(qn("w:eastAsia"), TAGS[Language.JA])
    for name, size in ({"Normal": _BODY_SIZE} | _SIZES).items():
        style = word.styles[name]
        if isinstance(style, ParagraphStyle):
            style.font.size, style.font.color.rgb = Pt(size), _INK
            # Japanese has no slanted letters.
            style.font.italic = False
    normal = word.styles["Normal"]
    if isinstance(normal, ParagraphStyle):
        normal.paragraph_format.space_after = Pt(6)
    quote = word.styles["Quote"]
    if isinstance(quote, ParagraphStyle):
        quote.font.italic, quote.paragraph_format.left_indent = False, Mm(6)


def _set_properties(word: WordFile, document: Document) -> None:
    told = word.core_properties
    told.title = Run(document.title).shown[:255]
    told.author = "; ".join(Run(name).shown for name in document.authors)[:255]
    told.keywords = ", ".join(Run(word).shown for word in document.keywords)[:255]
    told.language = TAGS[document.language]
    told.comments = told.last_modified_by = ""
    made = document.made_at or datetime(2000, 1, 1, tzinfo=UTC)
    told.created = told.modified = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _add_field(paragraph: WordParagraph, instruction: str) -> None:
    """A field that Word and LibreOffice count themselves."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    number = paragraph.add_run("1")
    field.append(number._r)
    paragraph._p.append(field)
