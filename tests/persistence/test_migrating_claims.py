"""A house of an earlier version keeps everything when its schema grows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, Connection, Engine, bindparam, text

from claims.records.article import text_hash
from claims.records.assessment import ClaimStatus
from claims.records.lineage import HandStep
from claims.records.record_json import to_json
from db.engine import open_engine
from db.migrations import upgrade_schema
from db.unit_of_work import UnitOfWork
from tests.factories import (
    CLAIM_TEXT,
    make_article,
    make_assessment,
    make_audit_entry,
    make_claim,
    make_dropped_unit,
    make_moment,
)

CLAIMS = (make_claim(), make_claim("戻した主張。", start=20, read_as="見本: 戻した主張。"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database as the version before lineage left it: an article, two claims, a restored unit, a grade."""
    engine = open_engine(database_url)
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    with engine.begin() as connection:
        fill_house(connection)
    yield engine
    engine.dispose()


def fill_house(connection: Connection) -> None:
    def insert(table: str, **values: object) -> None:
        columns = [bindparam(name, type_=JSON()) for name in values if name in ("blocks", "claim", "unit")]
        statement = text(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})"
        )
        connection.execute(statement.bindparams(*columns), values)

    article = make_article()
    insert("article", title=article.title, title_hash=text_hash(article.title))
    insert(
        "article_version",
        article_id=1,
        number=1,
        version_hash=article.version_hash,
        ingested_at=make_moment(),
        language="ja",
        origin=article.origin,
        text=article.text,
        blocks=to_json(article.blocks),
    )
    for number, claim in enumerate(CLAIMS, start=1):
        insert(
            "claim",
            version_id=1,
            number=number,
            claim=to_json(claim),
            status="graded" if number == 1 else "dismissed",
            reason="" if number == 1 else "本筋でない",
            revision=number + 1,
        )
    insert("dropped_unit", version_id=1, unit=to_json(make_dropped_unit()), claim_id=2)
    insert(
        "assessment",
        claim_id=1,
        grade="supported",
        comment="",
        graded_by="reviewer",
        graded_at=make_moment(),
        text_hash=text_hash(CLAIM_TEXT),
    )


def test_articles_claims_and_grades_are_what_they_were(engine: Engine) -> None:
    upgrade_schema(engine)
    with UnitOfWork(engine) as work:
        version = work.articles.get_version(1)
        first, second = work.claims.list_claims(1)
        (dropped,) = work.claims.list_dropped(1)
        grades = work.assessments.load_assessments([1])
    assert version.article == make_article()
    assert (first.claim, second.claim) == CLAIMS
    assert [(c.number, c.status, c.reason, c.revision, c.by_hand) for c in (first, second)] == [
        (1, ClaimStatus.GRADED, "", 2, ()),
        (2, ClaimStatus.DISMISSED, "本筋でない", 3, (HandStep.RESTORED,)),
    ]
    assert dropped.claim_id == 2
    assert grades == {1: (make_assessment(),)}


def test_the_house_goes_on_from_there(engine: Engine) -> None:
    upgrade_schema(engine)
    with UnitOfWork(engine) as work:
        following = work.articles.add_version(make_article("次。"), make_moment(5))
        added = work.claims.add_by_hand(1, make_claim("足した主張。", start=40))
        work.claims.change_status(1, ClaimStatus.STALE, 2)
        work.commit(make_audit_entry())
    assert (following.number, following.article_id) == (2, 1)
    assert (added.id, added.number) == (3, 3)


def test_the_references_are_checked_again_afterwards(engine: Engine) -> None:
    upgrade_schema(engine)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
