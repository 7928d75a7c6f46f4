"""Retraction Watch beside PubMed's word: brought in whole, weighed wherever a paper is shown."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from claims.errors import RecordError
from claims.records.audit import AuditAction
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.decision import ObstacleKind, VersionState
from claims.records.notice import NoticeKind
from db.unit_of_work import UnitOfWork
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.importing_retractions import ImportedRetractions, import_retractions
from reviewer.workflow.rechecking import recheck_standing
from reviewer.workflow.review_marks import load_marks
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.evidence.test_retraction_watch import write_table
from tests.factories import make_audit_entry, make_citation, make_moment, make_pmid
from tests.workflow.clinic import EDITOR, Clinic, copy_clinic
from tests.workflow.test_closed_reports import StillShelf, begin_next, decide, open_clear

APPROVED, PUBLISHED = VersionState.APPROVED, VersionState.PUBLISHED
BY_DOI = {"OriginalPaperPubMedID": "0"}
REINSTATED = {"Record ID": "8", "RetractionNature": "Reinstatement", "RetractionDate": "1/5/2026 0:00"}


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """A published article whose two claims rest on the first paper, which has a DOI."""
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    with clinic.open_work() as work:
        work.citations.save([replace(make_citation(1), doi="10.9999/SAMPLE.1")])
        work.commit(make_audit_entry())
    decide(clinic, APPROVED, PUBLISHED)
    return clinic


def bring_in(clinic: Clinic, *rows: dict[str, str]) -> ImportedRetractions:
    with clinic.open_work() as work:
        lines = io.StringIO(write_table(*rows), newline="")
        return import_retractions(work, lines, "table.csv", EDITOR, clinic.now())


def list_marked(work: UnitOfWork, clinic: Clinic) -> list[int]:
    return [mark.claim_id for mark in load_marks(work, clinic.version_id)]


@pytest.mark.parametrize("cells", [{}, BY_DOI, {"OriginalPaperDOI": "unavailable"}])
def test_a_paper_is_known_by_its_pmid_and_without_one_by_its_doi(
    clinic: Clinic, cells: dict[str, str]
) -> None:
    done = bring_in(clinic, cells)
    assert (done.rows, done.new, done.papers, done.raised) == (1, 1, 1, 2)
    check = clinic.see(EDITOR).findings[0].retraction
    assert check.status is RetractionStatus.RETRACTED
    assert check.own is RetractionStatus.NONE_KNOWN
    with clinic.open_work() as work:
        kinds = {obstacle.kind for obstacle in find_obstacles(work, clinic.version_id)}
        assert list_marked(work, clinic) == [*clinic.claim_ids[:2]]
    assert ObstacleKind.RETRACTED_CITATION in kinds


def test_a_row_whose_pmid_is_anothers_says_nothing_by_its_doi(clinic: Clinic) -> None:
    assert bring_in(clinic, {"OriginalPaperPubMedID": "12345"}).papers == 0
    assert clinic.see(EDITOR).findings[0].retraction.watched is None


def test_the_same_file_twice_changes_nothing(clinic: Clinic) -> None:
    first, again = bring_in(clinic, {}), bring_in(clinic, {})
    assert (first.new, first.raised) == (1, 2)
    assert (again.rows, again.new, again.changed, again.raised, again.lifted) == (1, 0, 0, 0, 0)
    with clinic.open_work() as work:
        assert work.watched.count() == 1
        told = [entry.action for entry in work.audit.list_entries(f"claim:{clinic.claim_ids[0]}")]
    assert told.count(AuditAction.REVIEW_NEEDED) == 1


def test_a_retraction_that_is_itself_retracted_takes_its_marks_away(clinic: Clinic) -> None:
    bring_in(clinic, {})
    done = bring_in(clinic, {}, REINSTATED)
    assert (done.new, done.raised, done.lifted) == (1, 0, 2)
    check = clinic.see(EDITOR).findings[0].retraction
    assert (check.status, check.watched is not None) == (RetractionStatus.NONE_KNOWN, True)
    with clinic.open_work() as work:
        assert list_marked(work, clinic) == []
        assert NoticeKind.RETRACTED not in {one.cause.kind for one in work.notices.list_new(EDITOR.name, 9)}
        actions = [entry.action for entry in work.audit.list_entries(f"claim:{clinic.claim_ids[0]}")]
    assert actions.index(AuditAction.REVIEW_NOT_NEEDED) < actions.index(AuditAction.REVIEW_NEEDED)


def test_a_row_that_is_corrected_to_another_paper_frees_the_first(clinic: Clinic) -> None:
    bring_in(clinic, {})
    done = bring_in(clinic, {"OriginalPaperPubMedID": "12345"})
    assert (done.changed, done.lifted) == (1, 2)


def test_a_row_that_a_later_file_lacks_stays(clinic: Clinic) -> None:
    bring_in(clinic, {})
    done = bring_in(clinic, {"Record ID": "9", "OriginalPaperPubMedID": "12345"})
    assert (done.new, done.lifted) == (1, 0)
    with clinic.open_work() as work:
        assert work.watched.count() == 2


def test_corrupt_rows_are_told_and_the_good_ones_kept(clinic: Clinic) -> None:
    done = bring_in(clinic, {"RetractionDate": "never"}, {}, {"Record ID": "9", "OriginalPaperPubMedID": "9"})
    assert (done.rows, done.corrupt, [bad.first_line for bad in done.bad]) == (2, 1, [2])
    assert done.raised == 2


def test_a_file_that_is_mostly_corrupt_leaves_nothing(clinic: Clinic) -> None:
    with pytest.raises(RecordError, match="watch_corrupt"):
        bring_in(clinic, {}, {"RetractionDate": "never"})
    with clinic.open_work() as work:
        assert work.watched.count() == 0
        assert list_marked(work, clinic) == []


def test_editors_and_who_brought_the_article_in_are_told_once(clinic: Clinic) -> None:
    bring_in(clinic, {})
    bring_in(clinic, {})
    with clinic.open_work() as work:
        told = work.notices.list_new(EDITOR.name, 10)
    assert [(notice.cause.kind, notice.cause.claim_id) for notice in told].count(
        (NoticeKind.RETRACTED, clinic.claim_ids[0])
    ) == 1
    assert {notice.cause.version_id for notice in told} == {clinic.version_id}


def test_the_version_that_readers_have_is_marked_and_not_its_open_successor(clinic: Clinic) -> None:
    following = begin_next(clinic)
    bring_in(clinic, {})
    with clinic.open_work() as work:
        assert list_marked(work, clinic) == [*clinic.claim_ids[:2]]
        assert load_marks(work, following.version_id) == ()


def test_what_pubmed_says_stays_when_retraction_watch_reinstates(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        look = RetractionCheck(RetractionStatus.RETRACTED, make_moment(900))
        work.citations.save_standings({make_pmid(1): look})
        work.commit(make_audit_entry())
    bring_in(clinic, {}, REINSTATED)
    check = clinic.see(EDITOR).findings[0].retraction
    assert check.status is RetractionStatus.RETRACTED
    assert check.watched is not None
    assert check.watched.status is RetractionStatus.NONE_KNOWN


def test_a_recheck_tells_what_pubmed_says_and_takes_retraction_watchs_word_for_no_change(
    clinic: Clinic,
) -> None:
    bring_in(clinic, {})
    with clinic.open_work() as work:
        done = recheck_standing(work, StillShelf(), clinic.version_id, EDITOR, clinic.now())
    assert (done.checked, done.changed) == (1, ())
    with clinic.open_work() as work:
        assert list_marked(work, clinic) == [*clinic.claim_ids[:2]]
