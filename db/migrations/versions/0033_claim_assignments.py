"""To whom single claims of an article are assigned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "claim_assignment",
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, primary_key=True),
    )
