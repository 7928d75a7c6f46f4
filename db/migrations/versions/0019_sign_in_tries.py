"""Tries to sign in are counted by name and address, in buckets that tell neither; it is known who was given
their password by somebody else, and as whom a provider knows people; what is approved is
signed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.drop_column("account", "failures")
    op.drop_column("account", "locked_until")
    for table, column in (("account", "password_given"), ("sign_in", "provisional")):
        op.add_column(table, sa.Column(column, sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("sign_in", sa.Column("proved_at", sa.DateTime(timezone=True)))
    op.add_column("version_decision", sa.Column("signature", sa.JSON))
    op.create_table(
        "account_identity",
        sa.Column("issuer", sa.String(255), primary_key=True),
        sa.Column("subject", sa.String(255), primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, unique=True),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "sign_in_try",
        sa.Column("bucket", sa.String(64), primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("counts_until", sa.Double, nullable=False),
        sa.Column("known_until", sa.Double, nullable=False),
        sa.Column("void_at", sa.Double, nullable=False, index=True),
    )
