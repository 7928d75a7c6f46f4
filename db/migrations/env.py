"""What Alembic runs: the migrations, on the connection that ``upgrade_schema`` hands over."""

from __future__ import annotations

from alembic import context

from db.models import ArticleRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=ArticleRow.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
