"""Where a sentence of the canonical text stands in the file that it was read from: once, or nowhere.

Readers join, raise and trim; what they leave alone are the letters. A sentence is looked for by these, and
what stands twice in the file has no place, since nobody could tell which of the two was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claims.text.invisible import INVISIBLE

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻、，", "0123456789+-,,")
# The mark of a Word file's note, which has no letters there.
_NOTE_MARK = re.compile(r"\[\^note-[0-9]{1,5}\]")
# White space, edges of cells, and the sign of a power: what a reader puts in or takes out.
_LEFT_OUT = re.compile(rf"[\s\x00-\x1f|｜/^]|{INVISIBLE.pattern}")


def fold_letters(words: str) -> str:
    """The letters of ``words`` as they are compared, one sign each.

    >>> fold_letters("10⁶ 個 | です")
    '106個です'
    """
    return _LEFT_OUT.sub("", _NOTE_MARK.sub("", words).translate(_RAISED))


class Letters:
    """The letters of a file in reading order, each with the place behind it."""

    def __init__(self, pieces: Iterable[tuple[str, Sequence[int]]]) -> None:
        """``pieces`` are words, each with the place behind every one of its signs."""
        told: list[str] = []
        self._ends: list[int] = []
        for words, ends in pieces:
            for sign, end in zip(words, ends, strict=True):
                if letter := fold_letters(sign):
                    told.append(letter)
                    self._ends.append(end)
        self._letters = "".join(told)

    def find(self, words: str, within: str = "") -> tuple[int, int] | None:
        """The places behind the first and the last letter of ``words`` in the file.

        ``None`` unless they stand there once and only once: in all of it, or in the words ``within``, which
        then stand there once.
        """
        around = fold_letters(within)
        first = self._find_once(around) if around else 0
        if first is None:
            return None
        at = self._find_once(fold_letters(words), first, first + len(around) if around else None)
        return None if at is None else (self._ends[at], self._ends[at + len(fold_letters(words)) - 1])

    def _find_once(self, letters: str, first: int = 0, last: int | None = None) -> int | None:
        at = self._letters.find(letters, first, last) if letters else -1
        return None if at < 0 or self._letters.find(letters, at + 1, last) >= 0 else at

    def find_end(self, words: str, without: str = "") -> int | None:
        """The place behind the words that ``find`` finds; if they end on one of ``without``, before it."""
        wanted = fold_letters(words)
        if len(wanted) > 1 and wanted[-1] in without:
            # Found is the whole, so that what stands twice but for its end is told apart.
            shorter = self._letters.find(wanted) + len(wanted) - 2
            return None if self.find(words) is None else self._ends[shorter]
        found = self.find(words)
        return None if found is None else found[1]
