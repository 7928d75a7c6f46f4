"""One spelling for words that are written in several ways, so that text and tables meet."""

from __future__ import annotations

import re
import unicodedata

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ω": "omega", "σ": "sigma", "τ": "tau",
}  # fmt: skip
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc"), "'")
_ANY_APOSTROPHE = frozenset("\u2018\u2019\u201b\u02bc")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—−﹣"), "-")
_ANY_HYPHEN = frozenset("‐‑‒–—−﹣")
_LONG_MARK_AFTER_LATIN = re.compile(r"(?<=[0-9A-Za-zα-ωΑ-Ω])ー(?=[0-9A-Za-zα-ωΑ-Ω])")
_SPELLINGS = (
    (re.compile(r"(?<=[一-龥々])ガン(?![ァ-ヴー])|癌"), "がん"),
    (re.compile(r"蛋白|たんぱく(?=質|尿|分解|$)|たん白"), "タンパク"),
    (re.compile("ウィルス|ビールス"), "ウイルス"),
    (re.compile("ヴァ"), "バ"),
    (re.compile("ヴィ"), "ビ"),
    (re.compile("ヴェ"), "ベ"),
    (re.compile("ヴォ"), "ボ"),
    (re.compile("ヴ"), "ブ"),
    (re.compile("頸"), "頚"),
    (re.compile("鬱"), "うつ"),
    (re.compile("痙攣|けい攣"), "けいれん"),
    (re.compile("痒み|かゆみ|痒"), "かゆみ"),
    (re.compile("マヒ|まひ"), "麻痺"),
    (re.compile("こども|子ども|小供"), "子供"),
    (re.compile("妊よう性"), "妊孕性"),
    (re.compile("癲癇|てん癇"), "てんかん"),
    (re.compile("ゼンソク|ぜんそく"), "喘息"),
    (re.compile("レーザ(?!ー)"), "レーザー"),
    (re.compile("リセプター|レセプタ(?!ー)"), "レセプター"),
    (re.compile("エキソソーム"), "エクソソーム"),
)
_ANY_SPELLING = re.compile("|".join(pattern.pattern for pattern, _ in _SPELLINGS))


def unify_spelling(text: str) -> str:
    """The text with one spelling where Japanese has several: NFKC, がん for 癌, タンパク for 蛋白.

    >>> unify_spelling("ＨＩＦ−１αと大腸癌")
    'HIF-1αと大腸がん'
    """
    if text.isascii():
        return text
    unified = unicodedata.normalize("NFKC", text)
    if not _ANY_HYPHEN.isdisjoint(unified):
        unified = unified.translate(_HYPHENS)
    if not _ANY_APOSTROPHE.isdisjoint(unified):
        unified = unified.translate(_APOSTROPHES)
    if "ー" in unified:
        unified = _LONG_MARK_AFTER_LATIN.sub("-", unified)
    if _ANY_SPELLING.search(unified):
        for pattern, spelling in _SPELLINGS:
            unified = pattern.sub(spelling, unified)
    return unified


def lower_letters(text: str) -> str:
    """The text in small letters, each character still at its place.

    >>> lower_letters("ΣΥΝ İ")
    'συν İ'
    """
    lowered = text.lower()
    # A sigma at a word's end has a small letter of its own there, which a letter alone does not have.
    if len(lowered) == len(text) and "Σ" not in text:
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def fold_text(text: str) -> str:
    """The key under which a spelling is found: unified and in small letters."""
    return lower_letters(unify_spelling(text))


def spell_variants(symbol: str) -> tuple[str, ...]:
    """A Latin symbol first as it is, then with its Greek letters written out.

    >>> spell_variants("HIF-1α")
    ('HIF-1α', 'HIF-1alpha')
    """
    spelled = "".join(_GREEK.get(letter.lower(), letter) for letter in symbol)
    return (symbol,) if spelled == symbol else (symbol, spelled)
