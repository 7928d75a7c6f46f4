"""Rows to CSV bytes that a spreadsheet opens as they are: BOM, CRLF, no cell that starts a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pandas

from reviewer.exports.report import Row

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def to_csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """The table as UTF-8 with BOM and CRLF rows, header first, also when there is no row."""
    defused = [{column: defuse_cell(row[column]) for column in columns} for row in rows]
    buffer = io.StringIO()
    pandas.DataFrame(defused, columns=list(columns), dtype=str).to_csv(
        buffer, index=False, lineterminator="\r\n"
    )
    return buffer.getvalue().encode("utf-8-sig")


def defuse_cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula; unprintable characters are shown as U+FFFD.

    >>> defuse_cell("=1+1"), defuse_cell("M1→M2")
    ("'=1+1", 'M1→M2')
    """
    printable = _UNPRINTABLE.sub("\ufffd", text)
    return f"'{printable}" if printable.lstrip(" ").startswith(_STARTS_FORMULA) else printable
