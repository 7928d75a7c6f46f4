"""Evidence without a PMID, and the passage of a full text that was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("judgement", sa.Column("passage", sa.Text))
    op.create_table(
        "document",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), nullable=False, index=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("title", "body", "published", "address", "quotation", "place")
        ),
        sa.Column("accessed_on", sa.Date),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("carried_from", sa.Integer, sa.ForeignKey("document.id")),
    )
    op.create_table(
        "document_judgement",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("document.id"), nullable=False),
        sa.Column("judgement", sa.String(40), nullable=False),
        sa.Column("judged_by", sa.Text, nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "ix_document_judgement_claim_id_judged_by", "document_judgement", ["claim_id", "judged_by"]
    )
    for table in ("document", "document_judgement"):
        if op.get_bind().dialect.name == "sqlite":
            _let_only_grow_in_sqlite(table)
        else:
            _let_only_grow_in_postgresql(table)


def _let_only_grow_in_sqlite(table: str) -> None:
    refusals = {
        "no_update": "BEFORE UPDATE ON {table}",
        "no_delete": "BEFORE DELETE ON {table}",
        # INSERT OR REPLACE deletes the row it replaces without asking the trigger for deletions.
        "no_replace": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
    }
    for name, event in refusals.items():
        op.execute(
            f"CREATE TRIGGER {table}_{name} {event.format(table=table)} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _let_only_grow_in_postgresql(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # ALWAYS: also for a session that calls itself a replica.
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
