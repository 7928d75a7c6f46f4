"""Dates of a PubMed record: as printed, as a year, as a day."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from claims.medline.fields import first_children
from claims.medline.markup import read_markup

_YEAR = re.compile(r"(?<![0-9])(1[5-9]|20)[0-9]{2}(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, start=1)}


def read_printed(element: etree._Element) -> str:
    """A ``PubDate`` as printed."""
    parts = first_children(element)
    return read_markup(parts.get("MedlineDate")) or " ".join(
        [text for tag in ("Year", "Season", "Month", "Day") if (text := read_markup(parts.get(tag)))]
    )


def find_year(printed: str) -> int | None:
    """The first year from 1500 on in a date as printed, of a range the first; or ``None``.

    >>> find_year("1998 Dec-1999 Jan"), find_year("Spring")
    (1998, None)
    """
    year = _YEAR.search(printed)
    return int(year.group()) if year else None


def find_month(text: str) -> int | None:
    """The month that ``text`` numbers or begins with, or ``None``.

    >>> find_month("Sept"), find_month("03"), find_month("Spring")
    (9, 3, None)
    """
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    return _MONTH_NUMBERS.get(text[:3].lower())


def read_date(element: etree._Element) -> date | None:
    """A full date; ``None`` where a part is missing or the day does not exist."""
    parts = first_children(element)
    month = find_month(read_markup(parts.get("Month")))
    try:
        return date(int(read_markup(parts.get("Year"))), month or 0, int(read_markup(parts.get("Day"))))
    except ValueError:
        return None
