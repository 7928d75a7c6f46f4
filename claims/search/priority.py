"""A line in which who is most urgent comes next, whenever they joined."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from heapq import heappop, heappush
from itertools import count

# The place of the work that this thread does: a lower one is served first. 0: somebody waits for it now.
PLACE: ContextVar[int] = ContextVar("place", default=0)


class WaitingLine:
    """Lets ``at_once`` threads through at a time, by their ``PLACE``, then by their coming."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: list[tuple[int, int, threading.Event]] = []
        self._joined = count()
        self._lock = threading.Lock()

    @contextmanager
    def through(self) -> Iterator[None]:
        """The time during which this thread is through."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def _enter(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = threading.Event()
            heappush(self._waiting, (PLACE.get(), next(self._joined), called))
        called.wait()

    def _leave(self) -> None:
        with self._lock:
            if self._waiting:
                heappop(self._waiting)[2].set()
            else:
                self._free += 1
