"""Days of reviews, runs for what is new and the records that are, as both databases keep them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from claims.records.assessment import SupportGrade
from claims.records.decision import VersionState
from claims.records.living import LivingLook, LivingRun, NewRecord, NewRecordAnswer
from claims.records.retrieval import Rung, SearchStatus
from claims.records.review_day import ClaimDay, ReviewDay, ReviewRule, SetDay
from db.unit_of_work import UnitOfWork
from reviewer.rules.review_days import ReviewRules
from reviewer.workflow.review_days import keep_days
from reviewer.workflow.review_marks import load_marks, share_published
from reviewer.workflow.states import put_state
from tests.factories import make_audit_entry, make_moment, make_pmid, make_signature
from tests.workflow.clinic import EDITOR, A, Clinic, open_clinic

Begin = Callable[[], UnitOfWork]
DAY = date(2026, 7, 5)
RULE = ReviewRule(6, "試験", "trials")


@pytest.fixture
def clinic(begin: Begin) -> Clinic:
    """A published article of two claims, graded."""
    clinic = open_clinic(begin)
    for claim in (0, 1):
        clinic.judge(A, claim=claim)
        clinic.grade(A, SupportGrade.SUPPORTED, claim=claim)
    decide(clinic, VersionState.APPROVED, VersionState.PUBLISHED)
    return clinic


def decide(clinic: Clinic, *states: VersionState) -> None:
    for state in states:
        with clinic.open_work() as work:
            version = work.articles.get_version(clinic.version_id)
            entry = put_state(work, version, state, "", EDITOR, clinic.now(), make_signature())
            work.commit(entry)


def test_a_decision_has_the_version_counted_and_what_was_counted_is_found_by_its_day(
    begin: Begin, clinic: Clinic
) -> None:
    with begin() as work:
        assert work.review_days.list_uncounted("rules", 9) == (clinic.version_id,)
        day = work.review_days.hold(clinic.version_id)
        assert day == ReviewDay(clinic.version_id, None)
        counted = ReviewDay(clinic.version_id, DAY, (ClaimDay(clinic.claim_ids[0], DAY, RULE),), "rules")
        work.review_days.keep(counted)
        work.commit_passing()
    soon = DAY - timedelta(days=30)
    with begin() as work:
        assert work.review_days.list_uncounted("rules", 9) == ()
        for other in ("rulea", "rulez"):
            assert work.review_days.list_uncounted(other, 9) == (clinic.version_id,)
        assert work.review_days.load([clinic.version_id]) == {clinic.version_id: counted}
        assert work.review_days.list_due(DAY, 9) == (counted,)
        assert work.review_days.list_due(DAY - timedelta(days=1), 9) == ()
        assert work.review_days.count_due(DAY) == 1
        assert work.review_days.list_untold(soon, DAY, 9) == (counted,)
        work.review_days.keep(replace(counted, told_on=soon))
        assert work.review_days.list_untold(soon, DAY, 9) == ()
        assert work.review_days.list_untold(DAY, DAY, 9) == (replace(counted, told_on=soon),)
        work.review_days.keep(replace(counted, told_on=DAY))
        assert work.review_days.list_untold(DAY, DAY, 9) == ()
        work.commit_passing()
    decide(clinic, VersionState.WITHDRAWN)
    with begin() as work:
        assert work.review_days.list_uncounted("rules", 9) == (clinic.version_id,)
        work.review_days.drop(clinic.version_id)
        assert work.review_days.hold(clinic.version_id) is None


def test_a_version_that_is_being_published_is_waited_for_by_who_looks_what_readers_have(begin: Begin) -> None:
    clinic = open_clinic(begin)
    decide(clinic, VersionState.APPROVED)

    def look() -> tuple[int, ...]:
        with begin() as work:
            return share_published(work, {clinic.version_id})

    assert look() == ()
    with ThreadPoolExecutor(1) as others:
        with begin() as work:
            work.articles.hold_version(clinic.version_id)
            version = work.articles.get_version(clinic.version_id)
            entry = put_state(
                work, version, VersionState.PUBLISHED, "", EDITOR, clinic.now(), make_signature()
            )
            looking = others.submit(look)
            with pytest.raises(TimeoutError):
                looking.result(timeout=0.5)
            work.commit(entry)
        assert looking.result(timeout=30) == (clinic.version_id,)


def test_a_day_that_was_set_is_never_changed_and_the_latest_holds(
    engine: Engine, begin: Begin, clinic: Clinic
) -> None:
    first = SetDay(clinic.version_id, DAY, "学会の改訂", "editor", make_moment())
    with begin() as work:
        assert work.review_days.find_set(clinic.version_id) is None
        work.review_days.add_set(first)
        work.commit(make_audit_entry())
    for statement in ("UPDATE review_date SET reason = 'x'", "DELETE FROM review_date"):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="review_date is append-only"):
            connection.execute(text(statement))
    with begin() as work:
        assert work.review_days.find_set(clinic.version_id) == first
        work.review_days.add_set(replace(first, due_on=None))
        assert work.review_days.find_set(clinic.version_id) is None


def test_one_run_is_open_and_moved_on_once_by_whoever_knows_its_cursor(begin: Begin, clinic: Clinic) -> None:
    with begin() as work:
        places = work.living.list_claims()
        assert places == tuple((one, clinic.version_id) for one in clinic.claim_ids)
        assert work.living.list_claims(clinic.claim_ids[0]) == places[1:]
        run = work.living.begin("pubmed", 2, make_moment())
        work.commit_passing()
    with begin() as work, pytest.raises(DBAPIError):
        work.living.begin("pubmed", 2, make_moment())
    after = replace(run, cursor=clinic.claim_ids[0], done=1)
    with begin() as work:
        assert work.living.move_on(run, after)
        assert not work.living.move_on(run, after)
        assert work.living.move_on(after, replace(after, ended_at=make_moment(1)))
        second = work.living.begin("pubmed", 2, make_moment(2))
        assert isinstance(second, LivingRun)
        assert [one.id for one in work.living.list_latest(9)] == [second.id, run.id]


def test_a_record_is_new_once_and_answered_once_and_the_latest_look_stands(
    begin: Begin, clinic: Clinic
) -> None:
    claim_id, at = clinic.claim_ids[0], make_moment()
    one = NewRecord(claim_id, clinic.version_id, make_pmid(1), "pubmed", Rung.STRICT, 0.7, at)
    better = replace(one, pmid=make_pmid(2), relevance=0.9)
    with begin() as work:
        assert (work.living.add([one, better]), work.living.add([one]), work.living.add([])) == (2, 0, 0)
        assert work.living.load([claim_id]) == (better, one)
        keeps = (NewRecordAnswer.KEEPS, "同じ結論", "a", at)
        assert work.living.answer(claim_id, make_pmid(1), *keeps)
        assert not work.living.answer(claim_id, make_pmid(1), *keeps)
        assert work.living.list_open(9) == (better,)
        look = LivingLook(claim_id, "pubmed", at, at, SearchStatus.FOUND, 2)
        failed = replace(look, status=SearchStatus.FAILED, failure="source_unreachable")
        for kept in (look, failed):
            work.living.keep_look(kept)
        assert work.living.load_looks([claim_id]) == (failed,)


def test_of_two_schedulers_at_once_one_marks_and_tells(begin: Begin, clinic: Clinic, dialect: str) -> None:
    rules, start = ReviewRules((RULE,), UTC), Barrier(2)
    late = make_moment() + timedelta(days=400)

    def keep(name: str) -> int:
        start.wait()
        return keep_days(begin, rules, late, name).raised

    with ThreadPoolExecutor(2) as threads:
        raised = sum(threads.map(keep, ("one", "two")))
    assert raised == 2, dialect
    with begin() as work:
        assert [mark.claim_id for mark in load_marks(work, clinic.version_id)] == [*clinic.claim_ids]
        told = [one for one in work.notices.list_new(EDITOR.name, 9) if one.cause.key.endswith("2026-07-05")]
    assert len(told) == 1
