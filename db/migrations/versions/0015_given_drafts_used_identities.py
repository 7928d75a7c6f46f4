"""A comment that was given leaves its place, so that a draft of it that comes late is told from a new one;
an identity from elsewhere that was used is known until it is void.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    with op.batch_alter_table("draft") as draft:
        draft.add_column(sa.Column("given_before", sa.Integer, nullable=False, server_default=sa.text("0")))
        draft.alter_column("text", existing_type=sa.Text, nullable=True)
    op.create_index("ix_draft_name", "draft", ["name"])
    op.create_table(
        "used_identity",
        sa.Column("identity_hash", sa.String(64), primary_key=True),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
