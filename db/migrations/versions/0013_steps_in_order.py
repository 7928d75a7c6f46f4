"""A claim's steps in the order in which they were stored, counted for each claim.

What is stored already is ordered by the time that was written with it: nothing better is known of it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

# The moment of each kind of step; of two with one moment the one that stands first here came first.
_MOMENTS = {
    "judgement": "judged_at",
    "level_override": "set_at",
    "own_view": "written_at",
    "assessment": "graded_at",
    "adjudication": "adjudicated_at",
    "reopening": "reopened_at",
}


def upgrade() -> None:
    for table in _MOMENTS:
        _add_count(table, "sequence")
    _add_count("claim", "steps")
    _add_count("placement", "read_after")
    steps = " UNION ALL ".join(
        f"SELECT '{table}' AS kind, {place} AS place, id, claim_id, {moment} AS stepped_at FROM {table}"
        for place, (table, moment) in enumerate(_MOMENTS.items())
    )
    op.execute(
        "CREATE TEMPORARY TABLE step_order AS SELECT kind, id, claim_id, stepped_at, "
        f"row_number() OVER (PARTITION BY claim_id ORDER BY stepped_at, place, id) AS n FROM ({steps}) s"
    )
    op.execute("CREATE INDEX ix_step_order ON step_order (kind, id)")
    op.execute("CREATE INDEX ix_step_order_claim ON step_order (claim_id)")
    for table in _MOMENTS:
        _let_change(table)
        op.execute(
            f"UPDATE {table} SET sequence = "
            f"(SELECT n FROM step_order o WHERE o.kind = '{table}' AND o.id = {table}.id)"
        )
        _let_only_grow(table)
    op.execute("UPDATE claim SET steps = (SELECT count(*) FROM step_order o WHERE o.claim_id = claim.id)")
    op.execute(
        "UPDATE placement SET read_after = (SELECT count(*) FROM step_order o "
        "WHERE o.claim_id = placement.claim_id AND o.stepped_at < placement.read_since) "
        "WHERE read_since IS NOT NULL"
    )
    op.execute("DROP TABLE step_order")


def _add_count(table: str, name: str) -> None:
    op.add_column(table, sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0")))


def _let_change(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {table}_no_update")
    else:
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")


def _let_only_grow(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    else:
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
