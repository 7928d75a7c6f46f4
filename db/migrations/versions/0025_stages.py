"""Due dates, where each article stands, and how many flags are open; ``run_migrations`` fills what stands."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_DUE: dict[str, Any] = {
    "sqlite_where": sa.text("marks <> counted"),
    "postgresql_where": sa.text("marks <> counted"),
}


def upgrade() -> None:
    op.add_column("review_plan", sa.Column("due_on", sa.Date))
    op.add_column("account", sa.Column("seen_until", sa.DateTime(timezone=True)))
    op.create_index("ix_version_decision_decided_at", "version_decision", ["decided_at", "id"])
    op.create_table(
        "article_stage",
        sa.Column("article_id", sa.Integer, sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), nullable=False, unique=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date),
        *_list_counts(),
    )
    op.create_index("ix_article_stage_since", "article_stage", ["stage", "since", "article_id"])
    op.create_index("ix_article_stage_due_on", "article_stage", ["due_on", "article_id"])
    op.create_index("ix_article_stage_due", "article_stage", ["article_id"], **_DUE)
    op.create_table(
        "flag_tally",
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), nullable=False),
        *_list_counts(),
    )
    op.create_index("ix_flag_tally_version", "flag_tally", ["version_id", "unanswered", "answered"])
    op.create_index("ix_flag_tally_due", "flag_tally", ["version_id", "claim_id"], **_DUE)


def _list_counts() -> tuple[sa.Column[int], ...]:
    return tuple(
        sa.Column(name, sa.Integer, nullable=False) for name in ("unanswered", "answered", "marks", "counted")
    )
