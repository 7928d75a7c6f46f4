"""Requests and answers: the shared budget of requests, what sources answered, and who asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "request_budget",
        sa.Column("account", sa.String(64), primary_key=True),
        sa.Column("turns_given", sa.BigInteger, nullable=False),
        sa.Column("next_turn", sa.Double, nullable=False),
        sa.Column("resumes_at", sa.Double, nullable=False),
    )
    op.create_table(
        "source_answer",
        sa.Column("source", sa.String(20), primary_key=True),
        sa.Column("query_hash", sa.String(64), primary_key=True),
        sa.Column("asked_for", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("answer", sa.JSON, nullable=False),
    )
    op.create_table(
        "fetched_record",
        sa.Column("source", sa.String(20), primary_key=True),
        sa.Column("pmid", sa.String(10), primary_key=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("citation", sa.JSON, nullable=False),
    )
    op.add_column("search_run", sa.Column("asked_by", sa.Text, nullable=False, server_default=sa.text("''")))
