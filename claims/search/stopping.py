"""Work that is given up: what waits wakes at once, and requests that are under way are cut (ADR 0018)."""

from __future__ import annotations

import socket
import threading
from contextvars import ContextVar
from weakref import WeakSet


class WorkStopped(Exception):
    """The work was given up while it waited. No ``KonkyoError``: it is no answer that anybody is told."""


class Stop:
    """Told once, by any thread, to all who work under it."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self._lines: WeakSet[socket.socket] = WeakSet()
        self._lock = threading.Lock()

    def is_set(self) -> bool:
        """Whether the work is given up."""
        return self._told.is_set()

    def set(self) -> None:
        """Give the work up: who sleeps or reads from a line under it raises ``WorkStopped``, or soon will."""
        self._told.set()
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            _cut(line)

    def wait(self, seconds: float) -> bool:
        """Whether the work was given up before ``seconds`` were over; returns as soon as that is known."""
        return self._told.wait(seconds)

    def watch(self, line: socket.socket) -> None:
        """Have the line cut when the work is given up. Raises ``WorkStopped`` where it already was."""
        with self._lock:
            self._lines.add(line)
        raise_if(self)


# What the work of this thread is done under; ``None``: nobody can give it up.
STOP: ContextVar[Stop | None] = ContextVar("stop", default=None)


def raise_if(stop: Stop | None) -> None:
    """Raises ``WorkStopped`` where the work under ``stop`` was given up."""
    if stop is not None and stop.is_set():
        raise WorkStopped


def _cut(line: socket.socket) -> None:
    """End the line for whoever reads from it, also one inside TLS, whose own state is its reader's."""
    try:
        socket.socket.shutdown(line, socket.SHUT_RDWR)
    except OSError:
        # It was closed, or never stood: nobody reads from it.
        return
