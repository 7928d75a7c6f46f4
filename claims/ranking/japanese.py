"""A Japanese claim as English words in its own order: its terms, and the directions that it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from claims.lexicon.folding import unify_spelling
from claims.lexicon.terms import FoundTerm
from claims.text.patterns import read_rows

TABLES = Path(__file__).parent / "tables"
_DENIES = re.compile(
    r"(?:ない|なかった|ません|ませんでした|なくなる|なくなります)(?:です|こと[がはを]?[^、。]{0,8})?[。．\s]*\Z|"
    r"差[はが]な|変わら(?:ない|ず|なかった|ません)|無関係|無効"
)
_ASSERTS = re.compile(
    r"(?:かもしれ|に過ぎ|にすぎ|に他なら|にほかなら|しか|少なく|でし[ょう]か|では)(?:ない|ません)[。．\s]*\Z"
)


def gloss_claim(text: str, found: Sequence[FoundTerm]) -> tuple[str, ...]:
    """The English of the claim's terms and directions in the order of the Japanese text, lower case."""
    read = unify_spelling(text)
    placed: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    at = 0
    for term in found:
        at = max(read.find(term.source, at), at)
        placed.append((at, term.english[0].lower()))
        taken.append((at, at + len(term.source)))
    for pattern, english in _load_directions():
        for match in pattern.finditer(read):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                placed.append((match.start(), english))
    return tuple(words for _, words in sorted(placed, key=lambda pair: pair[0]))


def denies_japanese(text: str) -> bool:
    """Whether the claim's end says that something is not so, or it finds no difference.

    >>> denies_japanese("死亡率を高めない。"), denies_japanese("効くかもしれない。")
    (True, False)
    """
    return _DENIES.search(text) is not None and _ASSERTS.search(text) is None


@cache
def _load_directions() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows(TABLES / "japanese.tsv")
    return tuple((re.compile(row["pattern"]), row["english"]) for row in rows)
