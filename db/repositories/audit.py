"""The audit trail, for reading; a unit of work writes it when it commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from claims.records.audit import AuditAction, AuditEntry
from db.among import among
from db.audit_chain import ChainKey, is_begun_again
from db.audit_checking import Anchor, Checked, TrailLoss, check_chain, find_head
from db.audit_heads import has_head
from db.mapping import audit_record
from db.models import AuditRow, LinkRow


class AuditRepository:
    """Reads the trail."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_entries(
        self,
        subject: str = "",
        limit: int | None = None,
        *,
        actor: str = "",
        action: AuditAction | None = None,
        skip: int = 0,
    ) -> tuple[AuditEntry, ...]:
        """The latest ``limit`` entries after ``skip``, newest first; what is empty filters nothing."""
        entries = select(AuditRow).where(*_filter(subject, actor, action))
        ordered = entries.order_by(AuditRow.id.desc()).limit(limit).offset(skip or None)
        return tuple(audit_record(row) for row in self._session.scalars(ordered))

    def list_about(
        self, subjects: Collection[str], action: AuditAction | None = None
    ) -> tuple[AuditEntry, ...]:
        """The entries on these subjects, oldest first: all, or those of one step."""
        entries = select(AuditRow).where(among(AuditRow.subject, subjects), *_filter("", "", action))
        return tuple(audit_record(row) for row in self._session.scalars(entries.order_by(AuditRow.id)))

    def count_entries(
        self, most: int, subject: str = "", actor: str = "", action: AuditAction | None = None
    ) -> int:
        """How many entries there are, counted up to ``most``; what is empty filters nothing."""
        entries = select(AuditRow.id).where(*_filter(subject, actor, action)).limit(most).subquery()
        return self._session.scalar(select(func.count()).select_from(entries)) or 0

    def find_head(self) -> Anchor:
        """Where the trail stands now: place and digest of its last line."""
        return find_head(self._session)

    def check(self, key: ChainKey, anchors: Sequence[Anchor] = ()) -> Checked:
        """The trail checked line by line with the rows that it binds (``db/audit_checking.py``)."""
        return check_chain(self._session, key, anchors)

    def find_loss(self, kept: Anchor | None) -> TrailLoss | None:
        """What the first line and the ``kept`` head tell of a trail that was taken out."""
        if kept is not None and not has_head(self._session, kept):
            return TrailLoss.OTHER_TRAIL
        if (first := self._session.get(LinkRow, 1)) is None:
            return TrailLoss.NOT_SEALED if self.count_entries(1) else None
        return TrailLoss.BEGUN_AGAIN if is_begun_again(first) else None


def _filter(subject: str, actor: str, action: AuditAction | None) -> list[ColumnElement[bool]]:
    asked = ((AuditRow.subject, subject), (AuditRow.actor, actor), (AuditRow.action, action))
    return [column == value for column, value in asked if value]
