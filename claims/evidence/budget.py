"""The requests a second that NCBI allows, kept to inside one process, and the clock it goes by.

NCBI: 3 requests a second without a key, 10 with one (E-utilities Help, NBK25497).
"""

from __future__ import annotations

import math
import threading
import time
from functools import cache

from claims.evidence.ports import Clock

KEYLESS_PER_SECOND = 3
KEYED_PER_SECOND = 10

# Evenly spaced requests bunch up on the way: this much wider, no second of NCBI's gets one too many.
_SPACING = 1.04
# An answer takes 0.3 to 1 s: so long a request holds its thread, and one more thread waits for the next turn.
_SLOW_ANSWER_SECONDS = 1.0


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
        self._interval_seconds = space_turns(per_second)
        self._clock = clock
        self._lock = threading.Lock()
        self._next_turn = self._resumes_at = clock.monotonic()

    def take(self) -> None:
        """Returns as soon as one more request may be sent."""
        while (wait_seconds := self._reserve()) > 0:
            self._clock.sleep(wait_seconds)
            if self._clock.monotonic() >= self._resumes_at:
                return

    def pause(self, seconds: float) -> None:
        """No thread of this process sends a request for the next ``seconds``, not even who has a turn."""
        with self._lock:
            self._resumes_at = max(self._resumes_at, self._clock.monotonic() + seconds)
            self._next_turn = max(self._next_turn, self._resumes_at)

    def _reserve(self) -> float:
        """Seconds until the turn that is now taken."""
        with self._lock:
            now = self._clock.monotonic()
            turn = max(now, self._next_turn)
            self._next_turn = turn + self._interval_seconds
            return turn - now


def rate_of(api_key: str) -> int:
    """The requests a second that NCBI allows with this key ("": without one)."""
    return KEYED_PER_SECOND if api_key else KEYLESS_PER_SECOND


def space_turns(per_second: float) -> float:
    """Seconds from one turn to the next, so that ``per_second`` is nearly reached and never passed."""
    return _SPACING / per_second


def count_workers(per_second: float) -> int:
    """How many threads must ask so that the rate is used while each answer takes up to a second.

    >>> count_workers(3), count_workers(10)
    (4, 11)
    """
    return math.ceil(per_second * _SLOW_ANSWER_SECONDS) + 1


@cache
def share_budget(api_key: str) -> ProcessBudget:
    """The one budget of this process for this key ("": the keyless one)."""
    return ProcessBudget(rate_of(api_key), SystemClock())
