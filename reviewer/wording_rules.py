"""The clinic's own rules on wording, from a table that people keep in a spreadsheet or an editor."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from claims.articles.decoding import drop_controls
from claims.errors import SettingsError
from claims.extraction.house_rules import HouseRule, HouseRules, fold_phrase
from claims.records.article import Language
from claims.text.invisible import drop_invisible

COLUMNS = ("phrase", "language", "reason", "alternative")
_NEEDED = COLUMNS[:3]
MOST_BYTES = 10 * 1024 * 1024
# A phrase is found word for word in one sentence; reasons are kept with each claim that they are about.
MOST_SIGNS = {"phrase": 200, "reason": 1000, "alternative": 1000}


def load_wording_rules(path: Path | None) -> HouseRules:
    """The rules in the tab-separated file, none without one.

    Reads UTF-8, and UTF-16 as Excel saves it ("Unicode text"), with or without quotation marks around cells;
    empty lines say nothing. Raises ``SettingsError`` naming the file, the line and what to do.
    """
    if path is None:
        return HouseRules()
    rules: list[HouseRule] = []
    lines: dict[tuple[Language, str], int] = {}
    for line, row in _read_rows(path, _read_text(path)):
        rule = _read_rule(path, line, row)
        first = lines.setdefault((rule.language, fold_phrase(rule.phrase)), line)
        if first != line:
            raise _fault(path, "wording_rules_twice", line=line, first=first, phrase=rule.phrase)
        rules.append(rule)
    return HouseRules(rules)


def _fault(path: Path, code: str, **values: object) -> SettingsError:
    return SettingsError(code, path=str(path), **values)


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _fault(path, "wording_rules_unreadable", reason=error.strerror or str(error)) from error
    if len(raw) > MOST_BYTES:
        raise _fault(path, "wording_rules_too_large", megabytes=MOST_BYTES // 1024**2)
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 if wide else raw[: error.start].count(b"\n") + 1
        raise _fault(path, "wording_rules_encoding", line=line) from error


def _read_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by column name, each with the number of the line it begins on."""
    header: list[str] = []
    for line, cells in _read_cells(path, text):
        if not header:
            header = _read_header(path, line, cells)
        elif any(cells):
            if any(cells[len(header) :]):
                raise _fault(path, "wording_rules_cells", line=line, cells=len(cells), columns=len(header))
            yield line, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False))
    if not header:
        raise _fault(path, "wording_rules_column", line=1, column=_NEEDED[0])


def _read_cells(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that has any, tidied, without empty ones at its end."""
    rows = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab", strict=True)
    line = 1
    try:
        for row in rows:
            cells = [" ".join(drop_invisible(drop_controls(cell)).split()) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield line, cells
            line = rows.line_num + 1
    except csv.Error as error:
        raise _fault(path, "wording_rules_quotes", line=line) from error


def _read_header(path: Path, line: int, cells: list[str]) -> list[str]:
    header = [cell.casefold() for cell in cells]
    for column in _NEEDED:
        if column not in header:
            raise _fault(path, "wording_rules_column", line=line, column=column)
    for place, column in enumerate(header):
        if column not in COLUMNS or column in header[:place]:
            raise _fault(
                path, "wording_rules_header", line=line, column=cells[place], columns=", ".join(COLUMNS)
            )
    return header


def _read_rule(path: Path, line: int, row: dict[str, str]) -> HouseRule:
    for column in ("phrase", "reason"):
        if not row[column]:
            raise _fault(path, "wording_rules_empty", line=line, column=column)
    for column, most in MOST_SIGNS.items():
        if len(row.get(column, "")) > most:
            raise _fault(path, "wording_rules_cell_too_long", line=line, column=column, most=most)
    if not fold_phrase(row["phrase"]):
        raise _fault(path, "wording_rules_empty", line=line, column="phrase")
    try:
        language = Language(row["language"].casefold())
    except ValueError as error:
        raise _fault(path, "wording_rules_language", line=line, language=row["language"]) from error
    return HouseRule(row["phrase"], language, row["reason"], row.get("alternative", ""))
