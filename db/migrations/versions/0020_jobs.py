"""Jobs as rows that every server and worker sees; the house's secret; when requests were sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("target", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("order_values", sa.JSON, nullable=False),
        sa.Column("asked_at", sa.Double, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("is_stopping", sa.Boolean, nullable=False),
        sa.Column("taken_by", sa.Text, nullable=False),
        sa.Column("taken_until", sa.Double, nullable=False),
        sa.Column("failure", sa.Text, nullable=False),
        sa.Column("failure_values", sa.JSON, nullable=False),
    )
    op.create_index("ix_job_state", "job", ["state", "asked_at"])
    op.create_table(
        "house_secret",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
    )
    op.create_table(
        "request_sent",
        sa.Column("account", sa.String(64), primary_key=True),
        sa.Column("slot", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("sent_at", sa.Double, nullable=False),
    )
    op.add_column(
        "request_budget", sa.Column("slack", sa.Double, nullable=False, server_default=sa.text("0.05"))
    )
