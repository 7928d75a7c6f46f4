"""The requests a second that a source's owner allows: evenly spaced turns, and the clock they go by."""

from __future__ import annotations

import logging
import math
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from claims.errors import StoreError
from claims.search.ports import Clock
from claims.search.priority import WaitingLine
from claims.search.stopping import STOP, raise_if

# Evenly spaced requests bunch up on the way: so much wider than a second, a second's requests are spaced, and
# each request is held back behind the one that is the rate before it. The slack widens by what lateness is
# seen and by each refusal, and narrows again.
LEAST_SLACK, MOST_SLACK = 0.05, 0.13
# Of the slack so much keeps two requests apart; by the rest who was late catches up.
_KEPT_SHARE = 0.9
# What is left of the slack after each request: half of it after 14 seconds at 10 a second.
NARROWING = 0.995
WIDENING = 2.0
# A request that was not sent while another waited for it so long never will be: its process died.
_LOST_SECONDS = 2.0
_POLL_SECONDS = 0.02
# Of so many turns it is known when they were sent: more than any rate.
KEPT_TURNS = 64
# So many threads of a process hold a turn that has not come: one sleeps, the next is ready when it wakes.
_TURNS_AHEAD = 3
# An answer takes 0.3 to 1 s: so long a request holds its thread, and one more thread waits for the next turn.
_SLOW_ANSWER_SECONDS = 1.0

_log = logging.getLogger("konkyo.requests")


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


@dataclass(frozen=True, slots=True)
class Outlook:
    """What holds a turn back at this moment, by the caller's clock.

    ``paused_seconds``: how long nobody may send; not positive when all may. ``slack``: as it stands.
    ``sent_seconds_ago``: since the request of the turn that is the rate before this one was sent; ``None``
    while it was not.
    """

    paused_seconds: float
    slack: float
    sent_seconds_ago: float | None


class Turns(Protocol):
    """Where turns are given: in this process, or for all who share a database."""

    def reserve(self) -> Permit:
        """The next free turn, which is nobody else's from now on."""
        ...

    def look(self, turn: Permit) -> Outlook:
        """What holds the turn back."""
        ...

    def note_sent(self, turn: Permit, late_seconds: float) -> None:
        """The turn's request was sent just now, so much later than it could have been."""
        ...

    def note_dropped(self, turn: Permit) -> None:
        """Nothing will be sent for the turn."""
        ...

    def pause(self, seconds: float) -> None:
        """Nobody sends a request for the next ``seconds``, not even who has a turn: the owner refused one."""
        ...


class PacedBudget:
    """A ``RequestBudget`` of turns reserved ahead of time, in this process for the most urgent first.

    On a busy machine threads wake up late for their turns, and write late. All who share the turns make up
    for each other: none is sent within a second of when the request ``per_second`` turns before was written.
    """

    def __init__(self, turns: Turns, clock: Clock) -> None:
        self._turns = turns
        self._clock = clock
        self._line = WaitingLine(_TURNS_AHEAD)
        self._taken = threading.local()

    def take(self) -> None:
        """Returns as soon as one more request may be sent."""
        with self._line.through():
            turn = self._turns.reserve()
            try:
                turn, due = self._wait_for(turn)
            except BaseException:
                self._turns.note_dropped(turn)
                raise
        self._taken.turn, self._taken.due = turn, due

    def note_sent(self) -> None:
        """The request of the turn that this thread took has been written."""
        late_seconds = max(0.0, self._clock.monotonic() - self._taken.due)
        try:
            self._turns.note_sent(self._taken.turn, late_seconds)
        except StoreError as error:
            # Others wait a second longer for it, and none is sent too soon.
            _log.info("a request is not noted as sent: %s", error.code, extra={"code": error.code})

    def pause(self, seconds: float) -> None:
        """Nobody who shares this budget sends a request for the next ``seconds``, not even who has a turn."""
        self._turns.pause(seconds)

    def _wait_for(self, turn: Permit) -> tuple[Permit, float]:
        """The turn whose request may be sent now, another after a pause, and since when it may."""
        due, looked_at = turn.at, None
        while True:
            if (wait_seconds := due - self._clock.monotonic()) > 0:
                self._clock.sleep(wait_seconds)
            outlook = self._turns.look(turn)
            now = self._clock.monotonic()
            looked_at = now if looked_at is None else looked_at
            if outlook.paused_seconds > 0:
                self._turns.note_dropped(turn)
                turn = self._turns.reserve()
                due, looked_at = turn.at, None
            elif outlook.sent_seconds_ago is None:
                if now > looked_at + _LOST_SECONDS:
                    return turn, due
                due = now + _POLL_SECONDS
            else:
                kept_apart = 1.0 + _KEPT_SHARE * outlook.slack - outlook.sent_seconds_ago
                if kept_apart <= 0:
                    return turn, due
                due = now + kept_apart


class ProcessTurns:
    """``Turns`` for the threads of one process."""

    def __init__(self, per_second: int, clock: Clock) -> None:
        self._per_second = per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._given = 0
        self._next_turn = self._resumes_at = clock.monotonic()
        self._slack = LEAST_SLACK
        self._sent: dict[int, float] = {}

    def reserve(self) -> Permit:
        """The next free turn."""
        with self._lock:
            turn = Permit(self._given, max(self._clock.monotonic(), self._next_turn))
            self._given += 1
            self._next_turn = turn.at + (1.0 + self._slack) / self._per_second
            return turn

    def look(self, turn: Permit) -> Outlook:
        """What holds the turn back."""
        with self._lock:
            now, first = self._clock.monotonic(), turn.number - self._per_second
            sent = self._sent.get(first, -math.inf if first < 0 else None)
            return Outlook(self._resumes_at - now, self._slack, None if sent is None else now - sent)

    def note_sent(self, turn: Permit, late_seconds: float) -> None:
        """The turn's request was sent just now."""
        with self._lock:
            self._note(turn, self._clock.monotonic())
            self._slack = widen(self._slack * NARROWING, late_seconds)

    def note_dropped(self, turn: Permit) -> None:
        """Nothing will be sent for the turn."""
        with self._lock:
            self._note(turn, -math.inf)

    def pause(self, seconds: float) -> None:
        """No thread sends a request for the next ``seconds``."""
        with self._lock:
            self._resumes_at = max(self._resumes_at, self._clock.monotonic() + seconds)
            self._next_turn = max(self._next_turn, self._resumes_at)
            self._slack = widen(self._slack * WIDENING)

    def _note(self, turn: Permit, at: float) -> None:
        self._sent[turn.number] = at
        self._sent.pop(turn.number - KEPT_TURNS, None)


def widen(slack: float, late_seconds: float = 0.0) -> float:
    """The slack once a request was so late, within its bounds.

    >>> widen(0.01), widen(0.05, 0.09), widen(0.05, 3.0)
    (0.05, 0.09, 0.13)
    """
    return min(MOST_SLACK, max(LEAST_SLACK, slack, late_seconds))


def space_turns(per_second: int) -> float:
    """Seconds from one turn to the next where nobody is late: the rate is nearly reached and never passed."""
    return (1.0 + LEAST_SLACK) / per_second


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
    return PacedBudget(ProcessTurns(per_second, clock), clock)
