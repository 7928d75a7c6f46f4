"""The requests a second that NCBI allows, kept to inside one process, and the clock it goes by.

NCBI: 3 requests a second without a key, 10 with one (E-utilities Help, NBK25497).
"""

from __future__ import annotations

import threading
import time
from functools import cache

from claims.evidence.ports import Clock

KEYLESS_PER_SECOND = 3
KEYED_PER_SECOND = 10

# Evenly spaced requests bunch up on the way: this much wider, no second of NCBI's gets one too many.
_SPACING = 1.04


class SystemClock:
    """The machine's own clock."""

    def monotonic(self) -> float:
        """Seconds since some fixed point; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Returns after ``seconds``; at once when they are not positive."""
        if seconds > 0:
            time.sleep(seconds)


class ProcessBudget:
    """A ``RequestBudget`` for the threads of one process: evenly spaced turns, first come, first served."""

    def __init__(self, per_second: float, clock: Clock) -> None:
        self._interval_seconds = _SPACING / per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._next_turn = clock.monotonic()

    def take(self) -> None:
        """Returns as soon as one more request may be sent."""
        with self._lock:
            now = self._clock.monotonic()
            turn = max(now, self._next_turn)
            self._next_turn = turn + self._interval_seconds
        self._clock.sleep(turn - now)

    def pause(self, seconds: float) -> None:
        """No thread of this process sends a request for the next ``seconds``."""
        with self._lock:
            self._next_turn = max(self._next_turn, self._clock.monotonic() + seconds)


@cache
def share_budget(api_key: str) -> ProcessBudget:
    """The one budget of this process for this key ("": the keyless one)."""
    return ProcessBudget(KEYED_PER_SECOND if api_key else KEYLESS_PER_SECOND, SystemClock())
