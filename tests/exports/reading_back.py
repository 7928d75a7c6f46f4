"""What a file of each format holds, read as its reader would: a new format needs a line here."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping

import docx
import openpyxl
from lxml import html
from openpyxl.utils.escape import unescape
from pypdf import PdfReader

from reviewer.exports.table import Row


def read_csv(exported: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline="")))


def read_sheets(exported: bytes) -> dict[str, list[Row]]:
    """Every sheet by its name; a cell is what Excel holds, a number in figures."""
    book = openpyxl.load_workbook(io.BytesIO(exported))
    return {sheet.title: _read_rows(sheet.iter_rows(values_only=True)) for sheet in book}


def _read_rows(lines: Iterator[tuple[object, ...]]) -> list[Row]:
    # ``_x005F_`` stands for the underscore of what would be read as a control character.
    told = [["" if cell is None else unescape(str(cell)) for cell in line] for line in lines]
    return [dict(zip(told[0], line, strict=True)) for line in told[1:]]


def read_xlsx(exported: bytes) -> list[Row]:
    return next(iter(read_sheets(exported).values()))


# By the ending of its files, as in ``reviewer.exports.registry.FORMATS``.
READERS: Mapping[str, Callable[[bytes], list[Row]]] = {"csv": read_csv, "xlsx": read_xlsx}


def read_words_of_html(exported: bytes) -> str:
    return "\n".join(map(str, html.document_fromstring(exported.decode()).itertext()))


def read_words_of_docx(exported: bytes) -> str:
    parts = docx.Document(io.BytesIO(exported)).element.itertext()
    return "\n".join(parts)


def read_words_of_xlsx(exported: bytes) -> str:
    rows = (row for sheet in read_sheets(exported).values() for row in sheet)
    return "\n".join(cell for row in rows for cell in row.values())


def read_words_of_pdf(exported: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(exported)).pages)


# All words that a report shows, by the ending of its files, as in ``REPORT_FORMATS``.
REPORT_READERS: Mapping[str, Callable[[bytes], str]] = {
    "xlsx": read_words_of_xlsx,
    "docx": read_words_of_docx,
    "html": read_words_of_html,
    "pdf": read_words_of_pdf,
}
