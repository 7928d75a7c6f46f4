"""A text may come again as a later version of its article: whoever goes back to it goes on from there."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    with op.batch_alter_table("article_version", table_kwargs={"sqlite_autoincrement": True}) as version:
        version.drop_constraint("uq_article_version_article_id_version_hash", type_="unique")
