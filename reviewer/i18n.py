"""Words on the screen: English in the code, other languages in gettext catalogues read by Babel."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALES = ("ja", "en")
_CATALOGUES = Path(__file__).with_name("locales")

Translate = Callable[[str], str]


def mark(message: str) -> str:
    """``message`` itself: marks a sentence that is translated where it is shown."""
    return message


def begin_label(words: str) -> str:
    """The words as a label that stands by itself: with a capital, where their script has any.

    >>> begin_label("not relevant"), begin_label("関係なし")
    ('Not relevant', '関係なし')
    """
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=len(LOCALES))
def translator(locale: str) -> Translate:
    """What turns an English message into ``locale``'s; a message without translation stays English."""
    messages = load_catalogue(locale)
    return lambda message: messages.get(message) or message


@lru_cache(maxsize=len(LOCALES))
def load_catalogue(locale: str) -> dict[str, str]:
    """The translations of ``locale`` by their English message; empty for English itself."""
    file = _CATALOGUES / locale / "LC_MESSAGES" / "konkyo.po"
    if not file.exists():
        return {}
    with file.open("rb") as lines:
        catalogue = read_po(lines, locale=locale)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def format_count(number: int, noun: str) -> str:
    """So many of them, in English; messages that are translated put the number after a colon instead.

    >>> format_count(1, "claim"), format_count(0, "claim"), format_count(2, "article version")
    ('1 claim', '0 claims', '2 article versions')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
