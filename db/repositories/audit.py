"""The audit trail, for reading; a unit of work writes it when it commits."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.records.audit import AuditEntry
from db.mapping import audit_record
from db.models import AuditRow


class AuditRepository:
    """Reads the trail."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_entries(self, subject: str | None = None, limit: int | None = None) -> tuple[AuditEntry, ...]:
        """The latest ``limit`` entries, newest first, of one subject or of all."""
        entries = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
        if subject is not None:
            entries = entries.where(AuditRow.subject == subject)
        return tuple(audit_record(row) for row in self._session.scalars(entries))
