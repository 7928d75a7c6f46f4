"""Whether a number of a claim is told by the evidence: in figures, in words, in another unit of time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from claims.records.claim import Quantity

_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORDS = {
    "one": 1, "single": 1, "two": 2, "twice": 2, "double": 2, "doubled": 2, "twofold": 2,
    "three": 3, "thrice": 3, "triple": 3, "tripled": 3, "threefold": 3, "four": 4, "fourfold": 4,
    "five": 5, "fivefold": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "tenfold": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_YEARS, _MONTHS, _WEEKS = (
    re.compile(r"年|years?"),
    re.compile(r"[かヶカヵ]月|months?"),
    re.compile(r"週|weeks?"),
)
_TENTHS = "割"


def find_numbers(texts: Iterable[str]) -> frozenset[Decimal]:
    """Every number in these texts, those in English words up to twelve among them.

    >>> sorted(map(str, find_numbers(["A twofold rise in 1,200 women (p < 0.05)"])))
    ['0.05', '1200', '2']
    """
    found: set[Decimal] = set()
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).lower()
        found.update(Decimal(figures.replace(",", "")) for figures in _FIGURES.findall(plain))
        found.update(Decimal(_WORDS[word]) for word in _WORD.findall(plain) if word in _WORDS)
    return frozenset(found)


def is_told(quantity: Quantity, numbers: frozenset[Decimal]) -> bool:
    """Whether each end of the quantity is among ``numbers``; a year is also twelve months or 52 weeks.

    >>> is_told(Quantity("3", "割", "3割"), frozenset({Decimal(30)}))
    True
    """
    return all(numbers & _same_values(Decimal(end), quantity.unit) for end in quantity.value.split("-"))


def _same_values(value: Decimal, unit: str) -> set[Decimal]:
    same = {value}
    if unit == _TENTHS:
        same.add(value * 10)
    elif _MONTHS.match(unit):
        same |= {value * 4, value / 12}
    elif _WEEKS.match(unit):
        same |= {value * 7, value / 4}
    elif _YEARS.match(unit):
        same |= {value * 12, value * 52}
    return same
