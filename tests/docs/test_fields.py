"""The page of fields tells the limits that hold."""

from __future__ import annotations

import re
from pathlib import Path

from claims.records.lengths import LENGTHS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "fields.md"


def test_each_length_is_told_as_it_holds() -> None:
    rows = re.findall(r"\| `(\w+\.\w+)` \| ([\d,]+) \|", PAGE.read_text(encoding="utf-8"))
    assert {place: int(most.replace(",", "")) for place, most in rows} == dict(LENGTHS)
