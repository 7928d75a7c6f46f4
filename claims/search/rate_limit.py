"""The requests a second that a source's owner allows: evenly spaced turns, and the clock they go by."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from claims.search.ports import Clock
from claims.search.priority import WaitingLine
from claims.search.stopping import STOP, raise_if

# Evenly spaced requests bunch up on the way: this much wider, no second of the owner's gets one too many.
_SPACING = 1.04
# Of one request more than the rate, the last is sent so much later than the first, however late that one was.
_WINDOW_SECONDS = 1.03
# So many threads of a process hold a turn that has not come: one sleeps, the next is ready when it wakes.
_TURNS_AHEAD = 3
# An answer takes 0.3 to 1 s: so long a request holds its thread, and one more thread waits for the next turn.
_SLOW_ANSWER_SECONDS = 1.0


class SystemClock:
    """The machine's own clock."""

    def monotonic(self) -> float:
        """Seconds since some fixed point; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Returns after ``seconds``; at once when they are not positive. Raises ``WorkStopped``."""
        stop = STOP.get()
        if stop is not None:
            stop.wait(seconds)
            raise_if(stop)
        elif seconds > 0:
            time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Permit:
    """The right to send one request ``at`` a moment of the caller's clock; turns are numbered as given."""

    number: int
    at: float


class Turns(Protocol):
    """Where turns are given: in this process, or for all who share a database."""

    def reserve(self) -> Permit:
        """The next free turn, which is nobody else's from now on."""
        ...

    def paused_seconds(self) -> float:
        """How long nobody may send a request; not positive when all may."""
        ...

    def pause(self, seconds: float) -> None:
        """Nobody sends a request for the next ``seconds``, not even who has a turn."""
        ...


class PacedBudget:
    """A ``RequestBudget`` of turns reserved ahead of time, in this process for the most urgent first.

    On a busy machine threads wake up late for their turns. Those of one process make up for each other: no
    request is sent within a second of the one that is ``per_second`` turns before it.
    """

    def __init__(self, turns: Turns, per_second: int, clock: Clock) -> None:
        self._turns = turns
        self._per_second = per_second
        self._clock = clock
        self._line = WaitingLine(_TURNS_AHEAD)
        self._sent: deque[Permit] = deque(maxlen=2 * per_second)
        self._lock = threading.Lock()

    def take(self) -> None:
        """Returns as soon as one more request may be sent."""
        with self._line.through():
            turn = self._turns.reserve()
            while (wait_seconds := self._find_due(turn) - self._clock.monotonic()) > 0:
                self._clock.sleep(wait_seconds)
                if self._turns.paused_seconds() > 0:
                    turn = self._turns.reserve()
            with self._lock:
                self._sent.append(Permit(turn.number, self._clock.monotonic()))

    def pause(self, seconds: float) -> None:
        """Nobody who shares this budget sends a request for the next ``seconds``, not even who has a turn."""
        self._turns.pause(seconds)

    def _find_due(self, turn: Permit) -> float:
        """When a request of this turn may be sent."""
        first = turn.number - self._per_second
        with self._lock:
            sent = [earlier.at for earlier in self._sent if earlier.number == first]
        return max([turn.at, *(at + _WINDOW_SECONDS for at in sent)])


class ProcessTurns:
    """``Turns`` for the threads of one process."""

    def __init__(self, per_second: int, clock: Clock) -> None:
        self._interval_seconds = space_turns(per_second)
        self._clock = clock
        self._lock = threading.Lock()
        self._given = 0
        self._next_turn = self._resumes_at = clock.monotonic()

    def reserve(self) -> Permit:
        """The next free turn."""
        with self._lock:
            turn = Permit(self._given, max(self._clock.monotonic(), self._next_turn))
            self._given += 1
            self._next_turn = turn.at + self._interval_seconds
            return turn

    def paused_seconds(self) -> float:
        """How long no thread may send a request."""
        return self._resumes_at - self._clock.monotonic()

    def pause(self, seconds: float) -> None:
        """No thread sends a request for the next ``seconds``."""
        with self._lock:
            self._resumes_at = max(self._resumes_at, self._clock.monotonic() + seconds)
            self._next_turn = max(self._next_turn, self._resumes_at)


def space_turns(per_second: int) -> float:
    """Seconds from one turn to the next, so that the rate is nearly reached and never passed."""
    return _SPACING / per_second


def count_connections(per_second: int) -> int:
    """How many threads must ask so that the rate is used while each answer takes up to a second.

    >>> count_connections(3), count_connections(10)
    (4, 11)
    """
    return math.ceil(per_second * _SLOW_ANSWER_SECONDS) + 1


@cache
def share_budget(account: str, per_second: int) -> PacedBudget:
    """The one budget of this process for this account with a source."""
    return pace_process(per_second, SystemClock())


def pace_process(per_second: int, clock: Clock) -> PacedBudget:
    """A budget for the threads of one process that use it."""
    return PacedBudget(ProcessTurns(per_second, clock), per_second, clock)
