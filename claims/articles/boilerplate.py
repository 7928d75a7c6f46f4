"""What stands around an article: whose it is, what it costs, where to go, what else to read."""

from __future__ import annotations

import re
from pathlib import Path

from claims.text.patterns import load_patterns

TABLE = Path(__file__).parent / "tables" / "boilerplate.tsv"
_BRACKETED = re.compile(r"^[\s【《≪\[〜～~―■◆*_#]+|[\s】》≫\]〜～~―*_#:：]+$")
_AND = re.compile(r"\s*(?:[・、/／&＆]|と|および|\band\b)\s*")
# A longer line that holds such words says something else as well.
_LONGEST_LINE = 200


def is_around_heading(words: str) -> bool:
    """Whether a heading opens a section about persons, other pages or sources: no prose of the article."""
    return _is_named("around_heading", words)


def is_dealings_heading(words: str) -> bool:
    """Whether a heading opens a section of prices, hours or orders; the article may go on after it."""
    return _is_named("dealings_heading", words)


def is_boilerplate_line(words: str) -> bool:
    """Whether a line by itself is an address, a date line, a link, a breadcrumb or a disclaimer."""
    return len(words) < _LONGEST_LINE and (_stands_in("line", words) or is_disclaimer(words))


def is_disclaimer(words: str) -> bool:
    """Whether a sentence limits the article's or the treatment's promise in the usual set words."""
    return _stands_in("disclaimer", words)


def names_price(words: str) -> bool:
    """Whether a price stands in the words.

    >>> names_price("1回 33,000円"), names_price("1回 30分")
    (True, False)
    """
    return _stands_in("price", words)


def names_hours(words: str) -> bool:
    """Whether opening hours stand in the words."""
    return _stands_in("hours", words)


def _is_named(cue: str, words: str) -> bool:
    pattern, bare = load_patterns(TABLE)[cue], _BRACKETED.sub("", words)
    return pattern.fullmatch(bare) is not None or all(map(pattern.fullmatch, _AND.split(bare)))


def _stands_in(cue: str, words: str) -> bool:
    return load_patterns(TABLE)[cue].search(words) is not None
