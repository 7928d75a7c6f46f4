"""How much a word says: one that stands in every second abstract says little."""

from __future__ import annotations

from functools import cache
from math import log
from pathlib import Path

from claims.text.tables import read_rows

TABLES = Path(__file__).parent / "tables"
# The table's count for all abstracts stands under this name.
ALL_ABSTRACTS = "(abstracts)"
# A stem that is not in the table: rarer than every stem that is.
_UNLISTED_SHARE = 0.5


def weigh_idf(stem: str) -> float:
    """The natural logarithm of how many abstracts there are for each that holds the stem (IDF).

    >>> weigh_idf("patient") < weigh_idf("follicl")
    True
    """
    weights, unlisted = _load_idf()
    return weights.get(stem, unlisted)


@cache
def _load_idf() -> tuple[dict[str, float], float]:
    counts = {row["stem"]: int(row["abstracts"]) for row in read_rows(TABLES / "document_frequencies.tsv")}
    total = counts.pop(ALL_ABSTRACTS)
    unlisted = _UNLISTED_SHARE * min(counts.values())
    return {stem: log(total / count) for stem, count in counts.items()}, log(total / unlisted)
