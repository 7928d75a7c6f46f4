"""What the styles and the numbering of a Word file say of a paragraph: heading, list, contents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from claims.articles.docx.package import find_part

_HEADING = re.compile(r"(?:heading|見出し)\s*([1-9])", re.IGNORECASE)
_TITLES = {"title": 1, "表題": 1, "subtitle": 2, "副題": 2}
_CONTENTS = re.compile(r"(?:toc|目次)\b.*|table of (?:contents|figures)", re.IGNORECASE)
_LONGEST_CHAIN = 12
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph stands in a list: how deep, from 0, and its number ("None": a bullet)."""

    depth: int
    number: int | None


class Styles:
    """Reads paragraphs by their properties and the styles behind them."""

    def __init__(self, document: WordDocument) -> None:
        styles = document.styles.element
        self._styles: dict[str, etree._Element] = {
            style.get(qn("w:styleId"), ""): style for style in styles.iter(qn("w:style"))
        }
        self._formats = _read_formats(document)
        self._counts: defaultdict[tuple[str, int], int] = defaultdict(int)

    def find_heading(self, paragraph: etree._Element) -> int | None:
        """The level of a heading, 1 to 6; ``None`` for what is none."""
        for properties, name in self._chain(paragraph):
            if (level := _TITLES.get(name.lower())) is not None:
                return level
            if found := _HEADING.fullmatch(name):
                return min(int(found.group(1)), 6)
            if (written := _value(properties, "w:outlineLvl")) is not None and written.isdecimal():
                return min(int(written) + 1, 6) if int(written) < _BODY_LEVEL else None
        return None

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is a line of a table of contents."""
        return any(_CONTENTS.fullmatch(name) for _, name in self._chain(paragraph))

    def find_list_place(self, paragraph: etree._Element) -> ListPlace | None:
        """The place in a list, counted on by this call; ``None`` for a paragraph of its own."""
        numbering, depth = None, 0
        for properties, _ in self._chain(paragraph):
            if numbering is None:
                numbering = _value(properties, "w:numPr/w:numId")
                written = _value(properties, "w:numPr/w:ilvl") or "0"
                depth = min(int(written), 8) if written.isdecimal() else 0
        if numbering is None or numbering == "0":
            return None
        for deeper in range(depth + 1, _BODY_LEVEL):
            self._counts.pop((numbering, deeper), None)
        self._counts[numbering, depth] += 1
        is_bullet = self._formats.get((numbering, depth), "bullet") in ("bullet", "none")
        return ListPlace(depth, None if is_bullet else self._counts[numbering, depth])

    def _chain(self, paragraph: etree._Element) -> Iterator[tuple[etree._Element | None, str]]:
        """The properties of a paragraph, then those of its style and of the styles that is based on."""
        properties = paragraph.find(qn("w:pPr"))
        yield properties, ""
        style = self._styles.get(_value(properties, "w:pStyle") or "")
        for _ in range(_LONGEST_CHAIN):
            if style is None:
                return
            yield style.find(qn("w:pPr")), (_value(style, "w:name") or "").strip()
            style = self._styles.get(_value(style, "w:basedOn") or "")


def _read_formats(document: WordDocument) -> dict[tuple[str, int], str]:
    """Number format by list and depth, as ``decimal`` or ``bullet``."""
    numbering = find_part(document, RELATIONSHIP_TYPE.NUMBERING)
    if numbering is None:
        return {}
    abstract = {
        number.get(qn("w:abstractNumId")): {
            level.get(qn("w:ilvl")): _value(level, "w:numFmt") or "" for level in number.iter(qn("w:lvl"))
        }
        for number in numbering.iter(qn("w:abstractNum"))
    }
    return {
        (number.get(qn("w:numId"), ""), int(depth)): form
        for number in numbering.iter(qn("w:num"))
        for depth, form in abstract.get(_value(number, "w:abstractNumId"), {}).items()
        if depth and depth.isdecimal()
    }


def _value(element: etree._Element | None, path: str) -> str | None:
    """The ``w:val`` at a path of tags below an element."""
    for tag in path.split("/"):
        element = element.find(qn(tag)) if element is not None else None
    return element.get(qn("w:val")) if element is not None else None
