"""Markdown within a line: bold words and links, and that line ends mean nothing by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.exports.documents.model import Run

# Bold words; the words and the address of a link.
_INLINE = re.compile(r"\*\*([^*\n]{1,400})\*\*|\[([^\]\n]{1,400})\]\(([^)\s]{1,2000})\)")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t]*(?={_WIDE})")
_BREAK = re.compile(r"(?:(?<=[^ \t])[ \t]+)?\n[ \t]*")


@dataclass(frozen=True, slots=True)
class Styled:
    """A stretch of a text in one look; ``joins``: its line ends are no breaks."""

    start: int
    end: int
    bold: bool = False
    link: str = ""
    joins: bool = False

    def write(self, text: str, start: int, end: int) -> Run:
        """The words from ``start`` to ``end``, which lie in the stretch."""
        words = text[start:end]
        if self.joins:
            words = _BREAK.sub(" ", _WIDE_BREAK.sub("", words))
        return Run(words, bold=self.bold, link=self.link)


def read_inline(text: str, start: int, end: int, *, bold: bool = True) -> Iterator[Styled]:
    """The stretches from ``start`` to ``end`` in order, without the signs that Markdown means by them.

    Where ``bold`` is false only links are meant: line ends are breaks and stars are stars.

    >>> [(one.start, one.end, one.bold) for one in read_inline("a **b** c", 0, 9)]
    [(0, 2, False), (4, 5, True), (7, 9, False)]
    """
    at = start
    for found in _INLINE.finditer(text, start, end):
        is_bold = found[1] is not None
        if is_bold and not bold:
            continue
        yield Styled(at, found.start(), joins=bold)
        yield Styled(*found.span(1 if is_bold else 2), is_bold, found[3] or "", joins=bold)
        at = found.end()
    yield Styled(at, end, joins=bold)
