"""The clinic's own rules on when evidence is looked at again, kept whole at each change.

Settled claims are taken in anew, to be found by substance and by condition.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "review_rules",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("rules", sa.JSON, nullable=False),
        sa.Column("kept_by", sa.Text, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _let_only_grow_in_sqlite()
    else:
        _let_only_grow_in_postgresql()
    op.execute("UPDATE known_claim SET marks = marks + 1")


def _let_only_grow_in_sqlite() -> None:
    refusals = {
        "no_update": "BEFORE UPDATE ON review_rules",
        "no_delete": "BEFORE DELETE ON review_rules",
        # INSERT OR REPLACE deletes the row it replaces without asking the trigger for deletions.
        "no_replace": "BEFORE INSERT ON review_rules "
        "WHEN EXISTS (SELECT 1 FROM review_rules WHERE number = NEW.number)",
    }
    for name, event in refusals.items():
        op.execute(
            f"CREATE TRIGGER review_rules_{name} {event} "
            "BEGIN SELECT RAISE(ABORT, 'review_rules is append-only'); END"
        )


def _let_only_grow_in_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER review_rules_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review_rules "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # ALWAYS: also for a session that calls itself a replica.
    op.execute("ALTER TABLE review_rules ENABLE ALWAYS TRIGGER review_rules_append_only")
