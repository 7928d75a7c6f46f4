"""Whose grade was taken over; sentences approved for reuse; by what sentences and records are found, which
``run_migrations`` fills."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_STANDING: dict[str, Any] = {
    "sqlite_where": sa.text("withdrawn_at IS NULL"),
    "postgresql_where": sa.text("withdrawn_at IS NULL"),
}


def upgrade() -> None:
    for table in ("assessment", "judgement"):
        op.add_column(table, sa.Column("taken_from", sa.JSON))
    for name in ("wording", "reading"):
        op.add_column("placement", sa.Column(name, sa.BigInteger))
        op.create_index(f"ix_placement_{name}", "placement", [name])
    op.create_table(
        "standard_wording",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("reading", sa.BigInteger, nullable=False),
        sa.Column("pmids", sa.JSON, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("withdrawn_by", sa.Text, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
    )
    op.create_index("uq_standard_wording_standing", "standard_wording", ["reading"], unique=True, **_STANDING)
    op.add_column("citation", sa.Column("doi", sa.Text))
    op.create_index("ix_citation_doi", "citation", ["doi"])
