"""Whose grade was taken over; by what sentences and records are found, filled by ``run_migrations``."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    for table in ("assessment", "judgement"):
        op.add_column(table, sa.Column("taken_from", sa.JSON))
    for name in ("wording", "reading"):
        op.add_column("placement", sa.Column(name, sa.BigInteger))
        op.create_index(f"ix_placement_{name}", "placement", [name])
    op.add_column("citation", sa.Column("doi", sa.Text))
    op.create_index("ix_citation_doi", "citation", ["doi"])
