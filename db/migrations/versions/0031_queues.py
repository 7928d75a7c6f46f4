"""What the queue of a version is read by; ``run_migrations`` counts all of it anew."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

_NEWEST: dict[str, Any] = {"sqlite_where": sa.text("newest = 1"), "postgresql_where": sa.text("newest")}
_PAIRED: dict[str, Any] = {
    "sqlite_where": sa.text("newest = 1 AND first_by IS NOT NULL"),
    "postgresql_where": sa.text("newest AND first_by IS NOT NULL"),
}
_GRADED: dict[str, Any] = {
    "sqlite_where": sa.text("first_by IS NOT NULL"),
    "postgresql_where": sa.text("first_by IS NOT NULL"),
}


def upgrade() -> None:
    # Counted of what others said, so that nothing is lost with it.
    op.drop_table("claim_tally")
    op.create_table(
        "claim_tally",
        *_name_place(),
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
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("search", sa.String(40), nullable=False),
        sa.Column("answered_by", sa.Text, nullable=False),
        sa.Column("risky", sa.Boolean, nullable=False),
        sa.Column("badness", sa.Integer, nullable=False),
        sa.Column("minus_papers", sa.Integer, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("reading", sa.BigInteger),
    )
    op.create_index(
        "ix_claim_tally_counts",
        "claim_tally",
        ["version_id", "status", "answered", "search", "risky", "answered_by"],
    )
    op.create_index("ix_claim_tally_last", "claim_tally", ["version_id", "last_graded_at"])
    op.create_index(
        "ix_claim_tally_waiting", "claim_tally", ["status", "last_graded_at", "claim_id"], **_NEWEST
    )
    op.create_index(
        "ix_claim_tally_pairs",
        "claim_tally",
        ["claim_type", "first_by", "second_by", "first_grade", "second_grade", "status"],
        **_PAIRED,
    )
    op.create_index(
        "ix_claim_tally_pairs_of_version",
        "claim_tally",
        ["version_id", "claim_type", "first_by", "second_by", "first_grade", "second_grade", "status"],
        **_GRADED,
    )
    op.create_index(
        "ix_claim_tally_alike", "claim_tally", ["version_id", "reading", "claim_type", "status", "number"]
    )
    tail = ["number", "status", "claim_id"]
    op.create_index("ix_claim_tally_number", "claim_tally", ["version_id", *tail])
    for name, column in (("badness", "badness"), ("papers", "minus_papers"), ("level", "level")):
        op.create_index(f"ix_claim_tally_{name}", "claim_tally", ["version_id", column, *tail])
    op.create_table(
        "open_grade",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), primary_key=True, index=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("grade", sa.String(40), nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
    )
    op.create_table(
        "claim_words",
        *_name_place(),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )


def _name_place() -> tuple[sa.Column[int], ...]:
    return (
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), primary_key=True, index=True),
    )
