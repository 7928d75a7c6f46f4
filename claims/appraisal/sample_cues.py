"""The statements by which an abstract tells how many people were studied."""

from __future__ import annotations

import re

from claims.text.numbers import NUMBER_WORDS

_COUNTED = (
    r"(?:patients|participants|subjects|volunteers|adults|women|men|children|individuals|people|persons|"
    r"infants|cases|adolescents|males|females|girls|boys|students|adults|mothers|veterans|residents|nurses)"
)
_WRITTEN = rf"(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
_COUNT = (
    rf"(?P<count>\d{{1,3}}(?:[,  ]\d{{3}})+|\d{{1,7}}|"
    rf"{_WRITTEN}(?: hundred)?(?:(?: and)?[ -]{_WRITTEN}){{0,2}})"
)
# The strongest statement first: a total, then who was enrolled, then people counted, then n =.
SAMPLE_SIZES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\btotal of {_COUNT}\s(?:[\w-]+\s){{0,4}}?{_COUNTED}\b",
        rf"\b(?:enrolled|included|recruited|randomi[sz]ed|assigned|studied|analy[sz]ed|followed|allocated)\s"
        rf"{_COUNT}\s(?:[\w-]+\s){{0,4}}?{_COUNTED}\b",
        rf"(?<![\w.,/%-]){_COUNT}\s(?:[\w-]+\s){{0,3}}?{_COUNTED}\b(?!\s*/)",
        rf"\bn\s?=\s?{_COUNT}\b(?!\.\d)",
    )
)
