"""Cells that any spreadsheet may open, whatever file they are written to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from claims.text.invisible import INVISIBLE
from reviewer.exports.table import Row

# Excel's limit, in UTF-16 code units as Excel counts.
LONGEST_CELL = 32_767
_SIGNS = frozenset("=+-@")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WHOLE_PLACE = "the review room"


def protect_row(row: Row, whole_places: Mapping[str, str]) -> Row:
    """The row with no cell that starts a formula and none longer than Excel takes.

    ``whole_places`` says, by column, where the whole of a cell that was cut stands; else in the review room.
    """
    return {
        column: cut_cell(defuse_cell(text), whole_places.get(column, _WHOLE_PLACE))
        for column, text in row.items()
    }


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


def _starts_formula(text: str) -> bool:
    """Whether the first character that is seen starts one, in any width; spaces do not count."""
    seen = INVISIBLE.sub("", text)
    return seen.startswith(("\t", "\r", "\n")) or unicodedata.normalize("NFKC", seen.lstrip()[:1]) in _SIGNS
