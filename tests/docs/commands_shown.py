"""The command lines that a document shows: in fenced blocks, and in the running text between backticks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)(`{1,2})(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_STARTS = re.compile(r"(?:[A-Z_]+=\S* )*(?:\$ )?(?:\.venv/bin/\w+|konkyo|make|python -m|pip) \S")


@dataclass(frozen=True)
class Shown:
    """One line as it stands; ``fenced`` lines of a shell block are steps, the others are named in passing."""

    line: str
    fenced: bool


def find_shown(document: Path) -> Iterator[Shown]:
    """The command lines of a document in their order; every line of a shell block counts as one.

    The text between two fences is looked at as the text of other blocks is: for commands in backticks.
    """
    text = document.read_text(encoding="utf-8")
    at = 0
    for fence in _FENCE.finditer(text):
        yield from _find_named(text[at : fence.start()])
        if fence[1] == "sh":
            yield from (Shown(line.strip(), True) for line in fence[2].splitlines() if line.strip())
        else:
            yield from _find_named(fence[2])
        at = fence.end()
    yield from _find_named(text[at:])


def _find_named(text: str) -> Iterator[Shown]:
    for span in _SPAN.finditer(text):
        line = " ".join(span[2].split())
        if _STARTS.match(line):
            yield Shown(line, False)
