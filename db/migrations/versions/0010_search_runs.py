"""A failed query keeps what its sentence names; a query asked for beside the ladder is known as such."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("search_run", sa.Column("failure_values", sa.JSON))
    op.add_column("search_run", sa.Column("beside", sa.Boolean, nullable=False, server_default=sa.false()))
    run = sa.table("search_run", sa.column("rung", sa.String), sa.column("beside", sa.Boolean))
    op.execute(run.update().where(run.c.rung == "by_hand").values(beside=True))
