"""The numbers of a text: as written, as values, and whether a quantity is told in another unit of time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from claims.records.claim import Quantity

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# English number words with their values; "sixty-four" is two of them.
NUMBER_WORDS = {
    **{word: number for number, word in enumerate(_ONES, start=1)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
}
# A longer number is written in figures where it is a result.
_LARGEST_WORD = 12
_VALUE_WORDS = {
    **{word: number for word, number in NUMBER_WORDS.items() if number <= _LARGEST_WORD},
    "single": 1, "twice": 2, "double": 2, "doubled": 2, "twofold": 2, "thrice": 3, "triple": 3,
    "tripled": 3, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10,
}  # fmt: skip
# A number that belongs to a name (IL-6, B12) is none.
_WRITTEN = re.compile(r"(?<![A-Za-z\d.,])(?<![A-Za-z]-)\d+(?:[.,]\d+)*")
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(r"[a-z]+")
_YEARS, _MONTHS, _WEEKS = (
    re.compile(r"年|years?"),
    re.compile(r"[かヶカヵ]月|months?"),
    re.compile(r"週|weeks?"),
)
_TENTHS = "割"


def find_written_numbers(text: str) -> frozenset[str]:
    """The numbers of a text as written; those of a name (IL-6, B12) are none.

    >>> sorted(find_written_numbers("IL-6 fell by 12.5% in 1,200 men"))
    ['1,200', '12.5']
    """
    return frozenset(_WRITTEN.findall(unicodedata.normalize("NFKC", text)))


def find_values(texts: Iterable[str]) -> frozenset[Decimal]:
    """The value of every number in these texts, those in English words up to twelve among them.

    >>> sorted(map(str, find_values(["A twofold rise in 1,200 women (p < 0.05)"])))
    ['0.05', '1200', '2']
    """
    found: set[Decimal] = set()
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).lower()
        found.update(Decimal(figures.replace(",", "")) for figures in _FIGURES.findall(plain))
        found.update(Decimal(_VALUE_WORDS[word]) for word in _WORD.findall(plain) if word in _VALUE_WORDS)
    return frozenset(found)


def is_told(quantity: Quantity, values: frozenset[Decimal]) -> bool:
    """Whether each end of the quantity is among ``values``; a year is also twelve months or 52 weeks.

    >>> is_told(Quantity("3", "割", "3割"), frozenset({Decimal(30)}))
    True
    """
    return all(values & _list_equal_values(Decimal(end), quantity.unit) for end in quantity.value.split("-"))


def _list_equal_values(value: Decimal, unit: str) -> set[Decimal]:
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
