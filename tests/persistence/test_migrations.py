from __future__ import annotations

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from claims.errors import StoreError
from db.engine import open_engine
from db.migrations import find_head, upgrade_schema
from db.models import ArticleRow
from reviewer.error_messages import describe_error

START = """
import sys
from db.engine import open_engine
from db.migrations import upgrade_schema
sys.stdin.readline()
upgrade_schema(open_engine(sys.argv[1]))
"""


def test_the_migrated_schema_is_the_one_that_the_models_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, ArticleRow.metadata) == []


def test_a_model_without_a_migration_would_be_told(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE citation ADD COLUMN colour VARCHAR(3)"))
        differences = compare_metadata(MigrationContext.configure(connection), ArticleRow.metadata)
    assert [difference[0] for difference in differences] == ["remove_column"]


def test_the_head_is_told_by_the_name_of_the_last_migration() -> None:
    assert ScriptDirectory("db/migrations").get_heads() == [find_head()]


def test_a_second_start_changes_nothing(engine: Engine) -> None:
    before = inspect(engine).get_table_names()
    upgrade_schema(engine)
    assert inspect(engine).get_table_names() == before


def test_a_start_does_not_wait_for_somebody_who_writes(engine: Engine) -> None:
    with engine.begin() as writing:
        writing.execute(text("UPDATE article SET title = 'held'"))
        upgrade_schema(engine)


def test_processes_that_start_at_once_end_with_one_schema(database_url: str) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", START, database_url],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for start in starts:
        assert start.stdin is not None
        start.stdin.write("go\n")
        start.stdin.flush()
    complaints = [start.communicate(timeout=60)[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], complaints
    with open_engine(database_url).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError) as refused:
        upgrade_schema(engine)
    assert refused.value.code == "schema_unknown"
    told = describe_error(refused.value)
    assert all(words in told for words in ("newer Konkyo", "goes back to an older", "konkyo restore"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_migration_that_breaks_off_leaves_no_table_behind(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE judgement (id INTEGER)"))
    with pytest.raises((StoreError, DBAPIError), match="judgement"):
        upgrade_schema(engine)
    assert inspect(engine).get_table_names() == ["judgement"]
