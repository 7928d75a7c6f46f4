"""When NCBI asks large jobs to wait: weekdays from 5:00 to 21:00 Eastern time (E-utilities, NBK25497)."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_EASTERN = ZoneInfo("America/New_York")
_FIRST_HOUR, _LAST_HOUR = 5, 21
_SATURDAY = 5


def find_quiet_hours(at: datetime) -> datetime | None:
    """When NCBI's busy hours end, in UTC; ``None`` outside of them. Summer time is the zone's own.

    >>> find_quiet_hours(datetime(2026, 1, 5, 12, tzinfo=UTC)).isoformat()
    '2026-01-06T02:00:00+00:00'
    >>> find_quiet_hours(datetime(2026, 7, 6, 9, tzinfo=UTC)).isoformat()
    '2026-07-07T01:00:00+00:00'
    >>> find_quiet_hours(datetime(2026, 1, 4, 12, tzinfo=UTC)) is None
    True
    """
    local = at.astimezone(_EASTERN)
    if local.weekday() >= _SATURDAY or not _FIRST_HOUR <= local.hour < _LAST_HOUR:
        return None
    return local.replace(hour=_LAST_HOUR, minute=0, second=0, microsecond=0).astimezone(UTC)
