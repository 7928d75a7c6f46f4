"""Characters that nobody sees: zero-width marks and the controls of writing direction."""

from __future__ import annotations

import re

# Soft hyphen, Arabic letter mark, zero-width space to right-to-left mark, embeddings and overrides,
# word joiner and invisible operators, isolates, byte-order mark.
INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")


def drop_invisible(words: str) -> str:
    """``words`` as a reader sees them. Never for the canonical text, in which offsets count.

    >>> drop_invisible("ミノキ\\u200bシジル\\u202e")
    'ミノキシジル'
    """
    return words if words.isascii() else INVISIBLE.sub("", words)
