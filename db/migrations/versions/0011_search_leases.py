"""A running search is a lease: one a claim, of one who searches, until a moment by the database's clock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_RUNNING = sa.text("status = 'running'")


def upgrade() -> None:
    op.add_column("search", sa.Column("taken_by", sa.Text, nullable=False, server_default=sa.text("''")))
    op.add_column("search", sa.Column("taken_until", sa.Double, nullable=False, server_default=sa.text("0")))
    # Two processes could mark one claim as running; neither row has any run yet.
    op.execute(
        "DELETE FROM search WHERE status = 'running' AND id NOT IN "
        "(SELECT max(id) FROM search WHERE status = 'running' GROUP BY claim_id)"
    )
    op.create_index(
        "uq_search_running",
        "search",
        ["claim_id"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
