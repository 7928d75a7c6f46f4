"""Whether a person agrees to stand by name in articles for the public: nobody does until they say so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("account", sa.Column("may_be_named", sa.Boolean, nullable=False, server_default=sa.false()))
