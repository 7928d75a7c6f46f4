"""A house of every earlier program is whole after the upgrade: rows, trail, pages, and the copy of before."""

from __future__ import annotations

import logging
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import settings

from db.audit_checking import FaultKind
from db.engine import open_engine
from db.migrations import find_head as find_head_revision
from db.migrations import list_revisions, upgrade_schema
from db.unit_of_work import UnitOfWork
from reviewer.accounts.sealing import derive_audit_key
from reviewer.exports.exporting import write_table
from reviewer.exports.registry import TABLES
from reviewer.exports.table import ExportRequest
from reviewer.workflow.agreeing import load_agreement
from reviewer.workflow.audit_trail import check_trail, load_trail
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.overview import load_overview
from reviewer.workflow.queueing import load_queue
from tests.backup.houses import read_rows
from tests.examples import SOAK
from tests.factories import make_audit_entry
from tests.persistence.released_houses import SECRET, build_house, list_released
from tests.workflow.clinic import ADMIN, EDITOR

KEY = derive_audit_key(SECRET)
# What a migration moves: the words of a claim stand where it is placed since 0003, and tries to sign in are
# counted by name and address since 0019. Settled claims are to be taken in anew since 0034.
MOVED = {
    ("claim", "claim"),
    ("account", "failures"),
    ("account", "locked_until"),
    ("known_claim", "marks"),
}
# What is counted anew by a migration that counts more than its house did.
COUNTED = {"workload"}
Rows = dict[str, list[dict[str, object]]]


def list_rows(url: str) -> Rows:
    """Every row of every table with the names of its columns."""
    return {
        table: [dict(row._mapping) for row in rows]
        for table, rows in read_rows(url).items()
        if table != "alembic_version"
    }


def keep_columns(rows: Rows, like: Rows) -> Rows:
    """The rows of the tables of ``like`` with the columns that these have."""
    return {
        table: [
            {name: row[name] for name in old if (table, name) not in MOVED}
            for row, old in zip(rows[table], like[table], strict=True)
        ]
        for table in like.keys() - COUNTED
    }


def list_copies(url: str) -> list[Path]:
    database = Path(url.removeprefix("sqlite:///"))
    return [file for file in database.parent.iterdir() if ".schema-" in file.name]


# Each takes a second: of all only `make properties` tries every one.
SOME = {"0001", "0009", "0012", *list_released()[-2:]}
TRIED = [one for one in list_released() if one in SOME or settings().max_examples >= SOAK]


def test_there_is_a_house_of_every_revision() -> None:
    assert set(list_released()) == set(list_revisions())


@pytest.mark.parametrize("revision", TRIED)
def test_a_house_of_an_earlier_program_is_whole_after_the_upgrade(
    database_url: str, dialect: str, revision: str, caplog: pytest.LogCaptureFixture
) -> None:
    build_house(database_url, revision)
    before = list_rows(database_url)
    engine = open_engine(database_url)
    with caplog.at_level(logging.WARNING, logger="konkyo.database"):
        upgrade_schema(engine)
    assert keep_columns(list_rows(database_url), before) == keep_columns(before, before)
    if revision != find_head_revision():
        check_copy(database_url, dialect, before, caplog.text)
    with UnitOfWork(engine, audit_key=KEY) as work:
        head = work.audit.find_head()
        assert (head.position > 0) is (revision >= "0018")
        fault = check_trail(work, KEY).fault
        assert (fault and fault.kind) == (None if head.position else FaultKind.NOT_SEALED)
        work.commit_sealing(make_audit_entry())
    with UnitOfWork(engine, for_reading=True) as work:
        assert check_trail(work, KEY).fault is None
        open_every_page(work)
    engine.dispose()


def check_copy(url: str, dialect: str, before: Rows, told: str) -> None:
    """Of a SQLite file the former one is beside it; of PostgreSQL it is said that there is none."""
    if dialect == "sqlite":
        (kept,) = list_copies(url)
        assert list_rows(f"sqlite:///{kept}") == before
    else:
        assert "konkyo backup" in told


def open_every_page(work: UnitOfWork) -> None:
    """What the pages and files of each article are made of is there."""
    versions = work.articles.list_versions()
    assert versions
    assert len(load_overview(work, EDITOR, 100).progress) == len(versions)
    assert load_trail(work, ADMIN)
    for version in versions:
        claims = work.claims.list_claims(version.id)
        assert claims
        assert len(load_dossiers(work, claims, EDITOR)) == len(claims)
        load_queue(work, version.id, EDITOR)
        load_agreement(work, EDITOR, version.id)
        find_obstacles(work, version.id)
        for table in TABLES:
            assert write_table(work, table, ExportRequest(version.id, EDITOR, UTC))


def test_a_house_from_before_the_library_has_its_settled_claims_marked(database_url: str) -> None:
    build_house(database_url, "0027")
    engine = open_engine(database_url)
    upgrade_schema(engine)
    with UnitOfWork(engine) as work:
        due = tuple(work.known_claims.list_due(100))
        assert due
        assert all(claim.status.is_settled for claim in work.claims.load_claims(due))
    engine.dispose()
