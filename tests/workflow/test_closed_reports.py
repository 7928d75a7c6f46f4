"""What is approved or published is shown as it was decided on, whatever its successor does to its claims."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from functools import partial

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from claims.errors import NotFound
from claims.lexicon.lexicon import load_lexicon
from claims.library.library import LIBRARY
from claims.records.article import Original
from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import Citation, Correction, Pmid
from claims.records.decision import ObstacleKind, VersionState
from claims.records.document import DocumentDetails
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.proposal import ProposedStep
from claims.records.retrieval import Query, Rung, SourceAnswer
from claims.search.ports import SourceProfile
from db.unit_of_work import UnitOfWork
from reviewer.exports.exporting import write_table
from reviewer.exports.registry import TABLES
from reviewer.exports.table import ExportRequest
from reviewer.workflow.adjudicating import reopen_claim, write_view
from reviewer.workflow.amending import dismiss_claim
from reviewer.workflow.closing import load_closed
from reviewer.workflow.documents import enter_document
from reviewer.workflow.flagging import raise_flag, resolve_flag
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.loading import list_shown_claims, load_whole
from reviewer.workflow.proposing import change_by_hand
from reviewer.workflow.publishing import decide_version
from reviewer.workflow.queueing import Queue, load_queue
from reviewer.workflow.rechecking import recheck_standing
from reviewer.workflow.searching import Searcher, search_by_hand, search_claims
from tests.conftest import OpenWork
from tests.databases import LENT, lend_database
from tests.factories import (
    make_audit_entry,
    make_citation,
    make_evidence,
    make_moment,
    make_pmid,
    make_signature,
)
from tests.workflow.articles import GROWTH, HELLO, SLEEP, STEM, write
from tests.workflow.clinic import EDITOR, JUDGE, A, B, Clinic, copy_clinic
from tests.workflow.clinic import PEOPLE as CLINIC_PEOPLE
from tests.workflow.test_closed_versions import CHANGING, EVERYTHING, PEOPLE, Place, Step, take

APPROVED, PUBLISHED, WITHDRAWN = VersionState.APPROVED, VersionState.PUBLISHED, VersionState.WITHDRAWN
CHANGES_REQUESTED = VersionState.CHANGES_REQUESTED
RETRACTED = replace(make_citation(1), corrections=(Correction("RetractionIn", "SAMPLE", make_pmid(9)),))
Tables = dict[tuple[str, str], bytes]


@dataclass(frozen=True)
class Shelf:
    """A source that brings one record, retracted meanwhile, for whatever it is asked."""

    profile: SourceProfile = LIBRARY

    def search(self, query: str, limit: int) -> SourceAnswer:
        return SourceAnswer((RETRACTED.pmid,), 1)

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, Citation]:
        return {RETRACTED.pmid: RETRACTED}


@dataclass(frozen=True)
class StillShelf(Shelf):
    """The same source before the retraction."""

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, Citation]:
        return {RETRACTED.pmid: make_citation(1)}


SEARCHER = Searcher(StillShelf(), load_lexicon(), lambda: make_moment(-600))


@pytest.fixture
def engine() -> Engine:
    return lend_database()


@pytest.fixture
def open_work(engine: Engine) -> OpenWork:
    return partial(UnitOfWork, engine)


def bring_in(open_work: OpenWork, *lines: str, revises: int | None = None) -> Clinic:
    with open_work() as work:
        ingested = ingest_article(work, write(*lines), EDITOR, make_moment(), revises=revises)
    claims = tuple(claim.id for claim in ingested.claims)
    return Clinic(open_work, ingested.version.id, claims)


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    return copy_clinic(LENT, open_work, 3, open_clear)


def open_clear(open_work: OpenWork, claims: int) -> Clinic:
    """Two claims stand supported, one is dismissed, one unit was dropped, and a flag is settled."""
    clinic = bring_in(open_work, HELLO, GROWTH, STEM, SLEEP)
    assert len(clinic.claim_ids) == claims
    with clinic.open_work() as work:
        for claim_id in clinic.claim_ids:
            work.searches.record_evidence(claim_id, make_evidence(1, 2))
        for person in (*CLINIC_PEOPLE, EVERYTHING):
            work.people.add_user(person.name, person.full_name, person.roles, "", person.qualification)
        work.commit(make_audit_entry())
    clinic.declare(A, B, JUDGE)
    clinic.assign(ReviewPlan(("a", "b"), "judge"))
    with clinic.open_work() as work:
        dismiss_claim(work, clinic.see(EDITOR, 2).claim, "本筋でない", EDITOR, clinic.now())
    with clinic.open_work() as work:
        raise_flag(work, clinic.claim_ids[0], "出典は?", EDITOR, clinic.now())
    settle_flag(clinic, True)
    for claim in (0, 1):
        clinic.judge(A, claim=claim)
        clinic.grade(A, SupportGrade.SUPPORTED, claim=claim)
    return clinic


def settle_flag(clinic: Clinic, settled: bool) -> None:
    with clinic.open_work() as work:
        resolve_flag(work, clinic.claim_ids[0], "raised_by_person:1", settled, "見直し", EDITOR, clinic.now())


def decide(clinic: Clinic, *states: VersionState) -> None:
    for state in states:
        with clinic.open_work() as work:
            version = work.articles.get_version(clinic.version_id)
            decide_version(
                work, version.id, version.version_hash, state, "理由", EDITOR, clinic.now(), make_signature()
            )


def begin_next(clinic: Clinic) -> Clinic:
    """The next version, in which every claim is untouched; two people grade each in it."""
    following = bring_in(
        clinic.open_work, HELLO, GROWTH, STEM, SLEEP, "以上、見本でした。", revises=clinic.version_id
    )
    following.minutes = clinic.minutes
    assert following.claim_ids == clinic.claim_ids
    following.assign(ReviewPlan(("a", "b"), "judge", 2))
    return following


def read_tables(clinic: Clinic) -> Tables:
    with clinic.open_work() as work:
        return {
            (table, locale): write_table(work, table, ExportRequest(clinic.version_id, EDITOR, UTC, locale))
            for table in TABLES
            for locale in ("en", "ja")
        }


def read_rows(clinic: Clinic, table: str) -> list[dict[str, str]]:
    exported = read_tables(clinic)[table, "en"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(exported, newline="")))


def read_queue(clinic: Clinic) -> Queue:
    with clinic.open_work() as work:
        return load_queue(work, clinic.version_id, EDITOR)


# --- every step of the successor -----------------------------------------------------------------


def reopen(clinic: Clinic) -> None:
    claim = clinic.see(EDITOR).claim
    with clinic.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, clinic.now())


def disagree(clinic: Clinic) -> None:
    reopen(clinic)
    for who, grade in ((A, SupportGrade.SUPPORTED), (B, SupportGrade.PARTIALLY_SUPPORTED)):
        clinic.judge(who)
        clinic.grade(who, grade)


def view_conflict(clinic: Clinic) -> None:
    disagree(clinic)
    with clinic.open_work() as work:
        write_view(work, clinic.claim_ids[0], SupportGrade.SUPPORTED, "見解", JUDGE, clinic.now())


def grade_low(clinic: Clinic) -> None:
    reopen(clinic)
    for who in (A, B):
        clinic.judge(who)
        clinic.grade(who, SupportGrade.OVERSTATED)


def grade_again(clinic: Clinic) -> None:
    reopen(clinic)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)


def propose(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        claims = work.claims.list_claims(clinic.version_id)[:1]
        change_by_hand(work, ProposedStep.DISMISS, claims, ("理由",), EDITOR, clinic.now())


def search(place: Place, work: UnitOfWork, who: User) -> None:
    version = work.articles.get_version(place.version_id)
    list(search_claims(place.open_work, version, place.claims, SEARCHER, who, again=True))


def search_for_one(place: Place, work: UnitOfWork, who: User) -> None:
    version, query = work.articles.get_version(place.version_id), Query(Rung.BY_HAND, "hair[tiab]")
    search_by_hand(place.open_work, version, place.claims[0], query, SEARCHER, who)


def enter_paper(clinic: Clinic) -> None:
    reopen(clinic)
    with clinic.open_work() as work:
        enter_document(work, clinic.claim_ids[0], DocumentDetails("資料", "見本庁"), A, clinic.now())


# What has to be done in the successor before a step can be taken in it.
PREPARED: dict[str, Callable[[Clinic], None]] = {
    "adjudicating.write_view": disagree,
    "adjudicating.adjudicate": view_conflict,
    "flagging.answer_flag": lambda clinic: settle_flag(clinic, False),
    "assigning.assign_claim": reopen,
    "publishing.keep_claim": grade_low,
    "documents.judge_document": enter_paper,
    "proposing.answer_proposal": propose,
    "undoing.undo_last_step": grade_again,
}
# Where a sentence stands twice or was settled before: tests/workflow/test_repeats.py, test_taking_over.py.
ELSEWHERE = {"repeats.give_to_repeats", "taking_over.take_over"}
TAKEN: dict[str, Step] = {name: step for name, step in CHANGING.items() if name not in ELSEWHERE} | {
    "searching.search_claims": search,
    "searching.search_by_hand": search_for_one,
}


@pytest.mark.parametrize("name", TAKEN)
def test_no_step_in_its_successor_changes_what_a_published_version_shows(clinic: Clinic, name: str) -> None:
    decide(clinic, APPROVED, PUBLISHED)
    reported, queue = read_tables(clinic), read_queue(clinic)
    following = begin_next(clinic)
    if name in PREPARED:
        PREPARED[name](following)
    with clinic.open_work() as work:
        place = Place(clinic.open_work, following.version_id, work.claims.list_claims(following.version_id))
    codes: dict[str, str] = {}
    for who in PEOPLE:
        codes[who.name] = take(place, TAKEN[name], who)
        if not codes[who.name]:
            break
    assert "" in codes.values(), (name, codes)
    assert read_tables(clinic) == reported
    assert read_queue(clinic) == queue


def test_what_is_approved_and_waits_for_publication_reports_what_was_approved(clinic: Clinic) -> None:
    decide(clinic, APPROVED)
    approved = read_tables(clinic)
    reopen(begin_next(clinic))
    assert read_tables(clinic) == approved


def test_a_withdrawn_version_reports_what_was_published(clinic: Clinic) -> None:
    decide(clinic, APPROVED, PUBLISHED)
    published = read_tables(clinic)
    following = begin_next(clinic)
    reopen(following)
    decide(clinic, WITHDRAWN)
    withdrawn = read_tables(clinic)
    # What has happened since stands in the trail and in the list of versions, and nowhere else.
    changed = {key[0] for key in published if withdrawn[key] != published[key]}
    assert changed == {"audit", "versions"}
    assert read_rows(clinic, "audit")[-1]["action"] == AuditAction.VERSION_WITHDRAWN.value


def test_a_version_sent_back_reports_its_claims_as_they_stand(clinic: Clinic) -> None:
    decide(clinic, APPROVED, CHANGES_REQUESTED)
    reopen(clinic)
    assert [row["agreement"] for row in read_rows(clinic, "claims")] == ["open", "single"]
    clinic.judge(A, number=2)
    clinic.grade(A, SupportGrade.PARTIALLY_SUPPORTED)
    decide(clinic, APPROVED)
    approved = read_rows(clinic, "claims")
    assert [row["support_grade"] for row in approved] == ["3", "4"]
    reopen(begin_next(clinic))
    assert read_rows(clinic, "claims") == approved


def test_the_list_of_claims_is_the_one_that_was_decided_on(clinic: Clinic) -> None:
    decide(clinic, APPROVED, PUBLISHED)
    with clinic.open_work() as work:
        before = list_shown_claims(work, clinic.version_id)
    reopen(begin_next(clinic))
    with clinic.open_work() as work:
        assert list_shown_claims(work, clinic.version_id) == before


# --- what is told all the same: retractions ------------------------------------------------------


@pytest.mark.parametrize("looked_at", ["the closed version", "its successor"])
def test_a_retraction_told_later_shows_in_the_closed_version(clinic: Clinic, looked_at: str) -> None:
    decide(clinic, APPROVED, PUBLISHED)
    published = read_rows(clinic, "claims")
    following = begin_next(clinic)
    looked = clinic if looked_at == "the closed version" else following
    with clinic.open_work() as work:
        done = recheck_standing(work, Shelf(), looked.version_id, EDITOR, make_moment(900))
    assert {one.pmid for one in done.changed} == {make_pmid(1)}
    told = read_rows(clinic, "claims")
    assert [row["retraction"] for row in told] == ["retracted", "retracted"]
    assert [row["open_flags"] for row in told] == ["retracted_citation", "retracted_citation"]
    looks = ("retraction", "retraction_checked_at", "open_flags")
    assert [drop(row, looks) for row in told] == [drop(row, looks) for row in published]
    assert {row["pmid"]: row["retraction"] for row in read_rows(clinic, "citations")} == {
        make_pmid(1): "retracted",
        make_pmid(2): "none_known",
    }
    with clinic.open_work() as work:
        kinds = [found.kind for found in find_obstacles(work, clinic.version_id)]
    of_each = [ObstacleKind.NEEDS_REVIEW, ObstacleKind.RETRACTED_CITATION, ObstacleKind.OPEN_FLAG]
    assert kinds == of_each * 2


def drop(row: dict[str, str], columns: Sequence[str]) -> dict[str, str]:
    return {column: cell for column, cell in row.items() if column not in columns}


def test_a_paper_that_the_successor_no_longer_has_is_still_looked_at(clinic: Clinic) -> None:
    decide(clinic, APPROVED, PUBLISHED)
    begin_next(clinic)
    with clinic.open_work() as work:
        for claim_id in clinic.claim_ids:
            work.searches.revise_findings(claim_id, ())
        work.commit(make_audit_entry())
    with clinic.open_work() as work:
        done = recheck_standing(work, Shelf(), clinic.version_id, EDITOR, make_moment(900))
    assert {(one.pmid, one.attached) for one in done.changed} >= {(make_pmid(1), True)}
    assert [row["retraction"] for row in read_rows(clinic, "claims")] == ["retracted", "retracted"]
    again = recheck_again(clinic)
    assert again == ()


def recheck_again(clinic: Clinic) -> tuple[object, ...]:
    with clinic.open_work() as work:
        return recheck_standing(work, Shelf(), clinic.version_id, EDITOR, make_moment(901)).changed


def test_an_older_look_does_not_take_the_place_of_a_later_one(clinic: Clinic) -> None:
    decide(clinic, APPROVED, PUBLISHED)
    with clinic.open_work() as work:
        recheck_standing(work, Shelf(), clinic.version_id, EDITOR, make_moment(900))
    with clinic.open_work() as work:
        recheck_standing(work, StillShelf(), clinic.version_id, EDITOR, make_moment(800))
    assert [row["retraction"] for row in read_rows(clinic, "claims")] == ["retracted", "retracted"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE closed_version SET dossiers = '[]'",
        "DELETE FROM closed_version",
        "INSERT OR REPLACE INTO closed_version SELECT * FROM closed_version",
    ],
)
def test_what_was_kept_is_never_changed(clinic: Clinic, engine: Engine, change: str) -> None:
    decide(clinic, APPROVED)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="closed_version is append-only"):
        connection.execute(text(change))


def test_a_claim_comes_back_equal_from_what_was_kept(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        before = load_whole(work, work.claims.list_claims(clinic.version_id))
    decide(clinic, APPROVED)
    with clinic.open_work() as work:
        kept = load_closed(work, clinic.version_id)
    assert kept is not None
    assert tuple(replace(dossier, closed_flags=None) for dossier in kept) == before


# --- what was closed before it was kept ----------------------------------------------------------


def test_what_was_closed_before_such_was_kept_is_read_as_it_stands(clinic: Clinic, engine: Engine) -> None:
    decide(clinic, APPROVED)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER closed_version_no_delete"))
        connection.execute(text("DELETE FROM closed_version"))
    with clinic.open_work() as work:
        assert work.decisions.find_closing(clinic.version_id) is None
    before = read_tables(clinic)
    decide(clinic, PUBLISHED)
    assert read_tables(clinic)["claims", "en"] == before["claims", "en"]
    with clinic.open_work() as work:
        closing = work.decisions.find_closing(clinic.version_id)
    assert closing is not None
    assert closing.state is PUBLISHED


def test_a_version_that_was_decided_on_gets_no_file_afterwards(clinic: Clinic) -> None:
    """The article is handed out as its file: another one of the same words may say more than was read."""
    decide(clinic, APPROVED)
    with clinic.open_work() as work:
        article = work.articles.get_version(clinic.version_id).article
        file = Original("other.html", "text/html", b"<p>more</p>")
        assert ingest_article(work, article, EDITOR, clinic.now(), file).known
    with clinic.open_work() as work, pytest.raises(NotFound, match="original_not_found"):
        work.articles.get_original(clinic.version_id)
