"""Rows to CSV bytes that a spreadsheet opens as they are: BOM, CRLF, every cell quoted.

Quoted is every cell, so that a separator of another locale parts none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas

from reviewer.exports.table import FileFormat, Row


def to_csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """The table as UTF-8 with BOM and CRLF rows, header first, also when there is no row."""
    buffer = io.StringIO()
    pandas.DataFrame(rows, columns=list(columns), dtype=str).to_csv(
        buffer, index=False, lineterminator="\r\n", quoting=csv.QUOTE_ALL
    )
    return buffer.getvalue().encode("utf-8-sig")


CSV = FileFormat("CSV", "text/csv", to_csv)
