"""Words in the one form in which they are looked for."""

from __future__ import annotations

import unicodedata


def fold_words(text: str) -> str:
    """``text`` whatever its case and width were.

    >>> fold_words("ＰＲＰ ﾍｱ")
    'prp ヘア'
    """
    return unicodedata.normalize("NFKC", text).casefold()
