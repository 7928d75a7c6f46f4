"""A restore into a PostgreSQL database that others use, and by an account that may not do it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from claims.errors import KonkyoError
from db.engine import open_engine
from tests.backup.houses import back_up, fill_house, keep_secret, open_test_house, restore


def test_what_others_keep_in_the_same_database_stays(
    fresh_postgresql_url: str, migrated_postgresql_url: str, tmp_path: Path
) -> None:
    keep_secret(tmp_path / "home")
    fill_house(migrated_postgresql_url)
    theirs = create_engine(fresh_postgresql_url.replace("postgresql://", "postgresql+psycopg://"))
    with theirs.begin() as connection:
        connection.execute(text("CREATE TABLE others (id INTEGER)"))
    back_up(open_test_house(tmp_path / "home", migrated_postgresql_url), tmp_path / "x")
    for replace in (False, True):
        restore(open_test_house(tmp_path / "b", fresh_postgresql_url), tmp_path / "x", replace=replace)
    assert inspect(theirs).has_table("others", schema="public")
    theirs.dispose()


def test_who_may_not_make_a_schema_is_told(
    migrated_postgresql_url: str, fresh_postgresql_url: str, tmp_path: Path
) -> None:
    keep_secret(tmp_path / "home")
    fill_house(migrated_postgresql_url)
    back_up(open_test_house(tmp_path / "home", migrated_postgresql_url), tmp_path / "x")
    owner = open_engine(fresh_postgresql_url)
    with owner.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS konkyo_weak"))
        connection.execute(text("CREATE ROLE konkyo_weak LOGIN"))
    weak = owner.url.set(username="konkyo_weak", drivername="postgresql").render_as_string(False)
    try:
        with pytest.raises(KonkyoError) as refused:
            restore(open_test_house(tmp_path / "b", weak), tmp_path / "x")
        assert refused.value.code == "database_refuses"
        assert inspect(owner).get_table_names() == []
    finally:
        with owner.begin() as connection:
            connection.execute(text("DROP ROLE konkyo_weak"))
        owner.dispose()
