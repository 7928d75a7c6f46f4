"""Tables of patterns that a person can read and extend: one row a pattern, with an example it must match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def read_rows(table: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated table by column name, lines that begin with ``#`` left out."""
    lines = [
        line for line in table.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    columns = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(columns, line.split("\t"), strict=True))


@cache
def load_patterns(table: Path, *, ignore_case: bool = True) -> dict[str, re.Pattern[str]]:
    """Cue → one pattern that matches whatever any of its rows matches, in the order of the table.

    Japanese has no case, and a pattern that minds it is found several times faster.
    """
    flags = re.IGNORECASE if ignore_case else re.NOFLAG
    rows: dict[str, list[str]] = {}
    for row in read_rows(table):
        rows.setdefault(row["cue"], []).append(f"(?:{row['pattern']})")
    return {cue: re.compile("|".join(patterns), flags) for cue, patterns in rows.items()}
