"""Days by which published evidence is looked at again, searches for what is new, and more causes of marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("document", sa.Column("expires_on", sa.Date))
    _widen_marks()
    _add_days()
    _add_living_searches()


def _widen_marks() -> None:
    """A mark may be of no paper; what tells two apart is a key of its own."""
    op.drop_index("uq_review_mark_standing", "review_mark")
    with op.batch_alter_table("review_mark") as mark:
        mark.alter_column("pmid", existing_type=sa.String(10), nullable=True)
        mark.alter_column("status", existing_type=sa.String(40), nullable=True)
        mark.add_column(sa.Column("key", sa.String(80), nullable=False, server_default=sa.text("''")))
        mark.add_column(sa.Column("due_on", sa.Date))
        mark.add_column(sa.Column("other_claim_id", sa.Integer))
        mark.create_foreign_key("fk_review_mark_other_claim_id", "claim", ["other_claim_id"], ["id"])
    op.execute("UPDATE review_mark SET key = pmid")
    with op.batch_alter_table("review_mark") as mark:
        mark.alter_column("key", existing_type=sa.String(80), existing_nullable=False, server_default=None)
    stands = sa.text("lifted_at IS NULL")
    op.create_index(
        "uq_review_mark_standing",
        "review_mark",
        ["version_id", "claim_id", "cause", "key"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )


def _add_days() -> None:
    day = op.create_table(
        "review_day",
        sa.Column(
            "version_id",
            sa.Integer,
            sa.ForeignKey("article_version.id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("due_on", sa.Date),
        sa.Column("claims", sa.JSON, nullable=False),
        sa.Column("rules", sa.String(64), nullable=False),
        sa.Column("told_on", sa.Date),
    )
    op.create_index("ix_review_day_due_on", "review_day", ["due_on", "version_id"])
    op.create_index("ix_review_day_rules", "review_day", ["rules", "version_id"])
    decided = sa.table("version_decision", sa.column("version_id"), sa.column("state"))
    published = sa.select(decided.c.version_id).where(decided.c.state == "published").distinct().subquery()
    # Counted once somebody looks what is due.
    # SQLite would take the text for a number if it were cast.
    nothing = "'[]'" if op.get_bind().dialect.name == "sqlite" else "CAST('[]' AS JSON)"
    uncounted = sa.select(published.c.version_id, sa.literal_column(nothing), sa.literal(""))
    op.execute(day.insert().from_select(["version_id", "claims", "rules"], uncounted))
    op.create_table(
        "review_date",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), nullable=False, index=True),
        sa.Column("due_on", sa.Date),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
    )
    _let_only_grow("review_date")


def _add_living_searches() -> None:
    op.create_table(
        "living_run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("total", "done", "found", "failed", "cursor")
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.Text, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
    )
    op.create_index(
        "uq_living_run_open",
        "living_run",
        ["is_open"],
        unique=True,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_table(
        "living_look",
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), primary_key=True, autoincrement=False),
        sa.Column("source", sa.String(40), primary_key=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("failure", sa.Text, nullable=False),
    )
    op.create_table(
        "new_record",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column("pmid", sa.String(10), sa.ForeignKey("citation.pmid"), nullable=False, index=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("rung", sa.String(40), nullable=False),
        sa.Column("relevance", sa.Double, nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(40)),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("answered_by", sa.Text, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("claim_id", "pmid"),
    )
    open_ones = sa.text("answer IS NULL")
    op.create_index(
        "ix_new_record_unanswered",
        "new_record",
        ["version_id", "claim_id"],
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )


def _let_only_grow(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        refusals = {
            "no_update": "BEFORE UPDATE ON {table}",
            "no_delete": "BEFORE DELETE ON {table}",
            # INSERT OR REPLACE deletes the row it replaces without asking the trigger for deletions.
            "no_replace": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
        }
        for name, event in refusals.items():
            op.execute(
                f"CREATE TRIGGER {table}_{name} {event.format(table=table)} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # ALWAYS: also for a session that calls itself a replica.
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
