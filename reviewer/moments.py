"""Moments in words: the one place that writes days and times, always in a named zone (ADR 0028)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime

HOME_ZONE = "Asia/Tokyo"
_MACHINE_ZONE = Path("/etc/localtime")
# Where most servers stand, whoever reads them: no choice of anybody's.
_UNCHOSEN = frozenset({"UTC", "Etc/UTC", "UCT", "Etc/UCT", "Zulu", "Universal"})
# English as the world writes it: the day before the month.
_LOCALES = {"ja": "ja_JP", "en": "en_GB"}
_STORED_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})\Z")


def find_zone(name: str) -> ZoneInfo | None:
    """The IANA time zone of this name, ``None`` where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError):
        # What is no key at all is told in three ways.
        return None


def find_machine_zone(asked: str = "") -> ZoneInfo:
    """The zone that ``asked`` (``TZ``) or the machine names, UTC not counting as a choice; else Tokyo's."""
    _, _, named = str(_MACHINE_ZONE.resolve()).partition("zoneinfo/")
    for name in (asked.lstrip(":"), named):
        if name not in _UNCHOSEN and (zone := find_zone(name)):
            return zone
    return ZoneInfo(HOME_ZONE)


def write_moment(moment: datetime, zone: tzinfo) -> str:
    """The moment for a table: ISO 8601 to the second with the zone's offset.

    >>> from datetime import UTC
    >>> write_moment(datetime(2026, 11, 28, 23, 30, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
    '2026-11-29T08:30:00+09:00'
    """
    return moment.astimezone(zone).isoformat(timespec="seconds")


def write_date(moment: datetime, zone: tzinfo) -> str:
    """The day on which the moment falls in ``zone``, as machines read it: ISO 8601.

    >>> from datetime import UTC
    >>> write_date(datetime(2026, 11, 28, 23, 30, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
    '2026-11-29'
    """
    return day_of(moment, zone).isoformat()


def write_day(moment: datetime, zone: tzinfo) -> str:
    """The day on which the moment falls in ``zone``, and the zone's name.

    >>> from datetime import UTC
    >>> write_day(datetime(2026, 11, 28, 23, 30, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
    '2026-11-29 JST'
    """
    return f"{write_date(moment, zone)} {_name_zone(moment.astimezone(zone))}"


def rewrite_moment(value: str, zone: tzinfo) -> str:
    """A stored value with its moment in ``zone``, where it is a moment; any other value as it is."""
    return write_moment(datetime.fromisoformat(value), zone) if _STORED_MOMENT.match(value) else value


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The day on which the moment falls in ``zone``."""
    return moment.astimezone(zone).date()


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day.

    >>> add_months(date(2026, 1, 31), 13), add_months(date(2026, 11, 30), 1)
    (datetime.date(2027, 2, 28), datetime.date(2026, 12, 30))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def format_moment(moment: datetime, locale: str, zone: tzinfo) -> str:
    """The moment as ``locale`` writes date and time, and the zone's name.

    >>> from datetime import UTC
    >>> format_moment(datetime(2026, 1, 5, 12, 0, tzinfo=UTC), "ja", ZoneInfo("Asia/Tokyo"))
    '2026/01/05 21:00:00 JST'
    """
    local = moment.astimezone(zone)
    return f"{format_datetime(local, 'medium', tzinfo=zone, locale=_LOCALES[locale])} {_name_zone(local)}"


def format_day(day: date, locale: str) -> str:
    """The day as ``locale`` writes it.

    >>> format_day(date(2026, 1, 5), "en"), format_day(date(2026, 1, 5), "ja")
    ('5 Jan 2026', '2026/01/05')
    """
    return format_date(day, "medium", locale=_LOCALES[locale])


def format_local_day(moment: datetime, locale: str, zone: tzinfo) -> str:
    """The day on which the moment falls in ``zone``, and the zone's name."""
    return f"{format_day(day_of(moment, zone), locale)} {_name_zone(moment.astimezone(zone))}"


def _name_zone(local: datetime) -> str:
    """The zone's usual abbreviation, or its offset where it has none.

    >>> _name_zone(datetime(2026, 1, 5, tzinfo=ZoneInfo("Asia/Kathmandu")))
    'UTC+05:45'
    """
    name = local.tzname() or ""
    if name.isalpha():
        return name
    minutes = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
