"""Two wordings of one sentence, and what a reader sees changed between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Words of Latin letters, numbers and runs of white space are whole; every other character is one.
_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
# Longer sentences are shown whole, old and new: comparing takes the square of the length.
LONGEST_COMPARED = 2_000
# So few characters in common between two changes are chance, not something that stayed.
_SHORTEST_SAME = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """``old`` became ``new``; equal where nothing changed, one of them "" where something came or went."""

    old: str
    new: str

    @property
    def changed(self) -> bool:
        """Whether this passage is a difference."""
        return self.old != self.new


def find_difference(old: str, new: str) -> tuple[Passage, ...]:
    """The passages of both wordings in order: joined, their ``old`` and ``new`` give these back.

    >>> [(p.old, p.new) for p in find_difference("必ず効きます。", "よく効きます。")]
    [('必ず', 'よく'), ('効きます。', '効きます。')]
    """
    if max(len(old), len(new)) > LONGEST_COMPARED:
        return (Passage(old, new),)
    return tuple(_join(_compare(_TOKEN.findall(old), _TOKEN.findall(new))))


def show_difference(old: str, new: str) -> str:
    """Both wordings in one line: ``[-gone-]`` and ``{+come+}``, as word differences are written.

    >>> show_difference("It cures pain.", "It may ease pain.")
    'It [-cures-]{+may ease+} pain.'
    """
    return "".join(
        (f"[-{p.old}-]" if p.old else "") + (f"{{+{p.new}+}}" if p.new else "") if p.changed else p.old
        for p in find_difference(old, new)
    )


def _compare(old: list[str], new: list[str]) -> Iterator[Passage]:
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield Passage("".join(old[a:b]), "".join(new[c:d]))


def _join(passages: Iterator[Passage]) -> Iterator[Passage]:
    """The passages with those between two changes that are too short to say that something stayed."""
    found = list(passages)
    waiting: Passage | None = None
    for place, passage in enumerate(found):
        short = 0 < place < len(found) - 1 and len(passage.old) < _SHORTEST_SAME
        if passage.changed or (short and waiting is not None):
            waiting = waiting or Passage("", "")
            waiting = Passage(waiting.old + passage.old, waiting.new + passage.new)
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        yield passage
    if waiting is not None:
        yield waiting
