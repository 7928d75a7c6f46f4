"""Inserting by the dozen, and ``INSERT … ON CONFLICT``, which SQLAlchemy keeps apart for each database."""

from __future__ import annotations

from typing import TypeAlias

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.base import Base
from db.mapping import Values

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
