"""The words of a Word file as places that something can be put at: runs are cut where they have to be."""

from __future__ import annotations

from bisect import bisect_left
from copy import deepcopy
from itertools import accumulate
from typing import Any

from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from claims.articles.docx.words import list_words
from claims.articles.letters import Letters

_PROPERTIES = qn("w:rPr")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class WordText:
    """The words of the body in order, counted by signs: a place is behind so many of them.

    What was cut stays one text: places mean the same before and after.
    """

    def __init__(self, word: WordFile) -> None:
        self._words: list[Any] = list(list_words(word.element.body))
        texts = [element.text or "" for element in self._words]
        self._ends = list(accumulate(map(len, texts)))
        self._letters = Letters(
            (text, range(end - len(text) + 1, end + 1)) for text, end in zip(texts, self._ends, strict=True)
        )

    def find(self, words: str) -> tuple[int, int] | None:
        """From which place to which these words stand; ``None`` unless once and only once."""
        found = self._letters.find(words)
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
