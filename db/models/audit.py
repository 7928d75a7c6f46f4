"""The audit trail; a trigger refuses every change and deletion of its rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.audit import AuditAction
from db.base import Base, Stored


class AuditRow(Base):
    """One line of the trail. It points at nothing by key, so that it outlives all it mentions."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[AuditAction]
    subject: Mapped[str] = mapped_column(Text, index=True)
    details: Mapped[tuple[tuple[str, str], ...]] = mapped_column(Stored(tuple[tuple[str, str], ...]))
