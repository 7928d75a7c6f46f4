"""The first schema: articles to assessments, and the tables that only ever grow.

Names of constraints come from the convention in ``db.base``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_GROWING = ("audit_entry", "assessment", "judgement")


def upgrade() -> None:
    _create_articles()
    _create_claims()
    _create_searches()
    _create_assessments()
    _create_audit()
    if op.get_bind().dialect.name == "sqlite":
        _let_only_grow_in_sqlite()
    else:
        _let_only_grow_in_postgresql()


def _create_table(name: str, *columns: sa.Column[object] | sa.UniqueConstraint) -> None:
    # Without AUTOINCREMENT, SQLite gives the number of a deleted row to another that the trail never meant.
    op.create_table(name, sa.Column("id", sa.Integer, primary_key=True), *columns, sqlite_autoincrement=True)


def _required(
    name: str, kind: type[sa.Text | sa.Integer | sa.JSON] | sa.String | sa.DateTime
) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False)


def _word(name: str) -> sa.Column[object]:
    """A permanent enum value."""
    return _required(name, sa.String(40))


def _moment(name: str) -> sa.Column[object]:
    return _required(name, sa.DateTime(timezone=True))


def _key(name: str, target: str, *, index: bool = False) -> sa.Column[object]:
    kind = sa.String(10) if target == "citation.pmid" else sa.Integer()
    return sa.Column(name, kind, sa.ForeignKey(target), nullable=False, index=index)


def _create_articles() -> None:
    _create_table(
        "article",
        _required("title", sa.Text),
        sa.Column("title_hash", sa.String(64), nullable=False, unique=True),
    )
    _create_table(
        "article_version",
        _key("article_id", "article.id"),
        _required("number", sa.Integer),
        sa.Column("version_hash", sa.String(64), nullable=False, unique=True),
        _moment("ingested_at"),
        _word("language"),
        _required("origin", sa.Text),
        _required("text", sa.Text),
        _required("blocks", sa.JSON),
        sa.UniqueConstraint("article_id", "number"),
    )


def _create_claims() -> None:
    _create_table(
        "claim",
        _key("version_id", "article_version.id"),
        _required("number", sa.Integer),
        _required("claim", sa.JSON),
        _word("status"),
        _required("reason", sa.Text),
        _required("revision", sa.Integer),
        sa.UniqueConstraint("version_id", "number"),
    )
    _create_table(
        "dropped_unit",
        _key("version_id", "article_version.id", index=True),
        _required("unit", sa.JSON),
        sa.Column("claim_id", sa.Integer, sa.ForeignKey("claim.id"), unique=True),
    )


def _create_searches() -> None:
    op.create_table(
        "citation",
        sa.Column("pmid", sa.String(10), primary_key=True),
        _required("citation", sa.JSON),
    )
    _create_table(
        "search",
        _key("claim_id", "claim.id", index=True),
        _word("status"),
        _required("plan", sa.JSON),
    )
    _create_table(
        "search_run",
        _key("search_id", "search.id", index=True),
        _word("rung"),
        _required("query", sa.Text),
        _required("source", sa.Text),
        _word("status"),
        _moment("searched_at"),
        _required("count", sa.Integer),
        _required("translation", sa.Text),
        _required("warnings", sa.JSON),
        _required("failure", sa.Text),
        _required("lexicon_version", sa.Text),
        _required("ranker_version", sa.Text),
    )
    _create_table(
        "finding",
        _key("claim_id", "claim.id"),
        _key("pmid", "citation.pmid", index=True),
        _required("rank", sa.Integer),
        _required("finding", sa.JSON),
        sa.UniqueConstraint("claim_id", "pmid"),
        sa.UniqueConstraint("claim_id", "rank"),
    )


def _create_assessments() -> None:
    _create_table(
        "assessment",
        _key("claim_id", "claim.id"),
        _word("grade"),
        _required("comment", sa.Text),
        _required("graded_by", sa.Text),
        _moment("graded_at"),
        _required("text_hash", sa.String(64)),
    )
    op.create_index(None, "assessment", ["claim_id", "graded_by"])
    _create_table(
        "judgement",
        _key("claim_id", "claim.id"),
        _key("pmid", "citation.pmid", index=True),
        _word("judgement"),
        _word("basis"),
        _required("judged_by", sa.Text),
        _moment("judged_at"),
    )
    op.create_index(None, "judgement", ["claim_id", "judged_by"])


def _create_audit() -> None:
    _create_table(
        "audit_entry",
        _moment("at"),
        _required("actor", sa.Text),
        _word("action"),
        sa.Column("subject", sa.Text, nullable=False, index=True),
        _required("details", sa.JSON),
    )


def _let_only_grow_in_sqlite() -> None:
    refusals = {
        "no_update": "BEFORE UPDATE ON {table}",
        "no_delete": "BEFORE DELETE ON {table}",
        # INSERT OR REPLACE deletes the row it replaces without asking the trigger for deletions.
        "no_replace": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
    }
    for table in _GROWING:
        for name, event in refusals.items():
            op.execute(
                f"CREATE TRIGGER {table}_{name} {event.format(table=table)} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _let_only_grow_in_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in _GROWING:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        # ALWAYS: also for a session that calls itself a replica.
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
