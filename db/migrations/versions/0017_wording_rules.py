"""The clinic's own rules on wording, kept whole at each change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "wording_rules",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("rules", sa.JSON, nullable=False),
        sa.Column("kept_by", sa.Text, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _let_only_grow_in_sqlite()
    else:
        _let_only_grow_in_postgresql()


def _let_only_grow_in_sqlite() -> None:
    refusals = {
        "no_update": "BEFORE UPDATE ON wording_rules",
        "no_delete": "BEFORE DELETE ON wording_rules",
        # INSERT OR REPLACE deletes the row it replaces without asking the trigger for deletions.
        "no_replace": "BEFORE INSERT ON wording_rules "
        "WHEN EXISTS (SELECT 1 FROM wording_rules WHERE number = NEW.number)",
    }
    for name, event in refusals.items():
        op.execute(
            f"CREATE TRIGGER wording_rules_{name} {event} "
            "BEGIN SELECT RAISE(ABORT, 'wording_rules is append-only'); END"
        )


def _let_only_grow_in_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER wording_rules_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wording_rules "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # ALWAYS: also for a session that calls itself a replica.
    op.execute("ALTER TABLE wording_rules ENABLE ALWAYS TRIGGER wording_rules_append_only")
