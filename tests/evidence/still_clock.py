"""Time and budget that take no time and remember what was asked of them."""

from __future__ import annotations

import threading


class StillClock:
    """A clock that moves only when somebody sleeps. ``slept`` are the sleeps, in order."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._now = 0.0
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self._now += max(seconds, 0.0)


class UncountedBudget:
    """A budget without a limit. ``pauses`` are the pauses asked for, in order."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def take(self) -> None:
        """Returns at once."""

    def note_sent(self) -> None:
        """Nobody waits for it."""

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
