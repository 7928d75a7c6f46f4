"""The comments in a Word file: who said what of which words, and what was answered.

Word keeps an answer as a comment of its own, and in ``commentsExtended`` whose answer it is and whether the
thread is done, by the number of a comment's last paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import accumulate

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from claims.articles.decoding import drop_controls
from claims.articles.docx.package import find_part, list_parts, open_package
from claims.articles.docx.words import PARAGRAPH, list_inside, list_words, read_words
from claims.articles.letters import Letters

_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_START, _END, _MARK = qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference")
_ID = qn("w:id")


@dataclass(frozen=True, slots=True)
class WordComment:
    """One comment. ``initials`` are its author's; ``at`` is ``None`` where the file does not say when."""

    author: str
    text: str
    initials: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WordThread:
    """A comment with its answers, oldest first, on the words from ``start`` to ``end`` (places as in
    ``CommentedFile``); of one that is on no word of the text both are 0. ``is_done``: somebody closed it.
    """

    comment: WordComment
    answers: tuple[WordComment, ...] = ()
    start: int = 0
    end: int = 0
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class CommentedFile:
    """The threads of a file in the order of their words, which are counted by signs.

    ``keeps_threads``: it says which comment answers which. LibreOffice writes answers as comments like any.
    """

    threads: tuple[WordThread, ...]
    letters: Letters
    keeps_threads: bool

    def find(self, words: str) -> tuple[int, int] | None:
        """From which place to which these words stand; ``None`` unless once and only once."""
        found = self.letters.find(words)
        return None if found is None else (found[0] - 1, found[1])


@lru_cache(maxsize=4)
def read_comments(raw: bytes) -> CommentedFile:
    """The comments of a Word file. Raises ``ArticleError`` like ``open_package``."""
    document = open_package(raw)
    words = list(list_words(document.element.body))
    texts = [element.text or "" for element in words]
    ends = list(accumulate(map(len, texts)))
    letters = Letters(
        (text, range(end - len(text) + 1, end + 1)) for text, end in zip(texts, ends, strict=True)
    )
    places = _find_places(document.element.body, dict(zip(words, ends, strict=True)))
    threads = sorted(_list_threads(document, places), key=lambda thread: thread.start)
    return CommentedFile(tuple(threads), letters, find_part(document, _EXTENDED) is not None)


def _find_places(body: etree._Element, ends: Mapping[etree._Element, int]) -> dict[str, tuple[int, int]]:
    """From where to where each comment reaches, by its number."""
    starts: dict[str, int] = {}
    places: dict[str, tuple[int, int]] = {}
    at = 0
    for element in body.iter("*"):
        number = element.get(_ID, "")
        if element in ends:
            at = ends[element]
        elif element.tag == _START:
            starts[number] = at
        elif element.tag in (_END, _MARK):
            # The mark alone stands behind the word that was meant.
            places.setdefault(number, (starts.get(number, max(0, at - 1)), at))
    return places


def _list_threads(document: WordDocument, places: Mapping[str, tuple[int, int]]) -> Iterator[WordThread]:
    comments = [
        comment
        for part in list_parts(document, RELATIONSHIP_TYPE.COMMENTS)
        for comment in part.iterchildren(qn("w:comment"))
    ]
    parents, done = _read_extended(document)
    keys = {comment: _find_key(comment) for comment in comments}
    roots = _find_roots([key for key in keys.values() if key], parents)
    answers: dict[str, list[WordComment]] = {}
    for comment, key in keys.items():
        if key and roots[key] != key:
            answers.setdefault(roots[key], []).append(_read(comment))
    for comment, key in keys.items():
        if not key or roots[key] == key:
            start, end = places.get(comment.get(_ID, ""), (0, 0))
            yield WordThread(_read(comment), tuple(answers.get(key, ())), start, end, key in done)


def _read_extended(document: WordDocument) -> tuple[dict[str, str], set[str]]:
    """Whose answer each comment is, and which are done, by the numbers of their paragraphs."""
    part = find_part(document, _EXTENDED)
    parents, done = dict[str, str](), set[str]()
    for told in part.iterchildren(f"{_W15}commentEx") if part is not None else ():
        key, parent = told.get(f"{_W15}paraId", ""), told.get(f"{_W15}paraIdParent", "")
        if parent:
            parents[key] = parent
        if told.get(f"{_W15}done", "0") in ("1", "true"):
            done.add(key)
    return parents, done


def _find_key(comment: etree._Element) -> str:
    """The number of the last paragraph, "" where the file does not number them."""
    numbers = [paragraph.get(f"{_W14}paraId", "") for paragraph in comment.iterchildren(PARAGRAPH)]
    return numbers[-1] if numbers else ""


def _find_roots(keys: Iterable[str], parents: Mapping[str, str]) -> dict[str, str]:
    """The comment that each one's thread begins with, whatever circles the file draws."""
    roots: dict[str, str] = {}
    for key in keys:
        way, seen = [key], {key}
        while (parent := parents.get(way[-1], "")) and parent not in seen and parent not in roots:
            way.append(parent)
            seen.add(parent)
        root = roots.get(parent) or (min(seen) if parent in seen else way[-1])
        roots.update(dict.fromkeys(way, root))
    return roots


def _read(comment: etree._Element) -> WordComment:
    text = "\n".join(map(read_words, list_inside(comment, PARAGRAPH)))
    return WordComment(
        drop_controls(comment.get(qn("w:author"), "")).strip(),
        drop_controls(text).strip(),
        comment.get(qn("w:initials"), ""),
        _read_moment(comment.get(qn("w:date"), "")),
    )


def _read_moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
