"""Which grades were given knowing more than the blind ones, and which steps back tell so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    for table, column in (("assessment", "unblinded"), ("taken_back", "unsealed")):
        op.add_column(table, sa.Column(column, sa.Boolean))
        noted = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_{table}_{column}", table, ["claim_id"], sqlite_where=noted, postgresql_where=noted
        )
