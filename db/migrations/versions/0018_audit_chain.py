"""The links that bind the audit trail; the first one, at the next step, seals what stands already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "audit_link",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entry_id", sa.Integer, nullable=False, unique=True),
        sa.Column("bound", sa.JSON, nullable=False),
        sa.Column("key_name", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _let_only_grow_in_sqlite()
    else:
        _let_only_grow_in_postgresql()


def _let_only_grow_in_sqlite() -> None:
    refusals = {
        "no_update": "BEFORE UPDATE ON audit_link",
        "no_delete": "BEFORE DELETE ON audit_link",
        # INSERT OR REPLACE deletes the row it replaces without asking the trigger for deletions.
        "no_replace": "BEFORE INSERT ON audit_link WHEN EXISTS "
        "(SELECT 1 FROM audit_link WHERE position = NEW.position OR entry_id = NEW.entry_id)",
    }
    for name, event in refusals.items():
        op.execute(
            f"CREATE TRIGGER audit_link_{name} {event} "
            "BEGIN SELECT RAISE(ABORT, 'audit_link is append-only'); END"
        )


def _let_only_grow_in_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # ALWAYS: also for a session that calls itself a replica.
    op.execute("ALTER TABLE audit_link ENABLE ALWAYS TRIGGER audit_link_append_only")
