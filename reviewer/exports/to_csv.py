"""Rows to CSV bytes that a spreadsheet opens as they are: BOM, CRLF, no cell that starts a formula.

No cell is longer than Excel takes; every cell is quoted, so that a separator of another locale parts none.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence

import pandas

from claims.text.invisible import INVISIBLE
from reviewer.exports.table import FileFormat, Row

# Excel's limit, in UTF-16 code units as Excel counts.
LONGEST_CELL = 32_767
_SIGNS = frozenset("=+-@")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WHOLE_PLACES = {"searches": "the search log (konkyo searches)"}
_WHOLE_PLACE = "the review room"


def to_csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """The table as UTF-8 with BOM and CRLF rows, header first, also when there is no row."""
    cells = [{column: _write_cell(row[column], column) for column in columns} for row in rows]
    buffer = io.StringIO()
    pandas.DataFrame(cells, columns=list(columns), dtype=str).to_csv(
        buffer, index=False, lineterminator="\r\n", quoting=csv.QUOTE_ALL
    )
    return buffer.getvalue().encode("utf-8-sig")


def defuse_cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula; unprintable characters are shown as U+FFFD.

    >>> defuse_cell("=1+1"), defuse_cell("M1→M2")
    ("'=1+1", 'M1→M2')
    """
    printable = _UNPRINTABLE.sub("\ufffd", text)
    return f"'{printable}" if _starts_formula(printable) else printable


def cut_cell(text: str, whole_place: str) -> str:
    """``text`` where a cell holds it, else its beginning and where the whole of it stands."""
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * LONGEST_CELL:
        return text
    pointer = f" … [cut: {len(text)} characters in all; the whole stands in {whole_place}]"
    return encoded[: 2 * (LONGEST_CELL - len(pointer))].decode("utf-16-le", errors="ignore") + pointer


def _write_cell(text: str, column: str) -> str:
    return cut_cell(defuse_cell(text), _WHOLE_PLACES.get(column, _WHOLE_PLACE))


def _starts_formula(text: str) -> bool:
    """Whether the first character that is seen starts one, in any width; spaces do not count."""
    seen = INVISIBLE.sub("", text)
    return seen.startswith(("\t", "\r", "\n")) or unicodedata.normalize("NFKC", seen.lstrip()[:1]) in _SIGNS


CSV = FileFormat("CSV", "text/csv", to_csv)
