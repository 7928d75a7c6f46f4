"""The marks put into the Word file that the article came as, with its styles, pictures and tables."""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import accumulate
from typing import Any

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from claims.articles.docx.package import open_package
from claims.articles.docx.words import is_unread, list_children
from claims.articles.letters import Letters
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
from reviewer.i18n import translator

_WORDS, _RUN, _PROPERTIES = qn("w:t"), qn("w:r"), qn("w:rPr")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def insert_into_word_file(
    article: CitedArticle, raw: bytes, occasion: Occasion
) -> tuple[bytes, tuple[Mark, ...]]:
    """The file with marks and evidence, and the marks whose place could not be told.

    Raises ``ArticleError`` like ``open_package``.
    """
    publication = article.publication
    version = publication.version.article
    word = open_package(raw)
    words = list(_list_words(word.element.body))
    unplaced = tuple(_put_marks(article, words))
    for block in list_evidence(article, occasion, unplaced):
        _add_block(word, block)
    if stamp := write_stamp(publication.state, translator(version.language.value)):
        face = word.add_paragraph()
        face.add_run(stamp).bold = True
        word.element.body.insert(0, face._p)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue(), unplaced


def _put_marks(article: CitedArticle, words: Sequence[Any]) -> Iterator[Mark]:
    """Put each mark behind its sentence; yield those that have no place. The last are put first."""
    texts = [element.text or "" for element in words]
    ends = list(accumulate(map(len, texts)))
    letters = Letters(
        (text, range(end - len(text) + 1, end + 1)) for text, end in zip(texts, ends, strict=True)
    )
    without = "。．" if article.publication.version.article.language is Language.JA else ""
    placed: list[tuple[int, int, str]] = []
    for number, mark in enumerate(article.marks):
        place = letters.find_end(mark.claim.claim.text, without)
        if place is None:
            yield mark
        else:
            placed.append((place, number, mark.label))
    for place, _, label in sorted(placed, reverse=True):
        at = bisect_left(ends, place)
        _put_behind(words[at], place - (ends[at] - len(texts[at])), label)


def _put_behind(words: Any, offset: int, label: str) -> None:
    """Put a raised run behind the first ``offset`` signs of a run's words."""
    run = words.getparent()
    mark: Any = OxmlElement("w:r")
    if (properties := run.find(_PROPERTIES)) is not None:
        mark.append(deepcopy(properties))
    rest = _cut_off(run, words, offset)
    if rest is not None:
        run.addnext(rest)
    run.addnext(mark)
    raised = mark.get_or_add_rPr()
    for former in raised.findall(qn("w:vertAlign")):
        raised.remove(former)
    raised.superscript = True
    mark.text = label


def _cut_off(run: Any, words: Any, offset: int) -> Any | None:
    """A run of what stands behind the first ``offset`` signs of ``words``; ``None`` for nothing."""
    behind = list(words.itersiblings())
    text = words.text or ""
    if offset >= len(text) and not behind:
        return None
    rest = OxmlElement("w:r")
    if (properties := run.find(_PROPERTIES)) is not None:
        rest.append(deepcopy(properties))
    if offset < len(text):
        tail = deepcopy(words)
        tail.text, words.text = text[offset:], text[:offset]
        for part in (tail, words):
            part.set(_SPACE, "preserve")
        rest.append(tail)
    for element in behind:
        rest.append(element)
    return rest


def _list_words(element: etree._Element) -> Iterator[etree._Element]:
    """The words of runs that are read, in order: none that was deleted, or that stands there twice."""
    for child in list_children(element):
        if is_unread(child):
            continue
        if child.tag == _WORDS and element.tag == _RUN:
            yield child
        else:
            yield from _list_words(child)


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
