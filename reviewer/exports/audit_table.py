"""The audit trail of a version as rows: who did what to which record, oldest first."""

from __future__ import annotations

from collections.abc import Sequence

from claims.records.audit import AuditEntry
from reviewer.exports.report import Row

AUDIT_COLUMNS = ("at", "actor", "action", "subject", "values")


def build_audit_table(entries: Sequence[AuditEntry]) -> list[Row]:
    """One row an entry, in the order given; values as ``name: value`` separated by ``; ``."""
    return [
        {
            "at": entry.at.isoformat(timespec="seconds"),
            "actor": entry.actor,
            "action": entry.action.value,
            "subject": entry.subject,
            "values": "; ".join(f"{name}: {value}" for name, value in entry.values),
        }
        for entry in entries
    ]
