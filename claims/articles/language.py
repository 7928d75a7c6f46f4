"""Which language a text is written in."""

from __future__ import annotations

import re

from claims.records.article import Language

_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9f]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def guess_language(text: str) -> Language:
    """Japanese where Japanese letters outweigh Latin words, else English.

    >>> guess_language("AGA治療"), guess_language("Minoxidil (ミノキシジル) regrows hair in many men.")
    (<Language.JA: 'ja'>, <Language.EN: 'en'>)
    """
    japanese = len(_KANA.findall(text)) + len(_HAN.findall(text))
    # A Latin word says about as much as two Japanese letters.
    return Language.JA if japanese and japanese >= 2 * len(_LATIN_WORD.findall(text)) else Language.EN
