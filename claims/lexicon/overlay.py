"""What reviewers add to the lexicon: it goes before the shipped rows, and the version says so."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol
from unicodedata import combining

from claims.errors import LexiconError
from claims.lexicon.folding import fold_text
from claims.lexicon.lexicon import Lexicon
from claims.lexicon.tables import LexiconRow, TermRole

LONGEST_TERM = 100
_BREAKS_QUERIES = re.compile(r'["\[\]*|\t\n]')
_LATIN_TEXT = re.compile(r"[A-Za-z]")


class LexiconOverlay(Protocol):
    """Where the rows are kept that reviewers added."""

    def list_rows(self) -> tuple[LexiconRow, ...]:
        """The rows as they stand now, in a fixed order; empty where nobody added any."""
        ...


@dataclass(frozen=True, slots=True)
class AddedTerm:
    """A row that a reviewer added, and whose it is."""

    row: LexiconRow
    added_by: str
    added_at: datetime


def build_row(
    term: str, variants: Sequence[str], english: Sequence[str], mesh: str, role: TermRole
) -> LexiconRow:
    """The row of a reviewer's words, stray spaces taken off.

    Raises ``LexiconError``: ``term_missing``, ``term_too_long``, ``english_missing``, or
    ``english_unusable`` for words that are no Latin text or hold a sign of PubMed's syntax.

    >>> build_row(" 竜骨牡蠣湯 ", (), ("ryukotsu boreito",), "", TermRole.INTERVENTION).term
    '竜骨牡蠣湯'
    """
    spellings = [spelling for word in (term, *variants) if (spelling := " ".join(word.split()))]
    if not term.strip():
        raise LexiconError("term_missing")
    if too_long := next((spelling for spelling in spellings if len(spelling) > LONGEST_TERM), ""):
        raise LexiconError("term_too_long", most=LONGEST_TERM, length=len(too_long))
    words = [clean for word in english if (clean := " ".join(word.split()))]
    if not words:
        raise LexiconError("english_missing", term=spellings[0])
    descriptor = " ".join(mesh.split())
    for word in (*words, *([descriptor] if descriptor else [])):
        if _BREAKS_QUERIES.search(word) or _has_foreign_sign(word) or not _LATIN_TEXT.search(word):
            raise LexiconError("english_unusable", words=word)
    return LexiconRow(spellings[0], tuple(spellings[1:]), tuple(words), descriptor, role)


def _has_foreign_sign(word: str) -> bool:
    """Whether a sign beyond ASCII stands there: a query may read it as a quote, bracket or wildcard."""
    return any(not (sign.isascii() or sign.isalnum() or combining(sign)) for sign in word)


def fold_term(term: str) -> str:
    """The key under which an added term is known: one for all spellings that the reader takes as equal."""
    return fold_text(" ".join(term.split()))


def lay_over(lexicon: Lexicon, overlay: LexiconOverlay) -> Lexicon:
    """The lexicon with the overlay's rows before its own; itself where there are none."""
    rows = overlay.list_rows()
    return _join(lexicon, rows) if rows else lexicon


@lru_cache(maxsize=4)
def _join(lexicon: Lexicon, rows: tuple[LexiconRow, ...]) -> Lexicon:
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    return lexicon.with_rows(rows, f"{lexicon.version}+{digest[:8]}")
