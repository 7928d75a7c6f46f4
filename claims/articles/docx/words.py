"""The words of a Word paragraph: insertions kept, deletions, furigana and field codes left out."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

from claims.articles.sheet import raise_figures

TEXT_BOX = qn("w:txbxContent")
PARAGRAPH, TABLE = qn("w:p"), qn("w:tbl")
_WORDS = (qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_BREAKS = (qn("w:br"), qn("w:cr"))
# Fallback repeats for older readers what Choice has said.
_UNREAD = (
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:rt"),
    qn("w:pPr"),
    qn("w:instrText"),
    qn("w:delText"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)


def read_words(paragraph: etree._Element) -> str:
    """The words of a paragraph; those of text boxes that hang on it are not among them."""
    parts: list[str] = []
    _gather(paragraph, parts)
    return "".join(parts)


def list_blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables directly in ``parent``, in order, wrappers looked through."""
    for child in parent:
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif child.tag not in _UNREAD:
            yield from list_blocks(child)


def list_text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes that hang on a paragraph."""
    for child in paragraph:
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag not in _UNREAD:
            yield from list_text_boxes(child)


def is_switched_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a property that is on or off is on: it is when it stands there without saying no."""
    switch = properties.find(qn(name)) if properties is not None else None
    return switch is not None and switch.get(qn("w:val"), "1") not in ("0", "false", "off")


def _gather(element: etree._Element, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in _UNREAD or tag == TEXT_BOX:
            continue
        if tag in _WORDS:
            parts.append(child.text or "")
        elif tag in _BREAKS:
            parts.append("\n")
        elif tag == qn("w:tab"):
            parts.append(" ")
        elif tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif tag == qn("w:r"):
            _gather_run(child, parts)
        else:
            _gather(child, parts)


def _gather_run(run: etree._Element, parts: list[str]) -> None:
    properties = run.find(qn("w:rPr"))
    if is_switched_on(properties, "w:vanish"):
        return
    inner: list[str] = []
    _gather(run, inner)
    words = "".join(inner)
    raised = properties.find(qn("w:vertAlign")) if properties is not None else None
    is_raised = raised is not None and raised.get(qn("w:val")) == "superscript"
    parts.append(raise_figures("".join(parts[-1:]), words) if is_raised else words)
