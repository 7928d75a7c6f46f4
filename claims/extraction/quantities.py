"""Numbers of a claim with their units."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from claims.records.claim import Quantity

_UNITS = (
    r"mmHg|kcal|IU|mg/dL|mg/dl|mg/日|mg/kg|ng/mL|µg|μg|mcg|mg|kg|g|mL|ml|dL|L|nm|mm|cm|km|Hz|kHz|MHz|mSv|Gy|mol|mM|"
    r"%|パーセント|ポイント|割|倍|人|名|例|件|歳|代|年間|年|か月間?|ヶ月間?|カ月間?|ヵ月間?|週間?|日間|日|時間|分間?|秒|"
    r"回|度|本|点|錠|粒|個|種類|℃|"
    r"percent|patients|participants|people|men|women|years?(?: old)?|months?|weeks?|days?|hours?|minutes?|"
    r"times|-?fold|"
    r"grams?|milligrams?|tablets?|capsules?|calories"
)
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.\-])(?P<value>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<scale>[万億千]?)"
    rf"(?:\s*[〜～~\-–]\s*(?P<upper>\d+(?:\.\d+)?)(?P<upper_scale>[万億千]?))?\s*(?P<unit>{_UNITS})?(?![A-Za-z\d])"
)
_SAMPLE = re.compile(r"\b[nN]\s*=\s*(?P<value>\d[\d,]*)")
_SCALES = {"": 1, "千": 1_000, "万": 10_000, "億": 100_000_000}


def list_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a claim in order; a range gives ``low-high``, ``n=60`` the unit ``n``.

    >>> [(q.value, q.unit) for q in list_quantities("約３０％、12〜24週間、1.5万人、n=60、M1型")]
    [('30', '%'), ('12-24', '週間'), ('15000', '人'), ('60', 'n')]
    """
    # Compatibility forms that grow (㎎, ㍉) only matter for reading here: no offsets leave this function.
    plain = unicodedata.normalize("NFKC", text)
    found: list[tuple[int, Quantity]] = []
    for match in _SAMPLE.finditer(plain):
        found.append((match.start(), Quantity(match["value"].replace(",", ""), "n", match.group())))
    for match in _NUMBER.finditer(plain):
        if match["unit"] or match["scale"]:
            found.append(
                (match.start(), Quantity(_read_value(match), match["unit"] or "", match.group().strip()))
            )
    return tuple(quantity for _, quantity in sorted(found, key=lambda pair: pair[0]))


def _read_value(match: re.Match[str]) -> str:
    value = _scale(match["value"], match["scale"] or match["upper_scale"] or "")
    return f"{value}-{_scale(match['upper'], match['upper_scale'] or '')}" if match["upper"] else value


def _scale(digits: str, scale: str) -> str:
    plain = digits.replace(",", "")
    if not scale:
        return plain
    value = Decimal(plain) * _SCALES[scale]
    return f"{value.to_integral_value()}" if value == value.to_integral_value() else f"{value}"
