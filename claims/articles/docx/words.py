"""The words of a Word paragraph: without deletions, furigana and field codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docx.oxml.ns import qn
from lxml import etree

from claims.articles.sheet import raise_figures
from claims.references import write_link

TEXT_BOX = qn("w:txbxContent")
PARAGRAPH, TABLE = qn("w:p"), qn("w:tbl")
_WORDS = (qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_BREAKS = (qn("w:br"), qn("w:cr"))
LINK = qn("w:hyperlink")
# Where ``name_links`` writes what a link leads to.
LEADS_TO = "leads-to"
NOTE_MARKS = (qn("w:footnoteReference"), qn("w:endnoteReference"))
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_UNREAD = (
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:rt"),
    qn("w:pPr"),
    qn("w:instrText"),
    qn("w:delText"),
)


# What tells in the properties of a row or a cell that it was deleted.
_DELETED_BY = {
    qn("w:tr"): f"{qn('w:trPr')}/{qn('w:del')}",
    qn("w:tc"): f"{qn('w:tcPr')}/{qn('w:cellDel')}",
}


def leave_out_mark(_: etree._Element) -> str:
    """The mark of a note where it is no part of the words."""
    return ""


def read_words(
    paragraph: etree._Element, write_mark: Callable[[etree._Element], str] = leave_out_mark
) -> str:
    """The words of a paragraph, marks of notes as ``write_mark`` has them.

    Those of text boxes that hang on it are not among them.
    """
    parts: list[str] = []
    _gather(paragraph, parts, write_mark)
    return "".join(parts)


def list_words(element: etree._Element) -> Iterator[etree._Element]:
    """The elements that hold the words of runs, in order: of what is read, and of nothing twice."""
    for child in list_children(element):
        if is_unread(child):
            continue
        if child.tag == _WORDS[0] and element.tag == qn("w:r"):
            yield child
        else:
            yield from list_words(child)


def list_blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables directly in ``parent``, in order, wrappers looked through."""
    return list_inside(parent, PARAGRAPH, TABLE)


def join_blocks(parent: etree._Element) -> Iterator[list[etree._Element]]:
    """The blocks of ``list_blocks``: each alone, or paragraphs that are one once changes are accepted.

    A paragraph whose end was deleted, or moved away, goes on in the next one.
    """
    joined: list[etree._Element] = []
    for block in list_blocks(parent):
        if joined and block.tag != PARAGRAPH:
            yield joined
            joined = []
        joined.append(block)
        if block.tag != PARAGRAPH or not _goes_on(block):
            yield joined
            joined = []
    if joined:
        yield joined


def list_text_boxes(block: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes that hang on a paragraph or stand in a table."""
    return list_inside(block, TEXT_BOX)


def list_note_marks(block: etree._Element) -> Iterator[etree._Element]:
    """The marks of footnotes and endnotes in a block; those in its text boxes are not among them."""
    return (found for found in list_inside(block, TEXT_BOX, *NOTE_MARKS) if found.tag != TEXT_BOX)


def list_inside(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """What has one of these tags in ``parent`` and is read, in order, without what stands inside it."""
    for child in list_children(parent):
        if child.tag in tags:
            yield child
        elif not is_unread(child):
            yield from list_inside(child, *tags)


def list_children(parent: etree._Element) -> Iterator[etree._Element]:
    """The children of an element; of alternatives, all alike, the first that has words or had some."""
    if parent.tag != _ALTERNATIVES:
        return iter(parent)
    return iter(
        [branch for branch in parent if next(branch.iter(*_WORDS, qn("w:delText")), None) is not None][:1]
    )


def is_switched_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a property that is on or off is on: it is when it stands there without saying no."""
    switch = properties.find(qn(name)) if properties is not None else None
    return switch is not None and switch.get(qn("w:val"), "1") not in ("0", "false", "off")


def read_own_mark(mark: etree._Element) -> str:
    """The words behind a note's mark that are the mark itself, as a star; "" where notes are numbered."""
    run = mark.getparent()
    if run is None or mark.get(qn("w:customMarkFollows"), "0") in ("0", "false", "off"):
        return ""
    return "".join(words.text or "" for words in run.iterchildren(qn("w:t")))


def is_unread(element: etree._Element) -> bool:
    """Whether an element is no part of the text: deleted, hidden, or not words at all."""
    if element.tag in _UNREAD:
        return True
    if element.tag == qn("w:r"):
        return is_switched_on(element.find(qn("w:rPr")), "w:vanish")
    return element.tag in _DELETED_BY and element.find(_DELETED_BY[element.tag]) is not None


def _goes_on(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph is to go."""
    properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return properties is not None and next(properties.iterchildren(*_UNREAD), None) is not None


def _gather(element: etree._Element, parts: list[str], write_mark: Callable[[etree._Element], str]) -> None:
    for child in list_children(element):
        tag = child.tag
        if tag == TEXT_BOX or is_unread(child):
            continue
        if tag in _WORDS:
            parts.append(child.text or "")
        elif tag in _BREAKS:
            parts.append("\n")
        elif tag == qn("w:tab"):
            parts.append(" ")
        elif tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif tag in NOTE_MARKS:
            parts.append(write_mark(child))
        elif tag == qn("w:r"):
            _gather_run(child, parts, write_mark)
        elif tag == LINK:
            inner: list[str] = []
            _gather(child, inner, write_mark)
            parts.append(write_link("".join(inner), child.get(LEADS_TO, "")))
        else:
            _gather(child, parts, write_mark)


def _gather_run(run: etree._Element, parts: list[str], write_mark: Callable[[etree._Element], str]) -> None:
    own = [mark for mark in run.iterchildren(*NOTE_MARKS) if read_own_mark(mark)]
    if own:
        parts.extend(map(write_mark, own))
        return
    inner: list[str] = []
    _gather(run, inner, write_mark)
    words = "".join(inner)
    properties = run.find(qn("w:rPr"))
    raised = properties.find(qn("w:vertAlign")) if properties is not None else None
    is_raised = raised is not None and raised.get(qn("w:val")) == "superscript"
    parts.append(raise_figures("".join(parts[-1:]), words) if is_raised else words)
