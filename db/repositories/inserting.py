"""Inserting by the dozen, ``INSERT … ON CONFLICT`` of each database, and holding a row meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims.errors import NotFound
from db.base import Base
from db.mapping import Values
from db.models import ArticleRow, ClaimRow, VersionRow

# Where a session keeps the rows that its next commit binds into the audit trail.
STORED = "konkyo_stored"
# Where it keeps what that commit counts anew (``db/repositories/tallies.py``).
TOUCHED_CLAIMS, TOUCHED_VERSIONS = "konkyo_touched_claims", "konkyo_touched_versions"
DECIDED_VERSIONS = "konkyo_decided_versions"
_ITSELF: dict[type[Base], InstrumentedAttribute[str]] = {
    ArticleRow: ArticleRow.title,
    VersionRow: VersionRow.origin,
    ClaimRow: ClaimRow.reason,
}
Upsert: TypeAlias = sqlite.Insert | postgresql.Insert


def insert_many(session: Session, kind: type[Base], rows: list[Values]) -> None:
    """Store the rows in their order, in one statement however many; none is no statement."""
    if rows:
        session.execute(insert(kind), rows)


def insert_into(session: Session, kind: type[Base]) -> Upsert:
    """An insert that takes ``on_conflict_do_…`` on the session's database."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(kind)
    return postgresql.insert(kind)


def note_stored(session: Session, kind: type[Base], key: int) -> None:
    """Have a row that was stored by a statement of its own bound into the audit trail, as others are."""
    row = session.get_one(kind, key)
    session.info.setdefault(STORED, []).append(row)


def touch_claims(session: Session, claim_ids: Iterable[int]) -> None:
    """Have these claims counted anew when the transaction is kept."""
    session.info.setdefault(TOUCHED_CLAIMS, set()).update(claim_ids)


def touch_version(session: Session, version_id: int) -> None:
    """Have the workload of the version's article counted anew when the transaction is kept."""
    session.info.setdefault(TOUCHED_VERSIONS, set()).add(version_id)


def note_decided(session: Session, version_id: int) -> None:
    """Have it told anew what the version's article waits for, when the transaction is kept."""
    session.info.setdefault(DECIDED_VERSIONS, set()).add(version_id)


def share_row(session: Session, kind: type[VersionRow], key: int) -> None:
    """Let nobody change the row until the transaction ends; others may share it meanwhile.

    SQLite has one writer, whose place is taken by an update of no row: a version's has all of its text.
    Raises ``NotFound`` where there is none.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(
            update(kind).where(kind.id == key, kind.id != key).values(number=kind.number),
            execution_options={"synchronize_session": False},
        )
    # SQLite passes over ``FOR SHARE``.
    if session.scalar(select(kind.id).where(kind.id == key).with_for_update(read=True)) is None:
        raise NotFound("version_not_found", id=key)


def lock_row(session: Session, kind: type[ArticleRow | VersionRow | ClaimRow], key: int) -> None:
    """Hold the row until the transaction ends. Raises ``NotFound`` where there is none.

    An update that changes nothing takes the row on PostgreSQL and the writer's place on SQLite, which
    knows no ``SELECT … FOR UPDATE``. It leaves the key alone: SQLite would look for it in each table that
    refers to it.
    """
    column = _ITSELF[kind]
    held = session.scalar(
        update(kind).where(kind.id == key).values({column: column}).returning(kind.id),
        execution_options={"synchronize_session": False},
    )
    if held is None:
        raise NotFound(f"{'claim' if kind is ClaimRow else 'version'}_not_found", id=key)
