"""The clinic's own rules on wording, from a table that people keep in a spreadsheet or an editor."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from claims.articles.decoding import drop_controls
from claims.errors import SettingsError
from claims.extraction.house_rules import NO_HOUSE_RULES, HouseRule, HouseRules, fold_phrase
from claims.records.article import Language
from claims.text.invisible import drop_invisible
from reviewer.formulas import restore_cell

COLUMNS = ("phrase", "language", "reason", "alternative")
_NEEDED = COLUMNS[:3]
MOST_BYTES = 10 * 1024 * 1024
MOST_RULES = 20_000
# A phrase is found word for word in one sentence; reasons are kept with each claim that they are about.
MOST_SIGNS = {"phrase": 200, "reason": 1000, "alternative": 1000}
_Line = tuple[int, list[str]]


class CheckedLine(NamedTuple):
    """What stands on a line of a table: the rule, or why there is none and what to do."""

    line: int
    found: HouseRule | SettingsError


def load_wording_rules(path: Path | None) -> HouseRules:
    """The rules in the tab-separated file, none without one.

    Raises ``SettingsError`` naming the file, the first line at fault and what to do.
    """
    if path is None:
        return HouseRules()
    return HouseRules(require_rules(check_wording_rules(_read_file(path, "KONKYO_WORDING_RULES"), str(path))))


def read_table(path: Path, columns: Sequence[str], setting: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of another table of the house, each with its line, read as the rules on wording are.

    The first and the last of the columns are needed. Raises ``SettingsError`` as ``load_wording_rules`` does.
    """
    return read_given_table(_read_file(path, setting), str(path), columns)


def read_given_table(raw: bytes, name: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """As ``read_table``, of a table ``name`` that somebody gave."""
    header: list[str] = []
    for line, cells in _read_cells(name, _decode(name, raw)):
        if header:
            yield line, _name_cells(name, line, cells, header)
        else:
            header = _read_header(name, line, cells, columns, (columns[0], columns[-1]))
    if not header:
        raise _fault(name, "wording_rules_column", line=1, column=columns[0])


def _read_file(path: Path, setting: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise _fault(str(path), "wording_rules_unreadable", setting=setting, reason=reason) from error


def require_rules(checked: Sequence[CheckedLine]) -> tuple[HouseRule, ...]:
    """The rules of a table without a fault. Raises the first fault: half a table is silent about the rest."""
    rules: list[HouseRule] = []
    for _, found in checked:
        if isinstance(found, SettingsError):
            raise found
        rules.append(found)
    return tuple(rules)


def check_wording_rules(raw: bytes, name: str, known: HouseRules = NO_HOUSE_RULES) -> tuple[CheckedLine, ...]:
    """Each line of the table ``name`` with its rule or its fault; the faulty one is the last where none can
    be read behind it. A rule for a phrase that is ``known`` is a fault.

    Reads UTF-8, and UTF-16 as Excel saves it ("Unicode text"), with or without quotation marks around cells;
    empty lines say nothing.
    """
    checked: list[CheckedLine] = []
    try:
        for line in _check_lines(name, _read_cells(name, _decode(name, raw)), known):
            checked.append(line)
    except SettingsError as fault:
        checked.append(CheckedLine(int(str(fault.values.get("line", 1))), fault))
    return tuple(checked)


def _fault(name: str, code: str, **values: object) -> SettingsError:
    return SettingsError(code, path=name, **values)


def _decode(name: str, raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise _fault(name, "wording_rules_too_large", megabytes=MOST_BYTES // 1024**2)
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 if wide else raw[: error.start].count(b"\n") + 1
        raise _fault(name, "wording_rules_encoding", line=line) from error


def _check_lines(name: str, lines: Iterable[_Line], known: HouseRules) -> Iterator[CheckedLine]:
    header: list[str] = []
    count = 0
    firsts: dict[tuple[Language, str], int] = {}
    for line, cells in lines:
        if not header:
            header = _read_header(name, line, cells)
            continue
        count += 1
        if count > MOST_RULES:
            raise _fault(name, "wording_rules_too_many", line=line, most=MOST_RULES)
        try:
            rule = _read_rule(name, line, _name_cells(name, line, cells, header))
            first = firsts.setdefault((rule.language, fold_phrase(rule.phrase)), line)
            if first != line:
                raise _fault(name, "wording_rules_twice", line=line, first=first, phrase=rule.phrase)
            if known.has_phrase(rule):
                raise _fault(name, "wording_rules_in_file", line=line, phrase=rule.phrase)
        except SettingsError as fault:
            yield CheckedLine(line, fault)
        else:
            yield CheckedLine(line, rule)
    if not header:
        raise _fault(name, "wording_rules_column", line=1, column=_NEEDED[0])


def _read_cells(name: str, text: str) -> Iterator[_Line]:
    """The cells of each line that has any, tidied, without empty ones at its end."""
    rows = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab", strict=True)
    line = 1
    try:
        for row in rows:
            cells = [_tidy_cell(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield line, cells
            line = rows.line_num + 1
    except csv.Error as error:
        raise _fault(name, "wording_rules_quotes", line=line) from error


def _tidy_cell(cell: str) -> str:
    return restore_cell(" ".join(drop_invisible(drop_controls(cell)).split()))


def _read_header(
    name: str,
    line: int,
    cells: list[str],
    columns: Sequence[str] = COLUMNS,
    needed: Sequence[str] = _NEEDED,
) -> list[str]:
    header = [cell.casefold() for cell in cells]
    for column in needed:
        if column not in header:
            raise _fault(name, "wording_rules_column", line=line, column=column)
    for place, column in enumerate(header):
        if column not in columns or column in header[:place]:
            raise _fault(
                name, "wording_rules_header", line=line, column=cells[place], columns=", ".join(columns)
            )
    return header


def _name_cells(name: str, line: int, cells: list[str], header: list[str]) -> dict[str, str]:
    if any(cells[len(header) :]):
        raise _fault(name, "wording_rules_cells", line=line, cells=len(cells), columns=len(header))
    return dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False))


def _read_rule(name: str, line: int, row: dict[str, str]) -> HouseRule:
    for column in ("phrase", "reason"):
        if not row[column]:
            raise _fault(name, "wording_rules_empty", line=line, column=column)
    for column, most in MOST_SIGNS.items():
        if len(row.get(column, "")) > most:
            raise _fault(name, "wording_rules_cell_too_long", line=line, column=column, most=most)
    if not any(map(str.isalnum, fold_phrase(row["phrase"]))):
        raise _fault(name, "wording_rules_no_word", line=line, phrase=row["phrase"])
    try:
        language = Language(row["language"].casefold())
    except ValueError as error:
        raise _fault(name, "wording_rules_language", line=line, language=row["language"]) from error
    return HouseRule(row["phrase"], language, row["reason"], row.get("alternative", ""))
