"""Cells that any spreadsheet may open, whatever file they are written to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from reviewer.exports.table import Row
from reviewer.formulas import defuse_cell

# Excel's limit, in UTF-16 code units as Excel counts.
LONGEST_CELL = 32_767
_WHOLE_PLACE = "the review room"
_SHORT = 80


def protect_row(row: Row, whole_places: Mapping[str, str]) -> Row:
    """The row with no cell that starts a formula and none longer than Excel takes.

    ``whole_places`` says, by column, where the whole of a cell that was cut stands; else in the review room.
    """
    return {
        column: text and _defuse_short(text)
        if len(text) <= _SHORT
        else cut_cell(defuse_cell(text), whole_places.get(column, _WHOLE_PLACE))
        for column, text in row.items()
    }


@lru_cache(maxsize=4096)
def _defuse_short(text: str) -> str:
    """What is cut nowhere, and mostly stands in many rows: a code, a title."""
    return defuse_cell(text)


def cut_cell(text: str, whole_place: str) -> str:
    """``text`` where a cell holds it, else its beginning and where the whole of it stands."""
    # A sign takes two units at most.
    if 2 * len(text) <= LONGEST_CELL:
        return text
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * LONGEST_CELL:
        return text
    pointer = f" … [cut: {len(text)} characters in all; the whole stands in {whole_place}]"
    return encoded[: 2 * (LONGEST_CELL - len(pointer))].decode("utf-16-le", errors="ignore") + pointer
