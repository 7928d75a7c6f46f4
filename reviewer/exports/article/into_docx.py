"""The marks put into the Word file that the article came as, with its styles, pictures and tables."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from claims.articles.docx.package import open_package
from claims.records.article import Language
from reviewer.exports.article.citing import CitedArticle, Mark
from reviewer.exports.article.evidence import Occasion, list_evidence, write_stamp
from reviewer.exports.documents.model import (
    Block,
    Heading,
    ItemList,
    Note,
    Paragraph,
    ParagraphKind,
    Run,
    Runs,
)
from reviewer.exports.word_margin import clear_margin
from reviewer.exports.word_text import WordText
from reviewer.i18n import translator


def insert_into_word_file(
    article: CitedArticle, raw: bytes, occasion: Occasion
) -> tuple[bytes, tuple[Mark, ...]]:
    """The file with marks and evidence, and the marks whose place could not be told.

    Raises ``ArticleError`` like ``open_package``.
    """
    publication = article.publication
    version = publication.version.article
    word = open_package(raw)
    # What reviewers and editors wrote in the margin is not for who reads the article.
    clear_margin(word)
    unplaced = tuple(_put_marks(article, WordText(word)))
    for block in list_evidence(article, occasion, unplaced):
        _add_block(word, block)
    if stamp := write_stamp(publication.state, translator(version.language.value)):
        face = word.add_paragraph()
        face.add_run(stamp).bold = True
        word.element.body.insert(0, face._p)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue(), unplaced


def _put_marks(article: CitedArticle, words: WordText) -> Iterator[Mark]:
    """Put each mark behind its sentence; yield those that have no place. The last are put first."""
    without = "。．" if article.publication.version.article.language is Language.JA else ""
    placed: list[tuple[int, int, str]] = []
    for number, mark in enumerate(article.marks):
        place = words.find_end(mark.claim.claim.text, without)
        if place is None:
            yield mark
        else:
            placed.append((place, number, mark.label))
    for place, _, label in sorted(placed, reverse=True):
        words.put_raised(place, label)


def _add_block(word: WordFile, block: Block) -> None:
    """Add a block at the end, in a style of the file's own where it has one."""
    match block:
        case Heading():
            name = f"Heading {block.level}"
            has_style = any(
                style.name == name for style in word.styles if style.type == WD_STYLE_TYPE.PARAGRAPH
            )
            _add_runs(word.add_paragraph(style=name if has_style else None), block.runs, bold=not has_style)
        case Paragraph():
            _add_runs(word.add_paragraph(), block.runs, small=block.kind is ParagraphKind.SMALL)
        case Note() | ItemList():
            for inside in block.blocks if isinstance(block, Note) else block.items:
                _add_block(word, inside)


def _add_runs(paragraph: WordParagraph, parts: Runs, bold: bool = False, small: bool = False) -> None:
    for part in parts:
        run = paragraph.add_run(Run(part.text).shown)
        run.bold = part.bold or bold or None
        if small:
            run.font.size = Pt(9)
