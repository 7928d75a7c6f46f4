"""The words of a Word file as places that something can be put at: runs are cut where they have to be."""

from __future__ import annotations

from bisect import bisect_left
from copy import deepcopy
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from claims.articles.docx.words import list_words
from claims.articles.letters import Letters
from reviewer.moments import write_moment

_PROPERTIES = qn("w:rPr")
# What a run of words alone has in it, what one that is a comment's mark has, and what may stand between them.
_PLAIN = {_PROPERTIES, qn("w:t"), qn("w:lastRenderedPageBreak")}
_MARKED = {_PROPERTIES, qn("w:commentReference"), qn("w:annotationRef")}
_BESIDE = {
    qn(f"w:{name}")
    for name in ("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd", "proofErr")
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class WordText:
    """The words of the body in order, counted by signs: a place is behind so many of them.

    What was cut stays one text: places mean the same before and after.
    """

    def __init__(self, word: WordFile) -> None:
        self._words: list[Any] = list(list_words(word.element.body))
        numbers = (one.get(qn("w:id"), "") for one in word.element.body.iter("*"))
        # Changes are numbered on from all that is numbered.
        self._changes = max((int(number) for number in numbers if number.isdecimal()), default=0)
        texts = [element.text or "" for element in self._words]
        self._ends = list(accumulate(map(len, texts)))
        self._letters = Letters(
            (text, range(end - len(text) + 1, end + 1)) for text, end in zip(texts, self._ends, strict=True)
        )

    def find(self, words: str, within: str = "") -> tuple[int, int] | None:
        """From which place to which these words stand; ``None`` unless once and only once (``within``)."""
        found = self._letters.find(words, within)
        return None if found is None else (found[0] - 1, found[1])

    def find_end(self, words: str, without: str = "") -> int | None:
        """The place of ``Letters.find_end``."""
        return self._letters.find_end(words, without)

    def cut(self, place: int) -> Any:
        """The run that ends at the place, which is behind some sign; what follows is in runs of its own."""
        at = bisect_left(self._ends, place)
        words = self._words[at]
        run, text = words.getparent(), words.text or ""
        offset = place - (self._ends[at] - len(text))
        behind = list(words.itersiblings())
        if offset == len(text) and not behind:
            return run
        rest = _copy_look(run)
        if offset < len(text):
            tail = deepcopy(words)
            tail.text, words.text = text[offset:], text[:offset]
            for part in (tail, words):
                part.set(_SPACE, "preserve")
            rest.append(tail)
            self._words.insert(at + 1, tail)
            self._ends.insert(at, place)
        for element in behind:
            rest.append(element)
        run.addnext(rest)
        return run

    def cut_out(self, start: int, end: int) -> tuple[Any, Any]:
        """The first and the last run of the words from ``start`` to ``end``, and of no others."""
        last = self.cut(end)
        if start > 0:
            self.cut(start)
        return self._words[bisect_left(self._ends, start + 1)].getparent(), last

    def is_plain(self, start: int, end: int) -> bool:
        """Whether the words from ``start`` to ``end`` are runs of one paragraph with nothing else in them.

        A note's mark, a picture, a field, a link or an open change between them could not be cut safely.
        """
        at, last = bisect_left(self._ends, start + 1), bisect_left(self._ends, end)
        runs = list(dict.fromkeys(words.getparent() for words in self._words[at : last + 1]))
        paragraph = runs[0].getparent()
        if paragraph.tag != qn("w:p") or any(run.getparent() is not paragraph for run in runs):
            return False
        between = paragraph[paragraph.index(runs[0]) : paragraph.index(runs[-1]) + 1]
        return all(
            {child.tag for child in one} <= (_PLAIN if one in runs else _MARKED)
            if one.tag == qn("w:r")
            else one.tag in _BESIDE
            for one in between
        )

    def propose(self, start: int, end: int, words: str, author: str, at: datetime) -> None:
        """Put ``words`` as a tracked change in the place of those, plain ones, from ``start`` to ``end``."""
        self.cut_out(start, end)
        first, last = bisect_left(self._ends, start + 1), bisect_left(self._ends, end)
        runs = list(dict.fromkeys(text.getparent() for text in self._words[first : last + 1]))
        added = _copy_look(runs[0])
        added.text = words
        for run in runs:
            change = self._mark_change("w:del", author, at)
            run.addprevious(change)
            change.append(run)
            for text in run.iterchildren(qn("w:t")):
                text.tag = qn("w:delText")
        insertion = self._mark_change("w:ins", author, at)
        insertion.append(added)
        change.addnext(insertion)

    def _mark_change(self, tag: str, author: str, at: datetime) -> Any:
        change: Any = OxmlElement(tag)
        self._changes += 1
        change.set(qn("w:id"), str(self._changes))
        change.set(qn("w:author"), author)
        change.set(qn("w:date"), write_moment(at, UTC))
        return change

    def put_raised(self, place: int, words: str) -> None:
        """Put a raised run behind the place, in the look of what stands before it."""
        run = self.cut(place)
        mark = _copy_look(run)
        properties = mark.get_or_add_rPr()
        for former in properties.findall(qn("w:vertAlign")):
            properties.remove(former)
        properties.superscript = True
        mark.text = words
        run.addnext(mark)


def _copy_look(run: Any) -> Any:
    """A run without words that looks as this one."""
    made: Any = OxmlElement("w:r")
    if (properties := run.find(_PROPERTIES)) is not None:
        made.append(deepcopy(properties))
    return made
