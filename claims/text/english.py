"""English words as search and ranking compare them: folded, split, stemmed."""

from __future__ import annotations

import unicodedata
from functools import cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_GREEK_NAMES = {
    ord(letter): unicodedata.name(letter.lower()).split()[-1].lower().replace("lamda", "lambda")
    for letter in "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"
}


def fold_words(text: str) -> str:
    """The text with compatibility forms composed and Greek letters by name; its length may change.

    >>> fold_words("TGF-β1"), fold_words("CO₂")
    ('TGF-beta1', 'CO2')
    """
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_GREEK_NAMES)


def split_words(text: str) -> list[str]:
    """The words in order, lower case, without accents and punctuation.

    >>> split_words("HIF-1α rises (p < 0.05)")
    ['hif', '1alpha', 'rises', 'p', '0', '05']
    """
    return list(word_analyzer().analyze(fold_words(text)))


def stem_words(text: str) -> list[str]:
    """The stems of the words in order.

    >>> stem_words("Macrophages polarized")
    ['macrophag', 'polar']
    """
    return list(stem_analyzer().analyze(fold_words(text)))


@cache
def word_analyzer() -> TextAnalyzer:
    """What splits a folded text into words."""
    return _folding_builder().build()


@cache
def stem_analyzer() -> TextAnalyzer:
    """What splits a folded text into stems (Snowball's English)."""
    return _folding_builder().filter(Filter.stemmer("english")).build()


def _folding_builder() -> TextAnalyzerBuilder:
    return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())
