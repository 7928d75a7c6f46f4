"""The measures of a claim in one unit each: doses, lengths of time, shares, ages, how often.

The units stand in ``tables/units.tsv``, numbers in words in ``tables/spelled_*.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from claims.extraction.quantities import read_kanji
from claims.records.article import Language
from claims.text.numbers import NUMBER_WORDS
from claims.text.tables import read_rows

TABLES = Path(__file__).parent / "tables"
# Twelve weeks are three months, and six of them one and a half; other measures are alike or they are not.
_TIME_SLACK = 0.09
_SLACK = 0.02
_KANJI = "〇一二三四五六七八九"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "億": 1e8, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SCALE = r"(?:[百千]?[万億]?|\s(?:thousand|million|billion))"
_LOWER: tuple[str, ...] = (
    "未満",
    "以下",
    "以内",
    "最大",
    "より少な",
    "less than",
    "under",
    "up to",
    "below",
    "within",
)
_LOWER += ("no more than", "or less", "or younger")
_UPPER: tuple[str, ...] = (
    "以上",
    "超",
    "を超",
    "を超え",
    "を過ぎ",
    "最低",
    "最低でも",
    "少なくとも",
    "at least",
    "more than",
)
_UPPER += ("over", "above", "past", "or more", "or over", "or older")
_SIGNS = {**dict.fromkeys(_LOWER, "<"), **dict.fromkeys(_UPPER, ">")}
_BEFORE = (
    r"(?P<before>最低でも|最低|少なくとも|最大|at least|(?:no )?more than|less than|over[- ]?|under|up to"
    r"|above|below|within|past)?"
)
_AFTER = r"(?P<after>以上|以下|以内|未満|を?超え?|より少な|を過ぎ|\s?or (?:more|over|older|less|younger))?"
_KANJI_NUMBER = re.compile(
    rf"(?<![{_KANJI}十百千第数])[{_KANJI}十百千]{{1,8}}+"
    r"(?=[万億]?(?:割|倍|人|名|組|例|件|歳|代|年|[かヶカ]月|週|日(?!本)|時間|分|回|度|種[類再]|パーセント|%|型|本|杯))"
)
_ONES = "|".join(word for word, number in NUMBER_WORDS.items() if number < 10)
_NUMBER_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})(?<!\bone)(?:[- ](?:{_ONES}))?\b"
)
_SHARES = (
    re.compile(r"(?P<whole>\d{1,6})\s?[人例件組本]に(?P<part>\d{1,6})[人例件組本]"),
    re.compile(r"(?P<whole>\d{1,6})分の(?P<part>\d{1,6})"),
    re.compile(r"\b(?P<part>\d{1,6}) (?:in|out of) (?P<whole>\d{1,6})\b"),
)
_OFTEN = (
    re.compile(
        r"(?P<each>\d{1,3})?(?P<unit>日|週間?|か月|月|年)に?(?P<times>\d{1,3})(?:[回度](?!目)|日(?!後))"
    ),
    re.compile(r"\b(?P<each>)(?P<times>\d{1,3})(?: times)? per (?P<unit>day|week|month|year)\b"),
)
_DAYS = {"日": 1.0, "週": 7.0, "月": 30.4, "年": 365.0, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}
# A dose is told for the day, whether the day is named or not.
_PER_DAY = re.compile(r"1日(?:あたり)?に?(?=\s?\d)|/日|日に(?=\s?\d)")


class MeasureKind(StrEnum):
    """What a number measures; it names the difference of two claims that disagree in it."""

    DURATION = "duration"
    DOSE = "dose"
    QUANTITY = "quantity"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number or a range in the base unit of its ``dimension``; ``limit`` is ``<``, ``>`` or "".

    ``minor`` says that leaving it out changes nothing: once a day.
    """

    dimension: str
    kind: MeasureKind
    low: float
    high: float
    limit: str = ""
    minor: bool = False

    def agrees_with(self, other: Measure) -> bool:
        """Whether both say the same length, amount or share, and not on two sides of a limit.

        A bare number (135 or more) may be of any unit.
        """
        bare = "number" in (self.dimension, other.dimension)
        if (self.dimension != other.dimension and not bare) or {self.limit, other.limit} == {"<", ">"}:
            return False
        slack = _TIME_SLACK if self.dimension == "time" else _SLACK
        pairs = ((self.low, other.low), (self.high, other.high))
        return all(abs(one - two) <= slack * max(abs(one), abs(two)) for one, two in pairs)


@dataclass(frozen=True, slots=True)
class _Unit:
    dimension: str
    kind: MeasureKind
    factor: float
    pattern: re.Pattern[str]


