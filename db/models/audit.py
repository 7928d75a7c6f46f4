"""The audit trail; a trigger refuses every change and deletion of its rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.audit import AuditAction
from db.base import Base, Stored


class AuditRow(Base):
    """One line of the trail. It points at nothing by key, so that it outlives all it mentions."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_actor", "actor", "id"),
        Index("ix_audit_entry_action", "action", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[AuditAction]
    subject: Mapped[str] = mapped_column(Text, index=True)
    details: Mapped[tuple[tuple[str, str], ...]] = mapped_column(Stored(tuple[tuple[str, str], ...]))


class LinkRow(Base):
    """What binds one line of the trail to all before it, and to the rows that were stored with it.

    ``bound`` are table, key and digest of each of these rows; with the first link, what stood before the
    chain began. ``key_name`` tells by which secret it was signed. ``db/audit_chain.py`` makes it.
    """

    __tablename__ = "audit_link"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(unique=True)
    bound: Mapped[list[list[Any]]] = mapped_column(JSON)
    key_name: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
