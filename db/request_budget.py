"""The requests a second that a source allows, shared by all processes and machines through the database."""

from __future__ import annotations

import hashlib
import hmac
from typing import TypeAlias

from sqlalchemy import ColumnElement, Engine, case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from claims.search.ports import Clock
from claims.search.rate_limit import PacedBudget, Permit, SystemClock, space_turns
from db.clock import database_now
from db.models import BudgetRow

# A turn further off than this was given before the database's clock was set back: it counts for nothing.
FURTHEST_TURN_SECONDS = 300.0
_Seconds: TypeAlias = ColumnElement[float] | InstrumentedAttribute[float]
_ACCOUNTS = b"konkyo: the account of a request budget"


def open_budget(engine: Engine, account: str, per_second: int, clock: Clock | None = None) -> PacedBudget:
    """The ``RequestBudget`` of everybody who uses this database with the same account.

    That is NCBI's key ("": without one), and another source's name with its key.
    """
    clock = clock or SystemClock()
    return PacedBudget(StoredTurns(engine, account, per_second, clock), per_second, clock)


class StoredTurns:
    """``Turns`` in the database: one short statement for each, by the database's clock.

    Machines' clocks differ; ``clock`` measures only how long it is to a turn. Every call raises
    ``StoreError`` when the database is away.
    """

    def __init__(self, engine: Engine, account: str, per_second: int, clock: Clock) -> None:
        self._engine = engine
        self._account = fingerprint_key(account)
        self._interval_seconds = space_turns(per_second)
        self._clock = clock
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._now = database_now(engine.dialect)

    def reserve(self) -> Permit:
        """The next free turn."""
        turn = _later(_or_never(BudgetRow.next_turn, self._now), self._now)
        first = {"turns_given": 1, "next_turn": self._now + self._interval_seconds, "resumes_at": self._now}
        then = {"turns_given": BudgetRow.turns_given + 1, "next_turn": turn + self._interval_seconds}
        insert = sqlite.insert if self._is_sqlite else postgresql.insert
        statement = (
            insert(BudgetRow)
            .values(account=self._account, **first)
            .on_conflict_do_update(index_elements=["account"], set_=then)
            .returning(BudgetRow.turns_given, BudgetRow.next_turn - self._interval_seconds - self._now)
        )
        with self._engine.begin() as connection:
            given, wait_seconds = connection.execute(statement).one()
            return Permit(given - 1, self._clock.monotonic() + wait_seconds)

    def paused_seconds(self) -> float:
        """How long nobody who shares the turns may send a request."""
        left = select(_or_never(BudgetRow.resumes_at, self._now) - self._now)
        with self._engine.connect() as connection:
            return float(connection.execute(left.where(BudgetRow.account == self._account)).scalar_one())

    def pause(self, seconds: float) -> None:
        """Nobody who shares the turns sends a request for the next ``seconds``."""
        self.reserve()
        resumes_at = self._now + seconds
        self._change(
            next_turn=_later(_or_never(BudgetRow.next_turn, self._now), resumes_at),
            resumes_at=_later(_or_never(BudgetRow.resumes_at, self._now), resumes_at),
        )

    def _change(self, **values: ColumnElement[float]) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(BudgetRow).where(BudgetRow.account == self._account).values(values))


def fingerprint_key(account: str) -> str:
    """What stands for an account, maybe a secret key, in the database: alike everywhere, and no way back.

    >>> len(fingerprint_key("")), fingerprint_key("k") == fingerprint_key("k")
    (64, True)
    """
    return hmac.new(_ACCOUNTS, account.encode(), hashlib.sha256).hexdigest()


def _later(one: _Seconds, other: ColumnElement[float]) -> ColumnElement[float]:
    return case((one > other, one), else_=other)


def _or_never(moment: _Seconds, now: ColumnElement[float]) -> ColumnElement[float]:
    """The stored moment, or 0 where it can only come from a clock that went wrong."""
    return case((moment > now + FURTHEST_TURN_SECONDS, 0.0), else_=moment)
