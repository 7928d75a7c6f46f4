"""A house of an earlier version knows the latest look at each paper once its schema has grown."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine, text

from claims.records.citation import RetractionCheck, RetractionStatus
from db.migrations import upgrade_schema
from db.unit_of_work import UnitOfWork
from tests.databases import UNDO_0019
from tests.factories import (
    make_article,
    make_audit_entry,
    make_evidence,
    make_extraction,
    make_moment,
    make_pmid,
)

LOOKS = (
    RetractionCheck(RetractionStatus.NONE_KNOWN, make_moment(1)),
    RetractionCheck(RetractionStatus.RETRACTED, make_moment(3), make_pmid(9)),
    RetractionCheck(RetractionStatus.UNCHECKED, None),
)


def forget_looks(engine: Engine) -> None:
    """Leave the schema as it was before looks were kept apart from the claims."""
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE standing"))
        connection.execute(text("DROP TABLE closed_version"))
        for statement in UNDO_0019:
            connection.execute(text(statement))
        connection.execute(text("DROP TABLE wording_rules"))
        connection.execute(text("DROP TABLE audit_link"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0015'"))


def test_the_latest_look_of_any_claim_is_known(engine: Engine) -> None:
    with UnitOfWork(engine) as work:
        version = work.articles.add_version(make_article("見" * 30), make_moment())
        for claim, look in zip(
            work.claims.add_extraction(version.id, make_extraction(3)), LOOKS, strict=True
        ):
            evidence = make_evidence(1)
            findings = tuple(replace(finding, retraction=look) for finding in evidence.findings)
            work.searches.record_evidence(claim.id, replace(evidence, findings=findings))
        work.commit(make_audit_entry())
    forget_looks(engine)
    upgrade_schema(engine)
    with UnitOfWork(engine) as work:
        assert work.citations.load_standings([make_pmid(1), make_pmid(2)]) == {make_pmid(1): LOOKS[1]}
