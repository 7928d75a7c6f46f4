"""Wordings that advertising rules may touch: pointed at, never judged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from claims.extraction.cues import TABLES
from claims.records.claim import WordingRisk, WordingRule
from claims.text.patterns import read_rows


@dataclass(frozen=True, slots=True)
class _Row:
    rule: WordingRule
    pattern: re.Pattern[str]
    allowed: re.Pattern[str] | None


def find_wording_risks(text: str, start: int, end: int) -> tuple[WordingRisk, ...]:
    """The risky wordings in ``text[start:end]`` in order; spans count in ``text``.

    A wording is left alone where the row's ``allowed`` pattern covers it: 必ずしも, 絶対に〜ではありません.
    """
    risks: list[WordingRisk] = []
    wording = text[start:end]
    for row in _load_rows():
        spared = [match.span() for match in row.allowed.finditer(wording)] if row.allowed else []
        for match in row.pattern.finditer(wording):
            if not any(a <= match.start() and match.end() <= b for a, b in spared):
                risks.append(WordingRisk(row.rule, match.group(), start + match.start(), start + match.end()))
    return tuple(sorted(risks, key=lambda risk: (risk.start, risk.end, risk.rule.value)))


@cache
def _load_rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            WordingRule(row["rule"]),
            re.compile(row["pattern"], re.IGNORECASE),
            re.compile(row["allowed"], re.IGNORECASE) if row["allowed"] else None,
        )
        for row in read_rows(TABLES / "wording.tsv")
    )
