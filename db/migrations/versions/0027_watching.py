"""What is watched after publication; nothing was watched before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "retraction_watch",
        sa.Column("record_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("nature", sa.String(40), nullable=False),
        sa.Column("pmid", sa.String(10), index=True),
        sa.Column("doi", sa.String(400), nullable=False, index=True),
        sa.Column("told_on", sa.Date),
        sa.Column("notice_pmid", sa.String(10)),
        sa.Column("notice_doi", sa.String(400), nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
    )
    op.create_table(
        "recheck_run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("total", "done", "checked", "changed")),
        sa.Column("cursor", sa.String(10), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.Text, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
    )
    op.create_index(
        "uq_recheck_run_open",
        "recheck_run",
        ["is_open"],
        unique=True,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_table(
        "recheck_note",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.Integer, sa.ForeignKey("recheck_run.id"), nullable=False),
        sa.Column("pmid", sa.String(10), nullable=False),
        sa.Column("met", sa.String(40), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.UniqueConstraint("run_id", "pmid"),
    )
    op.create_table(
        "review_mark",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("pmid", sa.String(10), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True)),
    )
    stands = sa.text("lifted_at IS NULL")
    op.create_index(
        "uq_review_mark_standing",
        "review_mark",
        ["version_id", "claim_id", "cause", "pmid"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
    op.create_index("ix_review_mark_pmid", "review_mark", ["pmid"])