def read_measures(text: str, language: Language) -> tuple[tuple[Measure, ...], str]:
    """The measures of a text, and the text in small letters with blanks in their place.

    >>> [(m.dimension, round(m.low)) for m in read_measures("２ｇを半年のむと三割減る", Language.JA)[0]]
    [('mass', 2000), ('time', 182), ('share', 30)]
    >>> [(m.dimension, round(m.low)) for m in read_measures("Half of them at 4,000 mg", Language.EN)[0]]
    [('share', 50), ('mass', 4000)]
    """
    plain = _write_in_figures(unicodedata.normalize("NFKC", text).lower(), language)
    found: list[Measure] = []

    def take(patterns: Iterable[re.Pattern[str]], read: Callable[[re.Match[str]], Measure | None]) -> None:
        nonlocal plain
        for pattern in patterns:
            for match in pattern.finditer(plain):
                if (measure := read(match)) is not None:
                    found.append(measure)
            plain = pattern.sub(lambda match: " " * len(match.group()), plain)

    take(_SHARES, _read_share)
    take(_OFTEN, _read_often)
    take((_PER_DAY,), lambda match: None)
    take((_load_numbers(),), _read_number)
    return tuple(dict.fromkeys(found)), plain


def part_measures(some: Iterable[Measure], others: Iterable[Measure]) -> tuple[list[Measure], list[Measure]]:
    """Those of each side that none of the other agrees with; what changes nothing is left out.

    Once a day is no difference to a claim that says nothing of it, and one to twice a day.
    """
    left, lone = list(others), []
    for one in some:
        match = next((other for other in left if one.agrees_with(other)), None)
        if match is None:
            lone.append(one)
        else:
            left.remove(match)
    kept = [
        [one for one in some if not one.minor or any(one.dimension == other.dimension for other in rest)]
        for some, rest in ((lone, left), (left, lone))
    ]
    return kept[0], kept[1]


def _write_in_figures(text: str, language: Language) -> str:
    if language is Language.JA:
        text = _KANJI_NUMBER.sub(lambda match: read_kanji(match.group()), text)
    for pattern, plain in _load_spelled(language):
        text = pattern.sub(plain, text)
    if language is Language.EN:
        text = _NUMBER_WORD.sub(_read_words, text)
    return text


def _read_words(match: re.Match[str]) -> str:
    return str(sum(NUMBER_WORDS[word] for word in re.split(r"[-\s]", match.group())))


def _read_share(match: re.Match[str]) -> Measure | None:
    whole = float(match["whole"])
    share = 100 * float(match["part"]) / whole if whole else 0.0
    return Measure("share", MeasureKind.QUANTITY, share, share) if whole else None


def _read_often(match: re.Match[str]) -> Measure | None:
    """How often in a day: 週に5回, twice a year."""
    days = _DAYS[match["unit"].removesuffix("間").removeprefix("か")] * float(match["each"] or 1)
    times = float(match["times"]) / days if days else 0.0
    return Measure("often", MeasureKind.DOSE, times, times, minor=times == 1.0) if days else None


def _read_number(match: re.Match[str]) -> Measure:
    """A number with its unit; without one it is an age where a word limits it, else a bare number."""
    before, after = (match["before"] or "").strip(" -"), (match["after"] or "").strip()
    limit = _SIGNS.get(after, _SIGNS.get(before, ""))
    scale = match["low_scale"] or match["high_scale"] or ""
    low = _read_value(match["low"], scale)
    high = _read_value(match["high"], match["high_scale"]) if match["high"] else low
    unit = next((one for one in _load_units() if one.pattern.fullmatch(match["unit"] or "")), None)
    if unit is not None:
        return Measure(unit.dimension, unit.kind, low * unit.factor, high * unit.factor, limit)
    if limit and before:
        return Measure("age", MeasureKind.POPULATION, low, high, limit)
    return Measure("number", MeasureKind.QUANTITY, low, high, limit)


def _read_value(digits: str, scale: str) -> float:
    value = float(digits.replace(",", ""))
    for sign in (scale.strip(),) if scale.strip() in _SCALES else scale.strip():
        value *= _SCALES[sign]
    return value


@cache
def _load_units() -> tuple[_Unit, ...]:
    return tuple(
        _Unit(row["dimension"], MeasureKind(row["kind"]), float(row["factor"]), re.compile(row["pattern"]))
        for row in read_rows(TABLES / "units.tsv", ("dimension", "kind", "factor", "pattern"))
    )


@cache
def _load_numbers() -> re.Pattern[str]:
    """What finds a number with its unit, in the order of their table."""
    units = "|".join(unit.pattern.pattern for unit in _load_units())
    return re.compile(
        rf"{_BEFORE}\s?(?<![a-zα-ω\d.])(?:(?<![a-z]-)|(?<=over-))(?P<low>{_NUMBER})(?P<low_scale>{_SCALE})"
        rf"(?:\s?(?:[〜~\-–]|から|to|and)\s?(?P<high>{_NUMBER})(?P<high_scale>{_SCALE}))?"
        rf"\s?-?(?P<unit>{units})?{_AFTER}"
    )


@cache
def _load_spelled(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows(TABLES / f"spelled_{language.value}.tsv", ("pattern", "plain"))
    return tuple((re.compile(row["pattern"]), row["plain"]) for row in rows)
