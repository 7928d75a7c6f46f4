"""The audit trail of a version as rows: who did what to which record, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from claims.records.audit import AuditEntry
from db.unit_of_work import UnitOfWork
from reviewer.exports.table import SCHEMA_VERSION, ExportRequest, Row, Table
from reviewer.i18n import mark
from reviewer.moments import rewrite_moment, write_moment
from reviewer.workflow.audit_trail import load_version_trail

AUDIT_COLUMNS = ("at", "actor", "action", "subject", "values", "schema_version")


def build_audit_table(entries: Sequence[AuditEntry], zone: tzinfo) -> list[Row]:
    """One row an entry, in the order given; values as ``name: value`` separated by ``; ``."""
    return [
        {
            "at": write_moment(entry.at, zone),
            "actor": entry.actor,
            "action": entry.action.value,
            "subject": entry.subject,
            "values": "; ".join(f"{name}: {rewrite_moment(value, zone)}" for name, value in entry.values),
            "schema_version": SCHEMA_VERSION,
        }
        for entry in entries
    ]


def _load_rows(work: UnitOfWork, request: ExportRequest) -> list[Row]:
    """Everything that was done to the version and its claims, as the viewer may see it."""
    return build_audit_table(load_version_trail(work, request.version_id, request.viewer), request.zone)


AUDIT = Table(mark("Audit trail"), "audit", AUDIT_COLUMNS, _load_rows)
