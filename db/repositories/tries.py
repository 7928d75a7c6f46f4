"""Tries to sign in, counted by the database's clock in buckets that tell no name and no address."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, delete, select, update
from sqlalchemy.orm import Session

from db.clock import database_now
from db.models import TryRow
from db.repositories.inserting import insert_into

# So many that are void go with each look: more than one try can leave.
_FORGOTTEN_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries of a bucket, and whether it is known: somebody came in by it of late."""

    count: int = 0
    known: bool = False


class TryRepository:
    """Counts in one statement each, so that of many who try at once each has a number of their own."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._now = database_now(session.get_bind().dialect)

    def count(self, bucket: str, window_seconds: float) -> Tries:
        """The tries of the bucket with this one. They count from the first until the window is over."""
        over = TryRow.counts_until <= self._now
        # A later end was written before the database's clock was set back.
        over |= TryRow.counts_until > self._now + window_seconds
        ends = case((over, self._now + window_seconds), else_=TryRow.counts_until)
        void = case((TryRow.known_until > ends, TryRow.known_until), else_=ends)
        row = insert_into(self._session, TryRow).values(
            bucket=bucket,
            tries=1,
            counts_until=self._now + window_seconds,
            known_until=0.0,
            void_at=self._now + window_seconds,
        )
        counted = row.on_conflict_do_update(
            index_elements=["bucket"],
            set_={
                "tries": case((over, 1), else_=TryRow.tries + 1),
                "counts_until": ends,
                "void_at": void,
            },
        )
        known = TryRow.known_until > self._now
        count, is_known = self._session.execute(counted.returning(TryRow.tries, known)).one()
        return Tries(count, bool(is_known))

    def look(self, bucket: str) -> Tries:
        """The tries of the bucket, without another."""
        counts = case((TryRow.counts_until > self._now, TryRow.tries), else_=0)
        asked = select(counts, TryRow.known_until > self._now).where(TryRow.bucket == bucket)
        row = self._session.execute(asked).one_or_none()
        return Tries() if row is None else Tries(row[0], bool(row[1]))

    def forgive(self, bucket: str, known_seconds: float = 0.0) -> None:
        """No try of the bucket counts any more, and it is known for so long."""
        until = self._now + known_seconds
        self._session.execute(
            update(TryRow)
            .where(TryRow.bucket == bucket)
            .values(tries=0, counts_until=self._now, known_until=until, void_at=until)
        )

    def take_back(self, bucket: str) -> None:
        """One try of the bucket was none."""
        self._session.execute(
            update(TryRow).where(TryRow.bucket == bucket, TryRow.tries > 0).values(tries=TryRow.tries - 1)
        )

    def forget(self) -> None:
        """Remove what is void; what somebody counts at this moment stays until the next time."""
        void = (
            select(TryRow.bucket)
            .where(TryRow.void_at <= self._now)
            .limit(_FORGOTTEN_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        self._session.execute(delete(TryRow).where(TryRow.bucket.in_(void)))
