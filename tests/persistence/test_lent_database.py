"""What tests of PostgreSQL use in turn is as new for each of them."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.unit_of_work import UnitOfWork
from tests.databases import lend_engine, renew_postgresql
from tests.factories import make_audit_entry


def test_no_row_and_no_number_is_left_of_the_test_before(
    migrated_postgresql_url: str, postgresql_template: str
) -> None:
    engine = lend_engine(migrated_postgresql_url)
    for _ in range(2):
        with UnitOfWork(engine) as work:
            work.commit(make_audit_entry())
        with engine.connect() as connection:
            assert connection.execute(text("SELECT id FROM audit_entry")).all() == [(1,)]
        with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text("DELETE FROM audit_entry"))
        engine.dispose()
        assert renew_postgresql(migrated_postgresql_url, postgresql_template)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE claim ADD COLUMN colour VARCHAR(3)",
        "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only",
        "DROP TABLE draft",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
def test_a_schema_that_was_changed_is_not_lent_again(
    migrated_postgresql_url: str, postgresql_template: str, change: str
) -> None:
    engine = lend_engine(migrated_postgresql_url)
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    assert not renew_postgresql(migrated_postgresql_url, postgresql_template)
