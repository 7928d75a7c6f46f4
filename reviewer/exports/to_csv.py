"""Rows to CSV that a spreadsheet opens as it is: BOM, CRLF, every cell quoted.

Quoted is every cell, so that a separator of another locale parts none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from reviewer.exports.table import FileFormat, Row


def write_csv(rows: Iterable[Row], columns: Sequence[str], out: BinaryIO, head: Sequence[str] = ()) -> None:
    """Write the table as UTF-8 with BOM and CRLF rows, its head first, also when there is no row.

    The head are the names of the columns where none is given.
    """
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=False)
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(head or columns)
    table.writerows([row[column] for column in columns] for row in rows)
    # The file stays open: it is not ours.
    text.detach()


def to_csv(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    """The table as bytes, for one that fits into memory."""
    buffer = io.BytesIO()
    write_csv(rows, columns, buffer)
    return buffer.getvalue()


CSV = FileFormat("CSV", "text/csv", write_csv)
