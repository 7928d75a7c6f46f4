"""The short forms that an abstract explains: ``pyridostatin (PDS)``."""

from __future__ import annotations

import re

_SHORT = re.compile(r"\(([A-Za-z][A-Za-z0-9-]{1,9})s?\)")
_LOOK_BACK = 120


def find_abbreviations(text: str) -> dict[str, str]:
    """Short form → long form, for each that stands in brackets after the words that it shortens.

    The letters of the short form are found backwards in the words before it, its first at a word's
    beginning. Source: Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
    biomedical text", PSB 2003.

    >>> find_abbreviations("Treatment with the compound pyridostatin (PDS) increases fragility (Fig).")
    {'PDS': 'pyridostatin'}
    """
    found: dict[str, str] = {}
    for match in _SHORT.finditer(text):
        short = match.group(1)
        if any(letter.isupper() for letter in short):
            words = text[max(0, match.start() - _LOOK_BACK) : match.start()].split()
            window = " ".join(words[-min(len(short) + 5, 2 * len(short)) :])
            long = _match_backwards(short, window)
            if len(long) > len(short):
                found[short] = long
    return found


def _match_backwards(short: str, window: str) -> str:
    at = len(window)
    for number, letter in reversed(list(enumerate(short.lower()))):
        if not letter.isalnum():
            continue
        at = _find_backwards(letter, window, at, begins_word=number == 0)
        if at < 0:
            return ""
    return window[at:]


def _find_backwards(letter: str, window: str, before: int, begins_word: bool) -> int:
    for at in range(before - 1, -1, -1):
        if window[at].lower() == letter and not (begins_word and at and window[at - 1].isalnum()):
            return at
    return -1
