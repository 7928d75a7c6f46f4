"""Rows to an Excel workbook: a sheet a table, its head frozen and filtered, texts wrapped, grades coloured.

Every text is written as a text: Excel makes no formula, date, number or link of it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

import xlsxwriter

from reviewer.exports.documents.colours import GROUNDS, HEAD_GROUND
from reviewer.exports.documents.model import Tone
from reviewer.exports.grade_tones import find_tone
from reviewer.exports.table import FileFormat, Row

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Columns that Excel sorts and sums as numbers; a PMID is a name.
NUMBERS = frozenset(
    {
        *("version", "claim_no", "start", "end", "rank", "year", "sample_size", "hits"),
        *("shown_count", "on_topic_count", "judged_count", "supporting_count"),
    }
)
_COLOURED = frozenset({"support_grade", "grade_label"})
_WIDE = frozenset(
    {
        *("claim_text", "read_as", "comment", "references", "reference", "rationales", "searches"),
        *("query", "translation", "judgements", "graders", "values", "wording_risks"),
    }
)
_WIDTHS = {True: 48, False: 15}
_NUMBER_WIDTH, _LINE_HEIGHT, _MOST_LINES = 9, 15, 8
_LINE_END = re.compile(r"\r\n?")
# No moment: the same rows are the same workbook.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, at most 31 characters, its columns in order, its rows, and what heads the columns.

    Without a head those are their names.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Row]
    head: Sequence[str] = ()


def write_xlsx(rows: Iterable[Row], columns: Sequence[str], out: BinaryIO, head: Sequence[str] = ()) -> None:
    """Write the table as a workbook of one sheet, its head first, also when there is no row."""
    write_workbook([Sheet("Konkyo", columns, rows, head)], out)


def to_xlsx(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    """The workbook as bytes, for one that fits into memory."""
    buffer = io.BytesIO()
    write_xlsx(rows, columns, buffer)
    return buffer.getvalue()


def write_workbook(sheets: Iterable[Sheet], out: BinaryIO, face: Sequence[Sequence[str]] = ()) -> None:
    """Write the sheets, one row after the other, with no more than a row in memory.

    ``face`` is what a first sheet of words alone says, row by row; without it there is none.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _NEVER.replace(tzinfo=None)})
        formats = _Formats(book)
        if face:
            _write_face(book.add_worksheet("Konkyo"), face, formats)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats)


class _Formats:
    """The looks of cells in one workbook: Excel counts each once."""

    def __init__(self, book: Any) -> None:
        plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B8B4A8"}
        self.head = book.add_format(plain | {"bold": True, "bg_color": f"#{HEAD_GROUND}"})
        self._by_tone: Mapping[Tone, Any] = {
            tone: book.add_format(plain | ({"bg_color": f"#{ground}"} if ground else {}))
            for tone, ground in GROUNDS.items()
        }
        self.plain = self._by_tone[Tone.PLAIN]
        self.title = book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, tone: Tone) -> Any:
        """The look of a cell on the ground of this tone."""
        return self._by_tone[tone]


def _write_face(page: Any, face: Sequence[Sequence[str]], formats: _Formats) -> None:
    page.set_column(0, 0, 90)
    page.set_column(1, 1, 12)
    for place, line in enumerate(face):
        for column, words in enumerate(line):
            page.write_string(place, column, words, formats.words if place else formats.title)


def _write_sheet(page: Any, sheet: Sheet, formats: _Formats) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    widths = [_NUMBER_WIDTH if c in NUMBERS else _WIDTHS[c in _WIDE] for c in sheet.columns]
    for place, (words, width) in enumerate(zip(sheet.head or sheet.columns, widths, strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, words, formats.head)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        page.set_row(last, _LINE_HEIGHT * _count_lines(sheet.columns, widths, row))
        coloured = formats.of(find_tone(row.get("support_grade", "")))
        for place, column in enumerate(sheet.columns):
            words, look = row[column], coloured if column in _COLOURED else formats.plain
            if not words:
                page.write_blank(last, place, None, look)
            elif column in NUMBERS and words.isascii() and words.isdecimal():
                page.write_number(last, place, int(words), look)
            else:
                page.write_string(last, place, _LINE_END.sub("\n", words), look)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    # PMIDs and grades are names, which Excel would offer to turn into numbers.
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})


def _count_lines(columns: Sequence[str], widths: Sequence[int], row: Row) -> int:
    """How many lines the row's fullest cell takes, as many as a screen can show at most."""
    longest = max(
        (len(words) * (1 if words.isascii() else 2) / width)
        for words, width in zip((row[column] for column in columns), widths, strict=True)
    )
    return min(_MOST_LINES, 1 + int(longest))


XLSX = FileFormat("Excel", MIME, write_xlsx)
