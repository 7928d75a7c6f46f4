"""Taking a row so that nobody else changes what hangs on it before this unit of work ends."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from claims.errors import NotFound
from db.models import ArticleRow, ClaimRow, VersionRow


def lock_row(session: Session, kind: type[ArticleRow | VersionRow | ClaimRow], key: int) -> None:
    """Hold the row until the transaction ends. Raises ``NotFound`` where there is none.

    An update that changes nothing takes the row on PostgreSQL and the writer's place on SQLite, which
    knows no ``SELECT … FOR UPDATE``.
    """
    held = session.scalar(
        update(kind).where(kind.id == key).values(id=kind.id).returning(kind.id),
        execution_options={"synchronize_session": False},
    )
    if held is None:
        raise NotFound(f"{'claim' if kind is ClaimRow else 'version'}_not_found", id=key)
