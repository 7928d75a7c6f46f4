"""The requests a second that a source allows, shared by all processes and machines through the database."""

from __future__ import annotations

import hashlib
import hmac
import math
from typing import TypeAlias

from sqlalchemy import ColumnElement, Engine, Insert, Update, case, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from claims.search.ports import Clock
from claims.search.rate_limit import (
    KEPT_TURNS,
    LEAST_SLACK,
    MOST_SLACK,
    NARROWING,
    WIDENING,
    Outlook,
    PacedBudget,
    Permit,
    SystemClock,
    widen,
)
from db.clock import database_now
from db.models import BudgetRow, SentRow

# A turn further off than this was given before the database's clock was set back: it counts for nothing.
FURTHEST_TURN_SECONDS = 300.0
_Seconds: TypeAlias = ColumnElement[float] | InstrumentedAttribute[float]
_ACCOUNTS = b"konkyo: the account of a request budget"


def open_budget(engine: Engine, account: str, per_second: int, clock: Clock | None = None) -> PacedBudget:
    """The ``RequestBudget`` of everybody who uses this database with the same account.

    That is NCBI's key ("": without one), and another source's name with its key.
    """
    clock = clock or SystemClock()
    return PacedBudget(StoredTurns(engine, account, per_second, clock), clock)


class StoredTurns:
    """``Turns`` in the database: one short statement for each, by the database's clock.

    Machines' clocks differ; ``clock`` measures only how long it is to a turn. Every call raises
    ``StoreError`` when the database is away.
    """

    def __init__(self, engine: Engine, account: str, per_second: int, clock: Clock) -> None:
        self._engine = engine
        self._account = fingerprint_key(account)
        self._per_second = per_second
        self._clock = clock
        self._insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
        self._now = database_now(engine.dialect)

    def reserve(self) -> Permit:
        """The next free turn."""
        turn = _later(_or_never(BudgetRow.next_turn, self._now), self._now)
        first = {
            "turns_given": 1,
            "next_turn": self._now + self._space(LEAST_SLACK),
            "resumes_at": self._now,
            "slack": LEAST_SLACK,
        }
        then = {
            "turns_given": BudgetRow.turns_given + 1,
            "next_turn": turn + self._space(BudgetRow.slack),
        }
        statement = (
            self._insert(BudgetRow)
            .values(account=self._account, **first)
            .on_conflict_do_update(index_elements=["account"], set_=then)
            .returning(BudgetRow.turns_given, BudgetRow.next_turn - self._space(BudgetRow.slack) - self._now)
        )
        with self._engine.begin() as connection:
            given, wait_seconds = connection.execute(statement).one()
            return Permit(given - 1, self._clock.monotonic() + wait_seconds)

    def look(self, turn: Permit) -> Outlook:
        """What holds the turn back."""
        first = turn.number - self._per_second
        sent = (SentRow.account == self._account) & (SentRow.slot == first % KEPT_TURNS)
        asked = (
            select(
                _or_never(BudgetRow.resumes_at, self._now) - self._now,
                BudgetRow.slack,
                self._now - _or_never(SentRow.sent_at, self._now),
            )
            .select_from(BudgetRow)
            .outerjoin(SentRow, sent & (SentRow.number == first))
            .where(BudgetRow.account == self._account)
        )
        with self._engine.connect() as connection:
            paused, slack, ago = connection.execute(asked).one()
        return Outlook(paused, slack, math.inf if first < 0 else ago)

    def note_sent(self, turn: Permit, late_seconds: float) -> None:
        """The turn's request was sent just now."""
        slack = _bound(_later(BudgetRow.slack * NARROWING, widen(late_seconds)))
        with self._engine.begin() as connection:
            connection.execute(self._note(turn, self._now))
            connection.execute(self._change(slack=slack))

    def note_dropped(self, turn: Permit) -> None:
        """Nothing will be sent for the turn."""
        with self._engine.begin() as connection:
            connection.execute(self._note(turn, literal(0.0)))

    def pause(self, seconds: float) -> None:
        """Nobody who shares the turns sends a request for the next ``seconds``; then they are wider."""
        self.note_dropped(self.reserve())
        resumes_at = self._now + seconds
        with self._engine.begin() as connection:
            connection.execute(
                self._change(
                    next_turn=_later(_or_never(BudgetRow.next_turn, self._now), resumes_at),
                    resumes_at=_later(_or_never(BudgetRow.resumes_at, self._now), resumes_at),
                    slack=_bound(BudgetRow.slack * WIDENING),
                )
            )

    def _space(self, slack: _Seconds | float) -> ColumnElement[float]:
        """Seconds from one turn to the next."""
        wide: ColumnElement[float] = (literal(1.0) + slack) / self._per_second
        return wide

    def _note(self, turn: Permit, sent_at: ColumnElement[float]) -> Insert:
        noted = {"number": turn.number, "sent_at": sent_at}
        return (
            self._insert(SentRow)
            .values(account=self._account, slot=turn.number % KEPT_TURNS, **noted)
            .on_conflict_do_update(index_elements=["account", "slot"], set_=noted)
        )

    def _change(self, **values: ColumnElement[float]) -> Update:
        return update(BudgetRow).where(BudgetRow.account == self._account).values(values)


def fingerprint_key(account: str) -> str:
    """What stands for an account, maybe a secret key, in the database: alike everywhere, and no way back.

    >>> len(fingerprint_key("")), fingerprint_key("k") == fingerprint_key("k")
    (64, True)
    """
    return hmac.new(_ACCOUNTS, account.encode(), hashlib.sha256).hexdigest()


def _later(one: _Seconds, other: ColumnElement[float] | float) -> ColumnElement[float]:
    return case((one > other, one), else_=other)


def _bound(slack: ColumnElement[float]) -> ColumnElement[float]:
    return case((slack > MOST_SLACK, MOST_SLACK), else_=slack)


def _or_never(moment: _Seconds, now: ColumnElement[float]) -> ColumnElement[float]:
    """The stored moment, or 0 where it can only come from a clock that went wrong."""
    return case((moment > now + FURTHEST_TURN_SECONDS, 0.0), else_=moment)
