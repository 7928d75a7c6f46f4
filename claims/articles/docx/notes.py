"""The footnotes and endnotes of a Word file, each handed out once: where its mark first stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from claims.articles.docx.links import name_links
from claims.articles.docx.package import find_part, find_relationships
from claims.articles.docx.words import list_note_marks, read_own_mark

_PARTS = (
    (qn("w:footnoteReference"), RELATIONSHIP_TYPE.FOOTNOTES, qn("w:footnote")),
    (qn("w:endnoteReference"), RELATIONSHIP_TYPE.ENDNOTES, qn("w:endnote")),
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its place among the notes of the text, from 1, and the mark its author chose or ""."""

    element: etree._Element
    number: int
    own_mark: str


class Notes:
    """The notes that were not handed out yet. ``parts`` are the roots that hold them.

    The lines that part notes from the page are none. Raises ``ArticleError`` like ``find_part``.
    """

    def __init__(self, document: WordDocument) -> None:
        self.parts: list[etree._Element] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._notes: dict[tuple[str, str], etree._Element] = {}
        for mark, kind, tag in _PARTS:
            root = find_part(document, kind)
            if root is None:
                continue
            name_links(root, find_relationships(document, kind))
            self.parts.append(root)
            for note in root.iterchildren(tag):
                if note.get(qn("w:type"), "normal") == "normal":
                    self._notes[mark, note.get(qn("w:id"), "")] = note
        self._known = frozenset(self._notes)

    def write_mark(self, mark: etree._Element) -> str:
        """The mark of a note as it stands in canonical text; "" where there is no such note."""
        key = _name_note(mark)
        return f"[^note-{self._count(key)}]" if key in self._known else ""

    def take(self, block: etree._Element) -> Iterator[Note]:
        """The notes whose marks stand in ``block``, in order."""
        for mark in list_note_marks(block):
            element = self._notes.pop(_name_note(mark), None)
            if element is not None:
                yield Note(element, self._count(_name_note(mark)), read_own_mark(mark))

    def _count(self, key: tuple[str, str]) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)


def _name_note(mark: etree._Element) -> tuple[str, str]:
    return str(mark.tag), mark.get(qn("w:id"), "")
