"""Cells that no spreadsheet takes for a formula, and the texts that they were made of."""

from __future__ import annotations

import re
import unicodedata

from claims.text.invisible import INVISIBLE

_SIGNS = frozenset("=+-@")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def defuse_cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula; unprintable characters are shown as U+FFFD.

    >>> defuse_cell("=1+1"), defuse_cell("M1→M2")
    ("'=1+1", 'M1→M2')
    """
    printable = _UNPRINTABLE.sub("\ufffd", text)
    return f"'{printable}" if _starts_formula(printable) else printable


def escape_cell(text: str) -> str:
    """``text`` as ``defuse_cell`` writes it, told apart from a text with an apostrophe of its own.

    >>> escape_cell("=1+1"), escape_cell("'=1+1")
    ("'=1+1", "''=1+1")
    """
    printable = _UNPRINTABLE.sub("\ufffd", text)
    return f"'{printable}" if _may_be_escaped(printable) else printable


def restore_cell(cell: str) -> str:
    """The text that ``escape_cell`` made ``cell`` of, unprintable characters aside.

    >>> restore_cell("'=1+1"), restore_cell("'90s")
    ('=1+1', "'90s")
    """
    return cell[1:] if cell.startswith("'") and _may_be_escaped(cell[1:]) else cell


def _may_be_escaped(text: str) -> bool:
    return _starts_formula(text.lstrip("'"))


def _starts_formula(text: str) -> bool:
    """Whether the first character that is seen starts one, in any width; spaces do not count."""
    if text[:1].isalnum():
        return False
    seen = INVISIBLE.sub("", text)
    return seen.startswith(("\t", "\r", "\n")) or unicodedata.normalize("NFKC", seen.lstrip()[:1]) in _SIGNS
