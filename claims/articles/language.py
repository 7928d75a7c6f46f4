"""Which language a text is written in."""

from __future__ import annotations

import re

from claims.records.article import Language

_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9f]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_ENGLISH_SENTENCE = re.compile(r"[A-Z\"“].*[a-z)\]0-9%][.!][\"”')\]]*\s*(?:\[[\d,– -]+\])?\Z", re.DOTALL)
_JAPANESE_SENTENCE = re.compile(r"[。！][」』）)]*\s*\Z")
_FEWEST_WORDS = 5
_ADDRESS = re.compile(r"(?:https?:)?//[!-~]{1,2000}")


def guess_language(text: str) -> Language:
    """Japanese where Japanese letters outweigh Latin words, else English; addresses are of neither.

    >>> guess_language("AGA治療"), guess_language("Minoxidil (ミノキシジル) regrows hair in many men.")
    (<Language.JA: 'ja'>, <Language.EN: 'en'>)
    """
    words = _ADDRESS.sub(" ", text) if "//" in text else text
    japanese = len(_KANA.findall(words)) + len(_HAN.findall(words))
    # A Latin word says about as much as two Japanese letters.
    return Language.JA if japanese and japanese >= 2 * len(_LATIN_WORD.findall(words)) else Language.EN


def is_foreign_sentence(words: str, language: Language) -> bool:
    """Whether the words are a whole sentence of the other language, as on a page in two.

    >>> is_foreign_sentence("Vitamin C is required for collagen synthesis.", Language.JA)
    True
    >>> is_foreign_sentence("Anti-Aging Skin Clinic", Language.JA)
    False
    """
    if language is Language.EN:
        return bool(_JAPANESE_SENTENCE.search(words)) and guess_language(words) is Language.JA
    if _KANA.search(words) or _HAN.search(words) or len(_LATIN_WORD.findall(words)) < _FEWEST_WORDS:
        return False
    return bool(_ENGLISH_SENTENCE.match(words))
