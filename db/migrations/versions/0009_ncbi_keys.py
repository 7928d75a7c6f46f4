"""People's own keys for NCBI, sealed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "ncbi_key",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
    )
