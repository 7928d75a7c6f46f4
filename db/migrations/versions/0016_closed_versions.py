"""What a decision closed is kept as it then stood, and each paper's latest look apart from any claim."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_ROWS_AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "closed_version",
        sa.Column("decision_id", sa.Integer, sa.ForeignKey("version_decision.id"), primary_key=True),
        sa.Column("dossiers", sa.JSON, nullable=False),
        sa.Column("citations", sa.JSON, nullable=False),
        sa.Column("declarations", sa.JSON, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _let_only_grow_in_sqlite()
    else:
        _let_only_grow_in_postgresql()
    standing = op.create_table(
        "standing",
        sa.Column("pmid", sa.String(10), sa.ForeignKey("citation.pmid"), primary_key=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notice", sa.String(10), nullable=True),
    )
    looks = _find_latest_looks()
    if looks:
        op.bulk_insert(standing, looks)


def _find_latest_looks() -> list[dict[str, Any]]:
    """The latest look at each paper that any finding tells of."""
    finding = sa.table("finding", sa.column("pmid"), sa.column("finding", sa.JSON))
    latest: dict[str, dict[str, Any]] = {}
    found = sa.select(finding.c.pmid, finding.c.finding).execution_options(yield_per=_ROWS_AT_ONCE)
    for pmid, stored in op.get_bind().execute(found):
        look = stored["retraction"]
        if look["checked_at"] is None:
            continue
        at = datetime.fromisoformat(look["checked_at"]).astimezone(UTC)
        if pmid not in latest or latest[pmid]["checked_at"] < at:
            told = {"status": look["status"], "checked_at": at, "notice": look.get("notice")}
            latest[pmid] = {"pmid": pmid, **told}
    return list(latest.values())


def _let_only_grow_in_sqlite() -> None:
    refusals = {
        "no_update": "BEFORE UPDATE ON closed_version",
        "no_delete": "BEFORE DELETE ON closed_version",
        # INSERT OR REPLACE deletes the row it replaces without asking the trigger for deletions.
        "no_replace": "BEFORE INSERT ON closed_version "
        "WHEN EXISTS (SELECT 1 FROM closed_version WHERE decision_id = NEW.decision_id)",
    }
    for name, event in refusals.items():
        op.execute(
            f"CREATE TRIGGER closed_version_{name} {event} "
            "BEGIN SELECT RAISE(ABORT, 'closed_version is append-only'); END"
        )


def _let_only_grow_in_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER closed_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON closed_version "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # ALWAYS: also for a session that calls itself a replica.
    op.execute("ALTER TABLE closed_version ENABLE ALWAYS TRIGGER closed_version_append_only")
