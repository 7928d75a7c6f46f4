"""The requests a second that NCBI allows, shared by all processes and machines through the database."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from sqlalchemy import ColumnElement, Engine, case, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite

from claims.evidence.budget import SystemClock, rate_of, space_turns
from claims.evidence.ports import Clock
from db.models import BudgetRow

# A turn further off than this was given before the database's clock was set back: it counts for nothing.
FURTHEST_TURN_SECONDS = 300.0
_ACCOUNTS = b"konkyo: the account of a request budget"


class SharedBudget:
    """A ``RequestBudget`` for everybody who uses this database with the same key.

    Turns are given ahead of time, evenly spaced, by one short statement each and by the database's clock,
    since machines' clocks differ; ``clock`` only sleeps. Raises ``StoreError`` when the database is away.
    """

    def __init__(self, engine: Engine, api_key: str, clock: Clock | None = None) -> None:
        self._engine = engine
        self._account = tell_account(api_key)
        self._interval_seconds = space_turns(rate_of(api_key))
        self._clock = clock or SystemClock()

    def take(self) -> None:
        """Returns as soon as one more request may be sent."""
        while (wait_seconds := self._reserve()) > 0:
            self._clock.sleep(wait_seconds)
            if self._paused_seconds() <= 0:
                return

    def pause(self, seconds: float) -> None:
        """Nobody who shares the budget sends a request for the next ``seconds``, not even who has a turn."""
        resumes_at = self._now() + seconds
        self._change(
            {"next_turn": resumes_at, "resumes_at": resumes_at},
            {
                "next_turn": _later(_or_never(BudgetRow.next_turn, self._now()), resumes_at),
                "resumes_at": _later(_or_never(BudgetRow.resumes_at, self._now()), resumes_at),
            },
        )

    def _reserve(self) -> float:
        """Seconds until the turn that is now taken; not positive when it has come."""
        now = self._now()
        turn = _later(_or_never(BudgetRow.next_turn, now), now)
        return self._change(
            {"next_turn": now + self._interval_seconds, "resumes_at": now},
            {"next_turn": turn + self._interval_seconds},
        )

    def _change(self, first: dict[str, Any], then: dict[str, Any]) -> float:
        """Seconds to the turn before ``next_turn``, after the row was made or changed."""
        insert = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        given = BudgetRow.next_turn - self._interval_seconds - self._now()
        statement = (
            insert(BudgetRow)
            .values(account=self._account, **first)
            .on_conflict_do_update(index_elements=["account"], set_=then)
            .returning(given)
        )
        with self._engine.begin() as connection:
            return float(connection.execute(statement).scalar_one())

    def _paused_seconds(self) -> float:
        left = select(_or_never(BudgetRow.resumes_at, self._now()) - self._now())
        with self._engine.connect() as connection:
            return float(connection.execute(left.where(BudgetRow.account == self._account)).scalar() or 0.0)

    def _now(self) -> ColumnElement[float]:
        """Seconds since 1970 by the database's clock, at the moment at which it holds the row."""
        if self._engine.dialect.name == "sqlite":
            return literal_column("((julianday('now') - 2440587.5) * 86400.0)")
        return literal_column("extract(epoch from clock_timestamp())::double precision")


def tell_account(api_key: str) -> str:
    """What stands for a key ("": keyless) in the database: the same on every machine, and no way back.

    >>> len(tell_account("")), tell_account("k") == tell_account("k")
    (64, True)
    """
    return hmac.new(_ACCOUNTS, api_key.encode(), hashlib.sha256).hexdigest()


def _later(one: ColumnElement[float], other: ColumnElement[float]) -> ColumnElement[float]:
    return case((one > other, one), else_=other)


def _or_never(moment: ColumnElement[float], now: ColumnElement[float]) -> ColumnElement[float]:
    """The stored moment, or 0 where it can only come from a clock that went wrong."""
    return case((moment > now + FURTHEST_TURN_SECONDS, 0.0), else_=moment)
