"""The audit trail of a version as rows: who did what to which record, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from claims.records.audit import AuditEntry
from reviewer.exports.report import Row
from reviewer.moments import rewrite_moment, write_moment

AUDIT_COLUMNS = ("at", "actor", "action", "subject", "values")


def build_audit_table(entries: Sequence[AuditEntry], zone: tzinfo) -> list[Row]:
    """One row an entry, in the order given; values as ``name: value`` separated by ``; ``."""
    return [
        {
            "at": write_moment(entry.at, zone),
            "actor": entry.actor,
            "action": entry.action.value,
            "subject": entry.subject,
            "values": "; ".join(f"{name}: {rewrite_moment(value, zone)}" for name, value in entry.values),
        }
        for entry in entries
    ]
