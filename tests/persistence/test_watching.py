"""Where papers are used, what Retraction Watch tells, runs and marks, as both databases keep them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.document import DocumentDetails
from claims.records.recheck import LostGround, Met, RecheckNote, ReviewMark
from claims.records.watch import Nature, WatchRecord
from db.unit_of_work import UnitOfWork
from reviewer.workflow.documents import enter_document
from tests.factories import make_audit_entry, make_citation, make_moment, make_pmid
from tests.workflow.clinic import EDITOR, Clinic, open_clinic

Begin = Callable[[], UnitOfWork]
RETRACTION = WatchRecord(7, Nature.RETRACTION, make_pmid(1), "10.9999/sample.1", date(2026, 1, 4))
BY_DOI = replace(RETRACTION, record_id=8, pmid=None, reasons="+Error;")


@pytest.fixture
def clinic(begin: Begin) -> Clinic:
    """An article of two claims with two papers each; the second has a DOI."""
    clinic = open_clinic(begin)
    with begin() as work:
        work.citations.save([replace(make_citation(2), doi="10.9999/SAMPLE.1")])
        work.commit(make_audit_entry())
    return clinic


def test_claims_are_found_by_paper_doi_words_and_document(begin: Begin, clinic: Clinic) -> None:
    with begin() as work:
        claims = work.claims.list_claims(clinic.version_id)
        assert work.uses.find_by_papers([make_pmid(1)]) == clinic.claim_ids
        assert work.uses.find_pmids("10.9999/Sample.1") == (make_pmid(2),)
        assert work.uses.find_pmids("10.9999/none") == ()
        assert work.uses.find_by_words([claims[0].claim.text, "𠮷'\"%_"]) == clinic.claim_ids[:1]
        assert work.uses.list_places(clinic.claim_ids) == tuple(
            (one, clinic.version_id) for one in clinic.claim_ids
        )
        assert work.uses.list_published() == work.uses.list_published([clinic.version_id]) == ()
    with begin() as work:
        details = DocumentDetails("見本の添付文書", "見本製薬", address="https://example.org/insert")
        document = enter_document(work, clinic.claim_ids[0], details, EDITOR, clinic.now())
        for words in (f"document:{document.id}", details.title, details.address):
            assert work.uses.find_documents(words) == {document.id: clinic.claim_ids[0]}


def test_rows_are_kept_by_their_number_and_found_by_pmid_or_doi(begin: Begin, clinic: Clinic) -> None:
    with begin() as work:
        assert work.watched.save([RETRACTION, BY_DOI]) == (2, 0)
        assert work.watched.save([RETRACTION, BY_DOI]) == (0, 0)
        assert work.watched.save([replace(BY_DOI, reasons="")]) == (0, 1)
        work.commit(make_audit_entry())
    with begin() as work:
        records = work.citations.load([make_pmid(1), make_pmid(2)])
        assert work.watched.load(records.values()) == {
            make_pmid(1): (RETRACTION,),
            make_pmid(2): (replace(BY_DOI, reasons=""),),
        }
        assert work.watched.find_papers() == (make_pmid(1), make_pmid(2))
        assert work.watched.load([]) == {}


def test_a_run_is_moved_on_once_by_whoever_knows_its_cursor(begin: Begin, clinic: Clinic) -> None:
    with begin() as work:
        assert work.rechecks.list_papers() == (make_pmid(1), make_pmid(2))
        assert work.rechecks.list_papers(make_pmid(1)) == (make_pmid(2),)
        run = work.rechecks.begin("pubmed", 2, make_moment())
        work.commit(make_audit_entry())
    after = replace(run, cursor=make_pmid(1), done=1, checked=1, tried_at=make_moment(1))
    note = RecheckNote(make_pmid(1), Met.CHANGED, "retracted")
    with begin() as work:
        assert work.rechecks.move_on(run, after, [note])
        assert not work.rechecks.move_on(run, after)
        work.commit(make_audit_entry())
    with begin() as work, pytest.raises(DBAPIError):
        work.rechecks.begin("pubmed", 2, make_moment(2))
    with begin() as work:
        assert work.rechecks.move_on(after, replace(after, ended_at=make_moment(3)))
        second = work.rechecks.begin("pubmed", 2, make_moment(4))
        work.commit(make_audit_entry())
    with begin() as work:
        assert [one.id for one in work.rechecks.list_latest(9)] == [second.id, run.id]
        assert work.rechecks.list_notes(run.id) == (note,)


def test_a_mark_stands_once_until_it_is_lifted(begin: Begin, clinic: Clinic) -> None:
    mark = ReviewMark(
        clinic.version_id,
        clinic.claim_ids[0],
        LostGround.PAPER_FELL,
        make_pmid(1),
        RetractionStatus.RETRACTED,
        make_moment(),
    )
    with begin() as work:
        work.review_marks.raise_marks([mark])
        work.review_marks.raise_marks([replace(mark, raised_at=make_moment(1))])
        assert work.review_marks.load([clinic.version_id]) == {clinic.version_id: (mark,)}
        assert work.review_marks.list_versions() == (clinic.version_id,)
        work.review_marks.lift([mark], make_moment(2))
        assert work.review_marks.load([clinic.version_id]) == {}
        again = replace(mark, raised_at=make_moment(3))
        work.review_marks.raise_marks([again])
        assert work.review_marks.load([clinic.version_id]) == {clinic.version_id: (again,)}
        assert work.review_marks.list_papers() == (make_pmid(1),)


def test_a_look_dated_ahead_gives_way_only_to_one_that_knows_the_present(
    begin: Begin, clinic: Clinic
) -> None:
    ahead = RetractionCheck(RetractionStatus.NONE_KNOWN, make_moment() + timedelta(days=365))
    now = RetractionCheck(RetractionStatus.RETRACTED, make_moment(60))
    with begin() as work:
        work.citations.save_standings({make_pmid(1): ahead})
        work.citations.save_standings({make_pmid(1): now})
        assert work.citations.load_standings([make_pmid(1)]) == {make_pmid(1): ahead}
        work.citations.save_standings({make_pmid(1): now}, now=make_moment(60))
        assert work.citations.load_standings([make_pmid(1)]) == {make_pmid(1): now}
