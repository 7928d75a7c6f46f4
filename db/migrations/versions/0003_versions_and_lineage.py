"""Originals are kept; a claim lives on from version to version, and its descent is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _keep_originals()
    _title_versions()
    _place_claims()
    _trace_descent()


def _keep_originals() -> None:
    op.create_table(
        "original",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _title_versions() -> None:
    """Each version bears its title; a text is known once in its article, not once in the house."""
    with op.batch_alter_table("article_version", table_kwargs={"sqlite_autoincrement": True}) as version:
        version.add_column(sa.Column("title", sa.Text))
        version.add_column(sa.Column("title_hash", sa.String(64)))
        version.drop_constraint("uq_article_version_version_hash", type_="unique")
        version.create_unique_constraint(
            "uq_article_version_article_id_version_hash", ["article_id", "version_hash"]
        )
    for column in ("title", "title_hash"):
        op.execute(
            f"UPDATE article_version SET {column} = "
            f"(SELECT article.{column} FROM article WHERE article.id = article_version.article_id)"
        )
    with op.batch_alter_table("article_version", table_kwargs={"sqlite_autoincrement": True}) as version:
        version.alter_column("title", existing_type=sa.Text(), nullable=False)
        version.alter_column("title_hash", existing_type=sa.String(64), nullable=False)
        version.create_index("ix_article_version_title_hash", ["title_hash"])
        version.create_index("ix_article_version_version_hash", ["version_hash"])


def _place_claims() -> None:
    """A claim's words and span move to where it stands in a version."""
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), nullable=False, index=True),
        sa.Column("start_char", sa.Integer, nullable=False),
        sa.Column("end_char", sa.Integer, nullable=False),
        sa.Column("claim", sa.JSON, nullable=False),
        sa.Column("standing", sa.Boolean, nullable=False),
        sa.Column("read_since", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("version_id", "claim_id"),
        sqlite_autoincrement=True,
    )
    claim = sa.table(
        "claim", sa.column("id"), sa.column("version_id"), sa.column("claim", sa.JSON), sa.column("by_hand")
    )
    places = ["version_id", "claim_id", "start_char", "end_char", "claim", "standing"]
    words = claim.c.claim
    op.execute(
        sa.table("placement", *map(sa.column, places))
        .insert()
        .from_select(
            places,
            sa.select(
                claim.c.version_id,
                claim.c.id,
                words["start"].as_integer(),
                words["end"].as_integer(),
                words,
                sa.true(),
            ).order_by(claim.c.id),
        )
    )
    with op.batch_alter_table("claim", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("claim")
        table.add_column(sa.Column("by_hand", sa.JSON))
    op.execute("UPDATE claim SET by_hand = '[]'")
    op.execute(
        "UPDATE claim SET by_hand = '[\"restored\"]' "
        "WHERE id IN (SELECT claim_id FROM dropped_unit WHERE claim_id IS NOT NULL)"
    )
    with op.batch_alter_table("claim", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("by_hand", existing_type=sa.JSON(), nullable=False)


def _trace_descent() -> None:
    op.create_table(
        "descent",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), nullable=False, index=True),
        sa.Column("relation", sa.String(40), nullable=False),
        sa.Column("former_id", sa.Integer, sa.ForeignKey("claim.id")),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), index=True),
        sa.Column("by_hand", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, event in {
            "no_update": "BEFORE UPDATE ON descent",
            "no_delete": "BEFORE DELETE ON descent",
            "no_replace": "BEFORE INSERT ON descent WHEN EXISTS (SELECT 1 FROM descent WHERE id = NEW.id)",
        }.items():
            op.execute(
                f"CREATE TRIGGER descent_{name} {event} "
                "BEGIN SELECT RAISE(ABORT, 'descent is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER descent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON descent "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        op.execute("ALTER TABLE descent ENABLE ALWAYS TRIGGER descent_append_only")
