"""A Japanese claim as English words in its own order: its terms, and the directions that it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from claims.lexicon.folding import unify_spelling
from claims.lexicon.lexicon import Lexicon
from claims.lexicon.terms import FoundTerm
from claims.text.tables import read_rows

TABLES = Path(__file__).parent / "tables"


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


def list_unread(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a claim that are neither a term nor a direction, and that it could not do without."""
    read = unify_spelling(text)
    taken = [match.span() for pattern, _ in _load_directions() for match in pattern.finditer(read)]
    return tuple(
        token.normalized
        for token in lexicon.list_unread(text)
        if token.normalized not in _load_light_words()
        and not any(start < token.end and token.start < end for start, end in taken)
    )


@cache
def _load_light_words() -> frozenset[str]:
    rows = read_rows(TABLES / "light_words_ja.tsv")
    return frozenset(row["word"] for row in rows)


@cache
def _load_directions() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows(TABLES / "japanese.tsv")
    return tuple((re.compile(row["pattern"]), row["english"]) for row in rows)
