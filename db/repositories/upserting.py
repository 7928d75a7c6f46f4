"""``INSERT … ON CONFLICT``, which both databases spell alike and SQLAlchemy keeps in two places."""

from __future__ import annotations

from typing import TypeAlias

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.base import Base

Upsert: TypeAlias = sqlite.Insert | postgresql.Insert


def insert_into(session: Session, kind: type[Base]) -> Upsert:
    """An insert that takes ``on_conflict_do_…`` on the session's database."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(kind)
    return postgresql.insert(kind)
