"""The review: who grades, how conflicts are settled, what is taken back. All of it only ever grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"

_GROWING = (
    "review_plan",
    "declaration",
    "level_override",
    "guideline_grade",
    "taken_back",
    "reopening",
    "own_view",
    "adjudication",
    "remark",
    "flag_answer",
    "flag_resolution",
    "version_decision",
    "keeping",
    "effort",
)


def upgrade() -> None:
    op.add_column("assessment", sa.Column("body_certainty", sa.String(40)))
    _create_plans()
    _create_steps()
    _create_adjudications()
    _create_flags()
    _create_decisions()
    _create_effort()
    op.create_index(None, "claim", ["status"])
    for table in _GROWING:
        if op.get_bind().dialect.name == "sqlite":
            _let_only_grow_in_sqlite(table)
        else:
            _let_only_grow_in_postgresql(table)


def _create_table(name: str, *columns: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(name, sa.Column("id", sa.Integer, primary_key=True), *columns, sqlite_autoincrement=True)


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=False)


def _word(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """A permanent enum value."""
    return sa.Column(name, sa.String(40), nullable=nullable)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _key(name: str, target: str, *, index: bool = False) -> sa.Column[object]:
    kind = sa.String(10) if target == "citation.pmid" else sa.Integer()
    return sa.Column(name, kind, sa.ForeignKey(target), nullable=False, index=index)


def _hash() -> sa.Column[object]:
    return sa.Column("text_hash", sa.String(64), nullable=False)


def _create_plans() -> None:
    _create_table(
        "review_plan",
        _key("article_id", "article.id", index=True),
        _key("version_id", "article_version.id"),
        sa.Column("reviewers", sa.JSON, nullable=False),
        _text("adjudicator"),
        sa.Column("needed", sa.Integer, nullable=False),
        sa.Column("sealed", sa.Boolean, nullable=False),
        _text("set_by"),
        _moment("set_at"),
    )
    _create_table(
        "declaration",
        _key("article_id", "article.id"),
        _text("name"),
        _text("qualification"),
        _text("statement"),
        _moment("declared_at"),
    )
    op.create_index(None, "declaration", ["article_id", "name"])


def _create_steps() -> None:
    _create_table(
        "level_override",
        _key("claim_id", "claim.id", index=True),
        _key("pmid", "citation.pmid"),
        sa.Column("level", sa.Integer),
        _text("reason"),
        _text("set_by"),
        _moment("set_at"),
    )
    _create_table(
        "guideline_grade",
        _key("claim_id", "claim.id", index=True),
        _text("grade"),
        _text("source"),
        _text("entered_by"),
        _moment("entered_at"),
        _hash(),
    )
    _create_table(
        "taken_back",
        _key("claim_id", "claim.id"),
        _word("kind"),
        sa.Column("step_id", sa.Integer, nullable=False),
        _text("taken_back_by"),
        _moment("taken_back_at"),
        sa.UniqueConstraint("kind", "step_id"),
    )
    _create_table(
        "reopening",
        _key("claim_id", "claim.id", index=True),
        _text("reason"),
        _text("reopened_by"),
        _moment("reopened_at"),
    )


def _create_adjudications() -> None:
    _create_table(
        "own_view",
        _key("claim_id", "claim.id", index=True),
        _word("grade"),
        _text("comment"),
        _text("written_by"),
        _moment("written_at"),
        _hash(),
    )
    _create_table(
        "adjudication",
        _key("claim_id", "claim.id", index=True),
        _word("grade"),
        _text("comment"),
        _text("adjudicated_by"),
        _moment("adjudicated_at"),
        _hash(),
        sa.Column("graders", sa.JSON, nullable=False),
        _word("body_certainty", nullable=True),
    )


def _create_flags() -> None:
    _create_table(
        "remark",
        _key("claim_id", "claim.id", index=True),
        sa.Column("start_char", sa.Integer, nullable=False),
        sa.Column("end_char", sa.Integer, nullable=False),
        _text("words"),
        _text("suggestion"),
        _text("raised_by"),
        _moment("raised_at"),
        _hash(),
    )
    _create_table(
        "flag_answer",
        _key("claim_id", "claim.id", index=True),
        _text("flag_key"),
        _word("kind"),
        _text("words"),
        _text("answered_by"),
        _moment("answered_at"),
        _hash(),
    )
    _create_table(
        "flag_resolution",
        _key("claim_id", "claim.id", index=True),
        _text("flag_key"),
        sa.Column("settled", sa.Boolean, nullable=False),
        _text("comment"),
        _text("resolved_by"),
        _moment("resolved_at"),
        _hash(),
    )


def _create_decisions() -> None:
    _create_table(
        "version_decision",
        _key("version_id", "article_version.id", index=True),
        sa.Column("version_hash", sa.String(64), nullable=False),
        _word("state"),
        _text("comment"),
        _text("decided_by"),
        _moment("decided_at"),
    )
    _create_table(
        "keeping",
        _key("claim_id", "claim.id", index=True),
        _word("grade"),
        _text("reason"),
        _text("kept_by"),
        _moment("kept_at"),
        _hash(),
    )


def _create_effort() -> None:
    _create_table(
        "effort",
        _key("claim_id", "claim.id"),
        _text("name"),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("actions", sa.Integer, nullable=False),
        _moment("ended_at"),
    )
    op.create_index(None, "effort", ["claim_id", "name"])


def _let_only_grow_in_sqlite(table: str) -> None:
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


def _let_only_grow_in_postgresql(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # ALWAYS: also for a session that calls itself a replica.
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
