"""The claims library, marked by ``run_migrations``; replies are found by their moment."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

_DUE: dict[str, Any] = {
    "sqlite_where": sa.text("marks <> counted"),
    "postgresql_where": sa.text("marks <> counted"),
}


def upgrade() -> None:
    op.create_table(
        "known_claim",
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), primary_key=True, autoincrement=False),
        sa.Column("grade", sa.String(40)),
        sa.Column("claim_type", sa.String(40)),
        sa.Column("level", sa.Integer),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("marks", sa.Integer, nullable=False),
        sa.Column("counted", sa.Integer, nullable=False),
    )
    op.create_index("ix_known_claim_settled_at", "known_claim", ["settled_at", "claim_id"])
    op.create_index("ix_known_claim_due", "known_claim", ["claim_id"], **_DUE)
    op.create_table(
        "claim_key",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_key_claim_id", "claim_key", ["claim_id"])
    op.create_index("ix_flag_answer_kind", "flag_answer", ["kind", "answered_at"])
