"""Days of publication as numbers that a range can hold."""

from __future__ import annotations

import re
from datetime import date

from claims.errors import QueryError
from claims.library.editions import number_day
from claims.medline.dates import find_month, find_year

_LIMIT = re.compile(r"(\d{4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?\Z")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")


def number_days(printed: str, electronic: date | None) -> list[int]:
    """The days as YYYYMMDD on which a paper came out: in print as far as that is known, and online.

    A printed date without a month counts as the first day of its year, one without a day as the first
    of its month, so that each lies in the ranges that hold all of it.

    >>> number_days("1998 Dec-1999 Jan", date(1998, 11, 5)), number_days("2020", None), number_days("", None)
    ([19981201, 19981105], [20200101], [])
    """
    days = []
    year = find_year(printed)
    if year is not None:
        after = printed.partition(str(year))[2].split("-")[0].split()
        month = find_month(after[0]) if after else None
        day = _DAY.match(after[1]) if month and len(after) > 1 else None
        days.append(year * 10_000 + (month or 1) * 100 + (int(day.group(1)) if day else 1))
    return days + [number_day(electronic)] * (electronic is not None)


def read_range(text: str) -> tuple[int, int]:
    """First and last day of a date or range as PubMed writes it: ``2010:2020/06``, ``2015/03/01``.

    Raises ``QueryError`` (``query_date``) for any other form.

    >>> read_range("2010:2020/06"), read_range("2015/03/01")
    ((20100101, 20200631), (20150301, 20150301))
    """
    first, _, last = text.replace(" ", "").partition(":")
    since, until = _LIMIT.match(first), _LIMIT.match(last or first)
    if since is None or until is None:
        raise QueryError("query_date", text=text)
    year, month, day = since.groups(default="1")
    start = int(year) * 10_000 + int(month) * 100 + int(day)
    year, month, day = until.group(1), until.group(2) or "12", until.group(3) or "31"
    return start, int(year) * 10_000 + int(month) * 100 + int(day)
