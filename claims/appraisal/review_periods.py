"""For how long the evidence of published claims holds: rows of a table that people read and extend."""

from __future__ import annotations

from functools import cache

from claims.appraisal.cues import TABLES
from claims.records.claim import ClaimType
from claims.records.review_day import ReviewRule
from claims.records.study import StudyDesign
from claims.text.tables import read_rows

COLUMNS = ("months", "type", "level", "design", "words", "reason_ja", "reason_en")


@cache
def load_review_periods() -> tuple[ReviewRule, ...]:
    """The rules that come with Konkyo, as the table has them."""
    return tuple(map(read_review_rule, read_rows(TABLES / "review_periods.tsv", COLUMNS)))


def read_review_rule(row: dict[str, str]) -> ReviewRule:
    """The rule of one row. Raises ``ValueError`` for a cell that holds none of what its column may hold.

    >>> row = dict.fromkeys(COLUMNS, "") | {"months": "6", "type": "safety"}
    >>> read_review_rule(row).months, read_review_rule(row).type
    (6, <ClaimType.SAFETY: 'safety'>)
    """
    return ReviewRule(
        months=int(row["months"]),
        reason_ja=row["reason_ja"],
        reason_en=row["reason_en"],
        type=ClaimType(row["type"]) if row["type"] else None,
        level=int(row["level"]) if row["level"] else None,
        design=StudyDesign(row["design"]) if row["design"] else None,
        words=row["words"],
    )
