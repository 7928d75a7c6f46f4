"""Which of two versions of a record is the later one, whatever the order in which their files arrive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_NLM_FILE = re.compile(r"pubmed(\d{2})n(\d{4,6})\.xml", re.IGNORECASE)
_FILES_A_YEAR = 1_000_000


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a record, or its deletion, as far as its place in time is known.

    ``day`` is the day of revision as YYYYMMDD, 0 where the record gives none; of a deletion the latest day
    of its file. ``file`` numbers NLM's files through all years, 0 for any other file.
    """

    day: int = 0
    file: int = 0
    deleted: bool = False


def is_later(incoming: Edition, held: Edition, complete: bool = True) -> bool:
    """Whether ``incoming`` takes the place of ``held``.

    A deletion has no day of its own: NLM's file numbers decide first, then the days; one that nothing dates
    deletes what is there and stays. Records go by their days, then by NLM's file numbers; where neither
    tells, the one that came last stands if it is ``complete`` (NBIB says less of a record than XML does).

    >>> is_later(Edition(20200101), Edition(20240101)), is_later(Edition(20240101), Edition(deleted=True))
    (False, False)
    """
    if incoming.deleted or held.deleted:
        if incoming.file and held.file and incoming.file != held.file:
            return incoming.file > held.file
        if incoming.day and held.day and incoming.day != held.day:
            return incoming.day > held.day
        return incoming.deleted
    if incoming.day and held.day and incoming.day != held.day:
        return incoming.day > held.day
    if incoming.file and held.file and incoming.file != held.file:
        return incoming.file > held.file
    return complete


def number_day(day: date | None) -> int:
    """The day as YYYYMMDD, 0 for none.

    >>> number_day(date(2024, 2, 9))
    20240209
    """
    return day.year * 10_000 + day.month * 100 + day.day if day else 0


def number_file(path: Path) -> int:
    """NLM's number of a baseline or update file, years in order; 0 for a file with another name.

    >>> number_file(Path("pubmed26n0001.xml.gz")) > number_file(Path("pubmed25n1500.xml.gz"))
    True
    """
    found = _NLM_FILE.search(path.name)
    return int(found.group(1)) * _FILES_A_YEAR + int(found.group(2)) if found else 0
