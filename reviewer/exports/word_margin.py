"""What stands in the margin of a Word file, and its open changes, taken out before others read the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from lxml import etree

_RANGES = (qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference"))
_GONE = (qn("w:del"), qn("w:moveFrom"))
_STAYS = (qn("w:ins"), qn("w:moveTo"))
_FORMER = tuple(
    qn(f"w:{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "tblPrEx")
)
_MARKS = tuple(
    qn(f"w:{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlDel", "customXmlIns")
    for end in ("Start", "End")
)
# Comments, which are answers, when they were said, and by whom.
_COMMENT_KINDS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
# Where words of the article may stand.
_WORDED = ("document", "header", "footer", "footnotes", "endnotes")


def clear_margin(word: WordFile) -> None:
    """The file as it is to be read by anybody: no comment, no name of who wrote it, each change accepted."""
    for relation in list(word.part.rels.values()):
        if relation.reltype.rsplit("/", 1)[-1] in _COMMENT_KINDS:
            del word.part.rels[relation.rId]
    for part in word.part.package.iter_parts():
        if str(part.content_type).startswith(
            "application/vnd.openxmlformats-officedocument.wordprocessingml"
        ):
            _change(part, _accept)
    told = word.core_properties
    told.author = told.last_modified_by = told.comments = ""


def drop_comments(word: WordFile, initials: str) -> None:
    """Take out the comments that bear these initials; what answers them is left to stand by itself."""
    gone: set[str] = set()
    for relation in word.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.COMMENTS and not relation.is_external:
            _change(relation.target_part, lambda root: gone.update(_drop_own(root, initials)))
    for element in [one for one in word.element.body.iter(*_RANGES) if one.get(qn("w:id")) in gone]:
        _remove(element)


def _drop_own(root: etree._Element, initials: str) -> set[str]:
    own = [one for one in root.iter(qn("w:comment")) if one.get(qn("w:initials"), "") == initials]
    numbers = {one.get(qn("w:id"), "") for one in own}
    for one in own:
        _remove(one)
    return numbers


def _change(part: Part, change: Callable[[Any], object]) -> None:
    """Change the elements of a part, whether or not the library reads it as such."""
    if isinstance(part, XmlPart):
        change(part.element)
    elif part.content_type.endswith("+xml") and part.blob:
        root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        change(root)
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _accept(root: etree._Element) -> None:
    """Accept every open change below ``root``, and leave no mark of a comment."""
    for element in list(root.iter(*_GONE, *_FORMER, *_MARKS, *_RANGES)):
        _remove(element)
    for element in list(root.iter(*_STAYS)):
        parent = element.getparent()
        if parent is not None:
            at = parent.index(element)
            parent[at : at + 1] = list(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
