"""The references of an article's author, and what looking them up told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "author_reference",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("said", sa.JSON, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("marks", sa.JSON, nullable=False),
        sa.Column("look_up", sa.JSON, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), index=True),
        sa.UniqueConstraint("version_id", "position"),
    )
