"""Numbers of a claim with their units, in whatever way they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from claims.extraction.cues import TABLES
from claims.records.claim import Quantity
from claims.text.patterns import group_rows

_UNITS = "|".join(group_rows(TABLES / "units.tsv")["unit"])
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BEFORE = (
    r"(?:(?P<before>約|およそ|ほぼ|平均|最大|最長|最低|最短|少なくとも|<=|>=|≤|≥|<|>|=|"
    r"about|around|up to|at least|more than|less than|over|under|nearly)\s*+)?"
)
_NUMBER = re.compile(
    rf"{_BEFORE}(?<![A-Za-z\d.\-])(?P<value>{_DIGITS})(?P<scale>[万億千百]?)"
    rf"(?:\s*(?:[〜～~\-–]|から|to)\s*(?P<upper>{_DIGITS})(?P<upper_scale>[万億千百]?))?"
    rf"\s*(?P<unit>{_UNITS})?(?![A-Za-z\d])(?P<after>以上|以下|以内|未満|超|を超え|程度|前後|近く|余り|弱|強)?",
    re.IGNORECASE,
)
_SAMPLE = re.compile(r"\b[nN]\s*=\s*(?P<value>\d[\d,]*)")
_PROBABILITY = re.compile(r"\b[pP]\s*(?P<sign><=|>=|≤|≥|<|>|=)\s*(?P<value>0?\.\d+)")
_RATIO = re.compile(
    rf"(?<!\d)(?<!\d,)(?P<whole>{_DIGITS})(?P<scale>[百千万億]?)\s*+(?P<unit>人|組|件|例|in|out of)\s*+"
    r"(?:(?:に|中|every )\s*+)?"
    rf"(?P<part>{_DIGITS})(?:人|組|件|例)?"
)
_SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "億": 100_000_000}
_WORDS_OF_LIMIT = {
    ">=": "以上|少なくとも|最低|最短|at least|≥|>=",
    "<=": "以下|以内|最大|最長|up to|≤|<=",
    "<": "未満|弱|less than|under|<",
    ">": "超|を超え|強|more than|over|>",
    "~": "約|およそ|ほぼ|程度|前後|近く|about|around|nearly",
}
_SIGNS = {word: sign for sign, words in _WORDS_OF_LIMIT.items() for word in words.split("|")}
_KANJI = "〇一二三四五六七八九"
_ANY_NUMBER = re.compile(rf"[\d{_KANJI}十百千]")
_KANJI_NUMBER = re.compile(
    rf"(?<![{_KANJI}十百千])[{_KANJI}十百千]++"
    r"(?=[万億]?\s*+(?:割|倍|人|名|組|例|件|歳|代|年|か月|ヶ月|カ月|週|日|時間|分|回|種類|パーセント|%))"
)


def list_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a claim in order: a range as ``low-high``, shares as ``1/3``, ``n`` and ``p`` as units.

    >>> [(q.value, q.unit) for q in list_quantities("約３０％、12〜24週間、1.5万人、n=60、M1型、3人に1人")]
    [('30', '%'), ('12-24', '週間'), ('15000', '人'), ('60', 'n'), ('1/3', '人')]
    >>> [(q.limit, q.value, q.unit) for q in list_quantities("三割以上、p<0.05、about 40%")]
    [('>=', '3', '割'), ('<', '0.05', 'p'), ('~', '40', '%')]
    """
    # Compatibility forms that grow (㎎, ㍉) only matter for reading here: no offsets leave this function.
    plain = unicodedata.normalize("NFKC", text)
    if not _ANY_NUMBER.search(plain):
        return ()
    plain = _KANJI_NUMBER.sub(lambda match: read_kanji(match.group()), plain)
    found: list[tuple[int, Quantity]] = []
    taken: list[tuple[int, int]] = []
    for start, end, quantity in (*_list_named(plain), *_list_numbers(plain)):
        if not any(start < stop and begin < end for begin, stop in taken):
            found.append((start, quantity))
            taken.append((start, end))
    return tuple(quantity for _, quantity in sorted(found, key=lambda pair: pair[0]))


def _list_named(plain: str) -> Iterator[tuple[int, int, Quantity]]:
    for match in _SAMPLE.finditer(plain):
        yield match.start(), match.end(), Quantity(match["value"].replace(",", ""), "n", match.group())
    for match in _PROBABILITY.finditer(plain):
        sign = "" if match["sign"] == "=" else _SIGNS[match["sign"]]
        yield match.start(), match.end(), Quantity(match["value"], "p", match.group(), sign)
    for match in _RATIO.finditer(plain):
        part, whole = match["part"], _scale(match["whole"], match["scale"])
        if match["unit"].lower() in ("in", "out of"):
            part, whole = whole, part
        value = f"{part.replace(',', '')}/{whole.replace(',', '')}"
        unit = match["unit"] if match["unit"] in ("人", "組", "件", "例") else ""
        yield match.start(), match.end(), Quantity(value, unit, match.group())


def _list_numbers(plain: str) -> Iterator[tuple[int, int, Quantity]]:
    for match in _NUMBER.finditer(plain):
        if match["unit"] or match["scale"]:
            yield (
                match.start("value"),
                match.end(),
                Quantity(_read_value(match), match["unit"] or "", match.group().strip(), _read_limit(match)),
            )


def _read_value(match: re.Match[str]) -> str:
    value = _scale(match["value"], match["scale"] or match["upper_scale"] or "")
    return f"{value}-{_scale(match['upper'], match['upper_scale'] or '')}" if match["upper"] else value


def _read_limit(match: re.Match[str]) -> str:
    return _SIGNS.get(match["after"] or "") or _SIGNS.get((match["before"] or "").lower(), "")


def _scale(digits: str, scale: str) -> str:
    plain = digits.replace(",", "")
    if not scale:
        return plain
    value = Decimal(plain) * _SCALES[scale]
    return f"{value.to_integral_value()}" if value == value.to_integral_value() else f"{value}"


def read_kanji(digits: str) -> str:
    """The number in plain digits: 二〇一八 by place, 三十五 by its units.

    >>> read_kanji("二〇一八"), read_kanji("三十五"), read_kanji("百二十")
    ('2018', '35', '120')
    """
    if not any(sign in "十百千" for sign in digits):
        return "".join(str(_KANJI.index(sign)) for sign in digits)
    total = number = 0
    for sign in digits:
        if sign in _KANJI:
            number = _KANJI.index(sign)
        else:
            total += (number or 1) * {"十": 10, "百": 100, "千": 1_000}[sign]
            number = 0
    return str(total + number)
