"""Documents without a PMID as the database keeps them, alike on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from claims.records.assessment import CitationJudgement
from claims.records.document import Document, DocumentDetails, JudgedDocument
from db.unit_of_work import UnitOfWork
from tests.factories import make_article, make_audit_entry, make_extraction, make_moment

Begin = Callable[[], UnitOfWork]
DETAILS = DocumentDetails("題", "庁", "2026", "https://example.org/", "引用", "3頁", date(2026, 1, 2))
DOCUMENT = Document(0, 1, DETAILS, "a", make_moment())


def keep(begin: Begin) -> tuple[Document, Document]:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        work.claims.add_extraction(version.id, make_extraction(2))
        kept = work.documents.add(DOCUMENT)
        bare = replace(DOCUMENT, details=DocumentDetails("別の題", "庁"), carried_from=kept.id)
        other = work.documents.add(bare)
        for judgement in (CitationJudgement.PARTLY, CitationJudgement.SUPPORTING):
            judged = JudgedDocument(kept.id, judgement, "a", make_moment())
            work.documents.add_judgement(1, judged)
        work.documents.add_judgement(1, JudgedDocument(other.id, judgement, "b", make_moment()))
        work.commit(make_audit_entry())
    return kept, other


def test_documents_and_the_latest_judgements_come_back(begin: Begin) -> None:
    kept, other = keep(begin)
    with begin() as work:
        assert work.documents.load([1, 2]) == {1: (kept, other), 2: ()}
        judged = work.documents.load_judgements([1])[1]
    assert [(one.document_id, one.judgement, one.judged_by) for one in judged] == [
        (kept.id, CitationJudgement.SUPPORTING, "a"),
        (other.id, CitationJudgement.SUPPORTING, "b"),
    ]
    assert [one.sequence for one in judged] == [2, 3]


def test_what_is_carried_stands_once_and_is_judged_by_nobody(begin: Begin) -> None:
    kept, other = keep(begin)
    with begin() as work:
        work.documents.carry({2: (1, 1)})
        work.commit(make_audit_entry())
    with begin() as work:
        carried = work.documents.load([2])[2]
        assert work.documents.load_judgements([2]) == {2: ()}
    assert [(one.details, one.carried_from) for one in carried] == [
        (kept.details, kept.id),
        (other.details, other.id),
    ]


@pytest.mark.parametrize(
    "change",
    ["UPDATE document SET title = 'x'", "DELETE FROM document_judgement", "DELETE FROM document"],
)
def test_both_only_grow(begin: Begin, engine: Engine, change: str) -> None:
    keep(begin)
    with engine.begin() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(text(change))
