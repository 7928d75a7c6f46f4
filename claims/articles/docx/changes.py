"""The tracked changes of a Word file that nobody has accepted or rejected yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from claims.articles.docx.words import PARAGRAPH, TEXT_BOX, list_children
from claims.records.markup import MarkupKind

# What stands round changed words, and in the properties of what was changed as a whole.
_WRAPPERS = {
    qn("w:ins"): MarkupKind.INSERTION,
    qn("w:del"): MarkupKind.DELETION,
    qn("w:moveFrom"): MarkupKind.MOVE,
    qn("w:moveTo"): MarkupKind.MOVE,
}
_KINDS = {
    **_WRAPPERS,
    qn("w:cellIns"): MarkupKind.INSERTION,
    qn("w:cellDel"): MarkupKind.DELETION,
    **{
        qn(f"w:{changed}Change"): MarkupKind.FORMATTING
        for changed in ("numbering", "rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr")
    },
    qn("w:cellMerge"): MarkupKind.FORMATTING,
}
_OF_CONTENT = (*_WRAPPERS, qn("w:cellIns"), qn("w:cellDel"))
_OF_WORDS = (*_OF_CONTENT, qn("w:rPrChange"))
_PROPERTIES = tuple(
    map(qn, ("w:rPr", "w:pPr", "w:tblPr", "w:tblPrEx", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr"))
)
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RUNS = (qn("w:r"), f"{_MATH}r")
_WORDS = (qn("w:t"), qn("w:delText"), f"{_MATH}t")
_UNVISITED = {*_PROPERTIES, *_WORDS, qn("w:rt")}
_ROW, _CELL, _COMMENT_MARK = qn("w:tr"), qn("w:tc"), qn("w:commentReference")
_RANGE_STARTS = {qn(f"w:{side}RangeStart"): qn(f"w:{side}") for side in ("moveFrom", "moveTo")}
_RANGE_ENDS = {qn(f"w:{side}RangeEnd"): qn(f"w:{side}") for side in ("moveFrom", "moveTo")}
MOST_CHARACTERS = 1_000

_Key = tuple[str, str, str]


@dataclass(slots=True)
class Change:
    """One change, with the first of its words as they are written; ``tag`` is the mark that it began with."""

    kind: MarkupKind
    author: str
    tag: str
    words: str = ""

    def add(self, mark: etree._Element, words: str) -> None:
        """Let the change reach over more words. What was moved has its words from one of its two places."""
        if self.kind is not MarkupKind.MOVE or mark.tag == self.tag:
            self.words = (self.words + words)[:MOST_CHARACTERS]


class Changes:
    """The changes of the parts that were read: ``count`` of all, and the first ``most`` of them.

    Marks of one kind, author and moment that follow each other are one change: words and ends of
    paragraphs on each other, paragraphs, cells and rows as wholes each on their like. The two places of a
    move are one change; without the name that pairs them, the next ones of one author and moment are.
    """

    def __init__(self, most: int) -> None:
        self.count = 0
        self.listed: list[Change] = []
        self._most = most
        self._open: dict[str, dict[_Key, Change]] = {}
        self._paragraph = ""
        self._names: dict[str, str] = {}
        self._moves: dict[tuple[str, str, int], Change] = {}
        self._unnamed: Counter[_Key] = Counter()

    def read(self, part: etree._Element) -> None:
        """Take the changes of a part in: the body, a header, the footnotes."""
        if next(part.iter(*_KINDS), None) is not None:
            self._open = {}
            self._visit(part, {})

    def _visit(self, element: etree._Element, around: Mapping[str, etree._Element]) -> None:
        """Take what is marked by ``element``, in it, and by what stands ``around`` it."""
        tag = element.tag
        marks = [] if tag in _WRAPPERS else list(_list_marks(element))
        if tag in _WRAPPERS:
            around = {**around, tag: element}
        elif tag in (_ROW, _CELL):
            around = {**around, **{mark.tag: mark for mark in marks if mark.tag in _OF_CONTENT}}
        elif tag in _RUNS:
            self._take_run(element, [*around.values(), *marks])
        elif tag == PARAGRAPH:
            self._paragraph = ""
        else:
            self._follow_range(element)
        for child in list_children(element):
            if child.tag == TEXT_BOX:
                self._visit_apart(child)
            elif child.tag not in _UNVISITED:
                self._visit(child, around)
        if tag == PARAGRAPH:
            self._take("", [*around.values(), *(mark for mark in marks if mark.tag in _OF_WORDS)], " ")
        whole = [mark for mark in marks if mark.tag not in _OF_WORDS]
        if whole or tag in self._open:
            self._take(tag, whole, self._paragraph if tag == PARAGRAPH else "")

    def _visit_apart(self, box: etree._Element) -> None:
        """Take the changes in a text box, which neither go on from the words round it nor on into them."""
        outside, self._open, paragraph = self._open, {}, self._paragraph
        self._visit(box, {})
        self._open, self._paragraph = outside, paragraph

    def _follow_range(self, element: etree._Element) -> None:
        """Keep the name that pairs the places of a move while its range lasts."""
        if side := _RANGE_STARTS.get(element.tag):
            self._names[side] = element.get(qn("w:name"), "")
        elif side := _RANGE_ENDS.get(element.tag):
            self._names.pop(side, None)

    def _take_run(self, run: etree._Element, marks: Iterable[etree._Element]) -> None:
        """Take a run of words; the mark of a comment is none, and parts no change."""
        if run.find(_COMMENT_MARK) is None:
            words = "".join(piece.text or "" for piece in run.iterchildren(*_WORDS))
            self._paragraph = (self._paragraph + words)[:MOST_CHARACTERS]
            self._take("", marks, words)

    def _take(self, level: str, marks: Iterable[etree._Element], words: str) -> None:
        """Let the changes that end here end, those that are marked again go on, and others begin."""
        before, now = self._open.get(level, {}), dict[_Key, Change]()
        for mark in marks:
            kind, author, date = _KINDS[mark.tag], mark.get(qn("w:author"), ""), mark.get(qn("w:date"), "")
            key = (mark.tag if kind is MarkupKind.MOVE else kind, author, date)
            if key not in now:
                now[key] = before.get(key) or self._begin(mark, key)
                now[key].add(mark, words)
        self._open[level] = now

    def _begin(self, mark: etree._Element, key: _Key) -> Change:
        kind, author = _KINDS[mark.tag], key[1]
        if kind is not MarkupKind.MOVE:
            return self._add(Change(kind, author, mark.tag))
        if name := self._names.get(mark.tag):
            place = ("", name, 0)
        else:
            self._unnamed[key] += 1
            place = (*key[1:], self._unnamed[key])
        if place not in self._moves:
            self._moves[place] = self._add(Change(kind, author, mark.tag))
        return self._moves[place]

    def _add(self, change: Change) -> Change:
        self.count += 1
        if len(self.listed) < self._most:
            self.listed.append(change)
        return change


def _list_marks(element: etree._Element) -> Iterator[etree._Element]:
    """The marks of changes in the properties of an element, without what it had been like before them."""
    for properties in element.iterchildren(*_PROPERTIES):
        yield from _find_marks(properties)


def _find_marks(properties: etree._Element) -> Iterator[etree._Element]:
    for child in properties:
        if child.tag in _KINDS:
            yield child
        else:
            yield from _find_marks(child)
