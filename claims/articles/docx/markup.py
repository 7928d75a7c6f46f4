"""The comments and tracked changes of a Word file, counted, and the first of each in words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from claims.articles.decoding import drop_controls
from claims.articles.docx.changes import MOST_CHARACTERS, Changes
from claims.articles.docx.package import list_parts
from claims.articles.docx.words import PARAGRAPH, list_inside, read_words
from claims.records.markup import Markup, MarkupEntry, MarkupKind
from claims.text.invisible import drop_invisible

# Nobody reads a longer list; what it leaves out is counted.
_MOST_LISTED = 1_000
_LONGEST_TEXT, _LONGEST_AUTHOR = 300, 100


def read_markup(document: WordDocument, notes: Iterable[etree._Element]) -> Markup:
    """What is open in the body, the headers, the footers and the parts with ``notes``.

    A reply is a comment of its own. Raises ``ArticleError`` like ``list_parts``.
    """
    comments = [
        comment
        for part in list_parts(document, RELATIONSHIP_TYPE.COMMENTS)
        for comment in part.iterchildren(qn("w:comment"))
    ]
    changes = Changes(_MOST_LISTED)
    for part in (
        document.element.body,
        *notes,
        *list_parts(document, RELATIONSHIP_TYPE.HEADER),
        *list_parts(document, RELATIONSHIP_TYPE.FOOTER),
    ):
        changes.read(part)
    told = [
        _tell(MarkupKind.COMMENT, comment.get(qn("w:author"), ""), _read(comment))
        for comment in islice(comments, _MOST_LISTED)
    ]
    told += [_tell(change.kind, change.author, change.words) for change in changes.listed]
    return Markup(len(comments), changes.count, tuple(told))


def _read(comment: etree._Element) -> str:
    return " ".join(map(read_words, list_inside(comment, PARAGRAPH)))


def _tell(kind: MarkupKind, author: str, words: str) -> MarkupEntry:
    return MarkupEntry(kind, _shorten(author, _LONGEST_AUTHOR), _shorten(words, _LONGEST_TEXT))


def _shorten(words: str, most: int) -> str:
    """Words on one line as a reader sees them, at most so many characters."""
    line = " ".join(drop_controls(drop_invisible(words[:MOST_CHARACTERS])).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
