"""By when a published version is looked at again: counted, set by hand, told once, marked, and reviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import RoleRefused, RuleRefused
from claims.records.assessment import CitationJudgement, ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.decision import VersionState
from claims.records.document import DocumentDetails
from claims.records.notice import NoticeKind
from claims.records.recheck import LostGround
from claims.records.review_day import ReviewRule
from db.unit_of_work import UnitOfWork
from reviewer.moments import add_months
from reviewer.rules.review_days import ReviewRules
from reviewer.workflow.board import list_needing
from reviewer.workflow.documents import enter_document, judge_document
from reviewer.workflow.publication import load_publication
from reviewer.workflow.renewing import renew_version
from reviewer.workflow.review_days import (
    KeptDays,
    keep_days,
    list_due_reviews,
    load_review_day,
    set_review_day,
)
from reviewer.workflow.review_marks import load_marks
from tests.conftest import OpenWork
from tests.databases import LENT, lend_database
from tests.examples import at_most
from tests.factories import make_moment
from tests.workflow.clinic import AUTHOR, EDITOR, A, Clinic, copy_clinic
from tests.workflow.test_closed_reports import decide, open_clear

GROWTH_WORDS = "成長期"
RULES = ReviewRules(
    (ReviewRule(12, "期限", "term"), ReviewRule(6, "成長期", "growth", words=GROWTH_WORDS)), UTC, 30
)
GRADED_ON = make_moment().date()
SIX, TWELVE = add_months(GRADED_ON, 6), add_months(GRADED_ON, 12)
APPROVED, PUBLISHED, WITHDRAWN = VersionState.APPROVED, VersionState.PUBLISHED, VersionState.WITHDRAWN
SETTLED_KINDS = (NoticeKind.REVIEW_AGAIN, NoticeKind.REVIEW_SOON)


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """A published article of two claims, the first of which speaks of growth."""
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    decide(clinic, APPROVED, PUBLISHED)
    return clinic


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def keep(clinic: Clinic, day: date, rules: ReviewRules = RULES) -> KeptDays:
    return keep_days(clinic.open_work, rules, noon(day), "cli:nobody")


def due(clinic: Clinic) -> date | None:
    with clinic.open_work() as work:
        day, _ = load_review_day(work, clinic.version_id)
    return day.due_on if day else None


def marked(clinic: Clinic) -> list[tuple[int, LostGround]]:
    with clinic.open_work() as work:
        return [(mark.claim_id, mark.cause) for mark in load_marks(work, clinic.version_id)]


def told(clinic: Clinic, name: str = EDITOR.name) -> list[NoticeKind]:
    with clinic.open_work() as work:
        kinds = [notice.cause.kind for notice in work.notices.list_new(name, 99)]
    return [kind for kind in kinds if kind in SETTLED_KINDS]


def put(clinic: Clinic, due_on: date | None, reason: str = "学会の改訂", today: date = GRADED_ON) -> None:
    with clinic.open_work() as work:
        set_review_day(work, clinic.version_id, due_on, reason, today, EDITOR, noon(today))


def test_a_version_has_the_earliest_day_of_its_claims_once_it_is_published(clinic: Clinic) -> None:
    assert due(clinic) is None
    assert keep(clinic, GRADED_ON) == KeptDays(counted=1)
    assert due(clinic) == SIX
    assert keep(clinic, GRADED_ON) == KeptDays()
    with clinic.open_work() as work:
        day, by_hand = load_review_day(work, clinic.version_id)
        publication = load_publication(work, clinic.version_id)
    assert day is not None
    assert [one.due_on for one in day.claims] == [SIX, TWELVE]
    assert (day.by_rule, by_hand) == (day.claims[0], None)
    assert publication.review_on == SIX


def test_other_rules_count_anew_and_a_version_that_readers_have_no_more_has_no_day(clinic: Clinic) -> None:
    keep(clinic, GRADED_ON)
    assert keep(clinic, GRADED_ON, ReviewRules(RULES.rules[:1], UTC)).counted == 1
    assert due(clinic) == TWELVE
    decide(clinic, WITHDRAWN)
    keep(clinic, SIX)
    assert (due(clinic), marked(clinic), told(clinic)) == (None, [], [])
    with clinic.open_work() as work:
        assert work.review_days.load([clinic.version_id]) == {}


def test_people_are_told_once_before_and_once_on_the_day(clinic: Clinic) -> None:
    keep(clinic, SIX - timedelta(days=31))
    assert told(clinic) == []
    for day in (SIX - timedelta(days=30), SIX - timedelta(days=29), SIX - timedelta(days=1)):
        keep(clinic, day)
        assert told(clinic) == [NoticeKind.REVIEW_SOON]
    for day in (SIX, SIX + timedelta(days=1)):
        keep(clinic, day)
        assert told(clinic) == [NoticeKind.REVIEW_AGAIN]
    # Nobody knows who wrote what was brought in on the command line: all authors are told.
    assert (told(clinic, A.name), told(clinic, AUTHOR.name)) == ([], [NoticeKind.REVIEW_AGAIN])
    with clinic.open_work() as work:
        work.notices.mark_seen(
            EDITOR.name, [one.id for one in work.notices.list_new(EDITOR.name, 99)], noon(SIX)
        )
        work.commit_passing()
    keep(clinic, SIX + timedelta(days=2))
    assert told(clinic) == []


def test_the_claims_whose_day_has_come_are_marked_and_the_others_as_theirs_come(clinic: Clinic) -> None:
    first, second, _ = clinic.claim_ids
    keep(clinic, SIX - timedelta(days=1))
    assert marked(clinic) == []
    assert keep(clinic, SIX).raised == 1
    assert keep(clinic, SIX).raised == 0
    assert marked(clinic) == [(first, LostGround.OVERDUE)]
    keep(clinic, TWELVE)
    assert marked(clinic) == [(first, LostGround.OVERDUE), (second, LostGround.OVERDUE)]
    assert clinic.actions(f"claim:{first}").count(AuditAction.REVIEW_NEEDED) == 1
    with clinic.open_work() as work:
        (needing,) = list_needing(work)
        (line,) = list_due_reviews(work, A, TWELVE, 10)
    assert (needing.claims, needing.causes) == (2, (LostGround.OVERDUE,))
    assert (line.version.id, line.day.due_on) == (clinic.version_id, SIX)


def test_what_a_clock_did_that_jumped_ahead_is_taken_back_and_told_once_it_is_true(clinic: Clinic) -> None:
    keep(clinic, TWELVE)
    assert (len(marked(clinic)), told(clinic)) == (2, [NoticeKind.REVIEW_AGAIN])
    assert keep(clinic, GRADED_ON).lifted == 2
    assert (marked(clinic), told(clinic)) == ([], [])
    keep(clinic, SIX - timedelta(days=30))
    assert told(clinic) == [NoticeKind.REVIEW_SOON]
    keep(clinic, SIX)
    assert told(clinic) == [NoticeKind.REVIEW_AGAIN]


def test_one_button_reviews_the_touched_claim_alone_and_its_new_grade_gives_a_new_day(clinic: Clinic) -> None:
    keep(clinic, SIX)
    with clinic.open_work() as work:
        version = renew_version(work, clinic.version_id, "期限", EDITOR, noon(SIX))
        statuses = [claim.status for claim in work.claims.list_claims(version.id)]
    assert statuses == [ClaimStatus.IN_REVIEW, ClaimStatus.GRADED, ClaimStatus.DISMISSED]
    assert due(clinic) == SIX
    following = replace(clinic, version_id=version.id)
    following.judge(A, CitationJudgement.SUPPORTING)
    following.grade(A, SupportGrade.SUPPORTED)
    decide(following, APPROVED, PUBLISHED)
    keep(following, GRADED_ON)
    assert (due(clinic), due(following)) == (None, SIX)
    assert marked(following) == []
    with clinic.open_work() as work:
        assert list_needing(work) == ()


def test_an_editor_sets_an_earlier_or_a_later_day_with_a_reason_and_lets_the_rules_hold_again(
    clinic: Clinic,
) -> None:
    keep(clinic, SIX)
    put(clinic, TWELVE, today=SIX)
    assert (due(clinic), marked(clinic), told(clinic)) == (TWELVE, [], [])
    keep(clinic, SIX + timedelta(days=60))
    assert marked(clinic) == []
    earlier = GRADED_ON + timedelta(days=5)
    put(clinic, earlier)
    keep(clinic, earlier)
    assert marked(clinic) == [(clinic.claim_ids[0], LostGround.OVERDUE)]
    assert told(clinic) == [NoticeKind.REVIEW_AGAIN]
    put(clinic, None)
    assert (due(clinic), marked(clinic), told(clinic)) == (SIX, [], [])
    assert clinic.actions(f"version:{clinic.version_id}").count(AuditAction.REVIEW_DAY_SET) == 3
    with clinic.open_work() as work:
        (entry, *_) = work.audit.list_entries(f"version:{clinic.version_id}")
    assert dict(entry.values) == {
        "due_on": SIX.isoformat(),
        "before": earlier.isoformat(),
        "reason": "学会の改訂",
    }


def test_a_day_that_was_set_holds_whatever_the_rules_say(clinic: Clinic) -> None:
    keep(clinic, GRADED_ON)
    put(clinic, TWELVE)
    keep(clinic, GRADED_ON, ReviewRules((), UTC))
    assert due(clinic) == TWELVE
    keep(clinic, TWELVE, ReviewRules((), UTC))
    assert [claim_id for claim_id, _ in marked(clinic)] == [*clinic.claim_ids[:2]]


def test_what_is_no_case_for_a_day_is_refused(clinic: Clinic) -> None:
    keep(clinic, GRADED_ON)
    with pytest.raises(RuleRefused, match="reason_missing"):
        put(clinic, TWELVE, " ")
    with pytest.raises(RuleRefused, match="review_day_past"):
        put(clinic, GRADED_ON - timedelta(days=1))
    with pytest.raises(RoleRefused), clinic.open_work() as work:
        set_review_day(work, clinic.version_id, TWELVE, "理由", GRADED_ON, AUTHOR, noon(SIX))
    decide(clinic, WITHDRAWN)
    with pytest.raises(RuleRefused, match="version_not_published"):
        put(clinic, TWELVE)
    assert due(clinic) is None


def test_a_document_that_expires_marks_the_claim_that_rests_on_it(open_work: OpenWork) -> None:
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    expires = GRADED_ON + timedelta(days=40)
    details = DocumentDetails("見本の添付文書", "見本製薬", expires_on=expires)
    with clinic.open_work() as work:
        document = enter_document(work, clinic.claim_ids[1], details, EDITOR, clinic.now())
    with clinic.open_work() as work:
        supports = CitationJudgement.SUPPORTING
        judge_document(work, clinic.claim_ids[1], document.id, supports, A, clinic.now())
    decide(clinic, APPROVED, PUBLISHED)
    keep(clinic, expires - timedelta(days=1))
    assert (due(clinic), marked(clinic)) == (expires, [])
    keep(clinic, expires)
    assert marked(clinic) == [(clinic.claim_ids[1], LostGround.DOCUMENT_EXPIRED)]


def test_of_two_schedulers_at_once_the_later_one_finds_it_done(clinic: Clinic) -> None:
    """The second runs between what the first listed and what it did of it."""
    opened = 0

    def open_late() -> UnitOfWork:
        nonlocal opened
        opened += 1
        if opened in (2, 5):
            keep(clinic, SIX)
        return clinic.open_work()

    keep_days(open_late, RULES, noon(SIX), "cli:other")
    assert marked(clinic) == [(clinic.claim_ids[0], LostGround.OVERDUE)]
    assert clinic.actions(f"claim:{clinic.claim_ids[0]}").count(AuditAction.REVIEW_NEEDED) == 1
    assert told(clinic) == [NoticeKind.REVIEW_AGAIN]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("keep"), st.integers(0, 500)),
        st.tuples(st.just("set"), st.integers(0, 500)),
        st.tuples(st.just("free"), st.just(0)),
    ),
    max_size=6,
)


@settings(max_examples=at_most(15))
@given(steps=STEPS, last=st.integers(0, 500))
def test_whatever_came_before_marks_and_notices_are_those_of_the_day(
    steps: list[tuple[str, int]], last: int
) -> None:
    clinic = copy_clinic(LENT, partial(UnitOfWork, lend_database()), 3, open_clear)
    decide(clinic, APPROVED, PUBLISHED)
    keep(clinic, GRADED_ON)
    set_to: date | None = None
    for step, days in steps:
        day = GRADED_ON + timedelta(days=days)
        if step == "keep":
            keep(clinic, day)
        else:
            set_to = day if step == "set" else None
            put(clinic, set_to)
    today = GRADED_ON + timedelta(days=last)
    keep(clinic, today)
    day = set_to or SIX
    assert due(clinic) == day
    touched = [
        claim_id
        for claim_id, own in zip(clinic.claim_ids, (SIX, TWELVE), strict=False)
        if today >= day and own <= max(today, SIX)
    ]
    assert [claim_id for claim_id, _ in marked(clinic)] == touched
    comes_soon = [NoticeKind.REVIEW_SOON] if today >= day - timedelta(days=30) else []
    assert told(clinic) == ([NoticeKind.REVIEW_AGAIN] if today >= day else comes_soon)
