"""What is counted at each step, and the indexes by which pages ask; ``run_migrations`` counts what stands."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

# As each database is asked, which takes the index by that alone.
_STANDING: dict[str, Any] = {"sqlite_where": sa.text("standing = 1"), "postgresql_where": sa.text("standing")}
_NEWEST: dict[str, Any] = {"sqlite_where": sa.text("newest = 1"), "postgresql_where": sa.text("newest")}
_PAIRED: dict[str, Any] = {
    "sqlite_where": sa.text("newest = 1 AND first_by IS NOT NULL"),
    "postgresql_where": sa.text("newest AND first_by IS NOT NULL"),
}


def upgrade() -> None:
    op.create_index("ix_audit_entry_actor", "audit_entry", ["actor", "id"])
    op.create_index("ix_audit_entry_action", "audit_entry", ["action", "id"])
    op.create_index("ix_article_version_ingested_at", "article_version", ["ingested_at", "id"])
    op.create_index(
        "ix_placement_place",
        "placement",
        ["version_id", "start_char", "end_char", "claim_id"],
        **_STANDING,
    )
    op.create_table(
        "claim_tally",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), primary_key=True, index=True),
        sa.Column("newest", sa.Boolean, nullable=False),
        sa.Column("claim_type", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("first_by", sa.Text),
        sa.Column("first_grade", sa.String(40)),
        sa.Column("second_by", sa.Text),
        sa.Column("second_grade", sa.String(40)),
        sa.Column("graders", sa.JSON, nullable=False),
        sa.Column("last_graded_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_claim_tally_counts", "claim_tally", ["version_id", "status", "answered"])
    op.create_index("ix_claim_tally_last", "claim_tally", ["version_id", "last_graded_at"])
    op.create_index(
        "ix_claim_tally_waiting",
        "claim_tally",
        ["status", "last_graded_at", "claim_id"],
        **_NEWEST,
    )
    op.create_index(
        "ix_claim_tally_pairs",
        "claim_tally",
        ["claim_type", "first_by", "second_by", "first_grade", "second_grade", "status"],
        **_PAIRED,
    )
    op.create_table(
        "workload",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("role", sa.String(40), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("waiting", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
    )
    op.create_index("ix_workload_person", "workload", ["name", "role", "waiting", "done"])
