"""The terms that reviewers added to the lexicon."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "lexicon_term",
        sa.Column("spelling", sa.String(200), primary_key=True),
        sa.Column("row", sa.JSON, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )
