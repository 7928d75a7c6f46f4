"""Numbers in addresses: what nobody checked before it came."""

from __future__ import annotations

_MOST_DIGITS = 15


def read_number(text: str) -> int | None:
    """The number of a claim or version, ``None`` for what is none: no plain digits, or more than any has.

    >>> read_number("7"), read_number("-7"), read_number("七"), read_number("9" * 5000)
    (7, None, None, None)
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None
