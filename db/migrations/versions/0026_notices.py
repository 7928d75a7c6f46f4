"""What people are told in the room and by mail; nobody is told of what stood before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "mailing",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("choice", sa.String(40), nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failure", sa.Text, nullable=False),
    )
    op.create_index("ix_mail_state", "mail", ["state", "due_at"])
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id")),
        sa.Column("pmid", sa.String(10)),
        sa.Column("cause", sa.String(80), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.Column("mail_id", sa.Integer, sa.ForeignKey("mail.id"), index=True),
    )
    op.create_index("ix_notice_told_once", "notice", ["account_id", "kind", "cause"], unique=True)
    is_new = sa.text("seen_at IS NULL")
    op.create_index(
        "ix_notice_new", "notice", ["account_id", "told_at"], sqlite_where=is_new, postgresql_where=is_new
    )
    op.create_index("ix_notice_version_id", "notice", ["version_id", "kind"])
    op.create_index("ix_notice_claim_id", "notice", ["claim_id", "kind"])
