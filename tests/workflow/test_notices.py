"""Who is told of what, when it goes again, and that nothing blind is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import RuleRefused
from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.decision import VersionState
from claims.records.flag import AnswerKind
from claims.records.notice import NoticeKind
from claims.records.people import User
from claims.records.plan import ReviewPlan
from db.unit_of_work import UnitOfWork
from reviewer.workflow.flagging import answer_flag, load_flags, raise_flag, resolve_flag
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.publishing import decide_version
from reviewer.workflow.rechecking import recheck_standing
from reviewer.workflow.stages import catch_up
from reviewer.workflow.undoing import undo_last_step
from tests.databases import LENT, lend_database
from tests.examples import at_most
from tests.factories import make_audit_entry, make_citation, make_signature
from tests.workflow.clinic import (
    ADMIN,
    AUTHOR,
    EDITOR,
    JUDGE,
    OTHER_JUDGE,
    PEOPLE,
    A,
    B,
    C,
    Clinic,
    copy_clinic,
)
from tests.workflow.test_rechecking import Shelf, retracted

TWO = ReviewPlan(("a", "b"), "judge", needed=2)
SUPPORTED, OVERSTATED = SupportGrade.SUPPORTED, SupportGrade.OVERSTATED
Told = list[tuple[NoticeKind, int | None]]
Said = tuple[int, CitationJudgement, SupportGrade]


def told(clinic: Clinic, who: User) -> Told:
    """What is new to the person once all was counted: kind, and the claim by its place in the clinic."""
    assert catch_up(clinic.open_work)
    places = {claim_id: place for place, claim_id in enumerate(clinic.claim_ids)}
    with clinic.open_work() as work:
        notices = work.notices.list_new(who.name, 100)
    causes = [notice.cause for notice in notices]
    return sorted((c.kind, None if c.claim_id is None else places[c.claim_id]) for c in causes)


def kinds(clinic: Clinic, who: User) -> set[NoticeKind]:
    return {kind for kind, _ in told(clinic, who)}


def decide(clinic: Clinic, state: VersionState, comment: str = "直してください") -> None:
    with clinic.open_work() as work:
        version = work.articles.get_version(clinic.version_id)
        signature = make_signature() if state.is_signed else None
        decide_version(
            work, version.id, version.version_hash, state, comment, EDITOR, clinic.now(), signature
        )


def settle_both(clinic: Clinic) -> None:
    """Both claims graded as supported by the one reviewer that each needs."""
    for claim in (0, 1):
        clinic.judge(A, claim=claim)
        clinic.grade(A, SUPPORTED, claim=claim)


def test_whom_a_plan_names_is_told_once(clinic: Clinic) -> None:
    clinic.assign(TWO)
    assert [told(clinic, who) for who in (A, B, JUDGE)] == [[(NoticeKind.ASSIGNED, None)]] * 3
    assert told(clinic, C) == told(clinic, OTHER_JUDGE) == told(clinic, EDITOR) == []
    with clinic.open_work() as work:
        work.notices.mark_read(
            "a", work.articles.get_version(clinic.version_id).article_id, None, clinic.now()
        )
        work.commit_passing()
    clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2, due_on=date(2026, 3, 1)))
    assert told(clinic, A) == []


def test_whom_the_plan_names_no_more_was_not_told(clinic: Clinic) -> None:
    clinic.assign(TWO)
    clinic.assign(ReviewPlan(("a", "c"), "other-judge", needed=2))
    assert told(clinic, B) == told(clinic, JUDGE) == []
    assert kinds(clinic, C) == kinds(clinic, OTHER_JUDGE) == kinds(clinic, A) == {NoticeKind.ASSIGNED}


def test_a_conflict_is_told_to_who_settles_it_until_it_is_settled(clinic: Clinic) -> None:
    clinic.assign(TWO)
    for who, grade in ((A, OVERSTATED), (B, SupportGrade.UNSUPPORTED)):
        clinic.grade(who, grade, "理由")
    assert (NoticeKind.CONFLICT, 0) in told(clinic, JUDGE)
    for who in (A, B, C, OTHER_JUDGE, AUTHOR, EDITOR, ADMIN):
        assert NoticeKind.CONFLICT not in kinds(clinic, who)
    clinic.write_view(JUDGE)
    assert (NoticeKind.CONFLICT, 0) in told(clinic, JUDGE)
    clinic.adjudicate(JUDGE, OVERSTATED)
    assert NoticeKind.CONFLICT not in kinds(clinic, JUDGE)


def test_a_conflict_that_goes_to_another_is_told_to_them_alone(clinic: Clinic) -> None:
    clinic.assign(TWO)
    for who, grade in ((A, OVERSTATED), (B, SupportGrade.UNSUPPORTED)):
        clinic.grade(who, grade, "理由")
    assert NoticeKind.CONFLICT in kinds(clinic, JUDGE)
    clinic.assign(ReviewPlan(("a", "b"), "other-judge", needed=2))
    assert NoticeKind.CONFLICT not in kinds(clinic, JUDGE)
    assert NoticeKind.CONFLICT in kinds(clinic, OTHER_JUDGE)


def test_editors_are_told_when_the_last_claim_is_graded(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a",)))
    clinic.judge(A, claim=0)
    clinic.grade(A, SUPPORTED, claim=0)
    assert NoticeKind.ALL_GRADED not in kinds(clinic, EDITOR)
    clinic.judge(A, claim=1)
    clinic.grade(A, SUPPORTED, claim=1)
    assert (NoticeKind.ALL_GRADED, None) in told(clinic, EDITOR)
    assert NoticeKind.ALL_GRADED not in kinds(clinic, A) | kinds(clinic, AUTHOR)
    with clinic.open_work() as work:
        undo_last_step(work, clinic.claim_ids[1], A, clinic.now())
    assert NoticeKind.ALL_GRADED not in kinds(clinic, EDITOR)


def test_a_flag_is_told_to_authors_and_its_answer_to_editors_and_who_raised_it(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a",)))
    settle_both(clinic)
    with clinic.open_work() as work:
        raise_flag(work, clinic.claim_ids[0], "出典が要ります", A, clinic.now())
    before = told(clinic, AUTHOR)
    assert (NoticeKind.FLAGGED, 0) in before
    with clinic.open_work() as work:
        key = find_raised(clinic, work)
        answer_flag(work, clinic.claim_ids[0], key, AnswerKind.DELETE, "", AUTHOR, clinic.now())
    assert (NoticeKind.ANSWERED, 0) in told(clinic, EDITOR)
    assert (NoticeKind.ANSWERED, 0) in told(clinic, A)
    assert len(told(clinic, AUTHOR)) == len(before) - 1
    with clinic.open_work() as work:
        resolve_flag(work, clinic.claim_ids[0], key, True, "", EDITOR, clinic.now())
    assert NoticeKind.ANSWERED not in kinds(clinic, EDITOR) | kinds(clinic, A)


def find_raised(clinic: Clinic, work: UnitOfWork) -> str:
    dossiers = load_dossiers(work, (work.claims.get_claim(clinic.claim_ids[0]),), A)
    (key,) = (f.key for f in load_flags(work, dossiers, A)[clinic.claim_ids[0]] if f.raised_by)
    return key


def test_a_flag_on_an_open_claim_is_told_to_nobody(clinic: Clinic) -> None:
    clinic.assign(TWO)
    before = {who.name: told(clinic, who) for who in PEOPLE}
    clinic.judge(A)
    clinic.grade(A, SUPPORTED)
    with clinic.open_work() as work:
        raise_flag(work, clinic.claim_ids[0], "出典が要ります", A, clinic.now())
    assert {who.name: told(clinic, who) for who in PEOPLE} == before


def test_a_return_is_told_to_authors_until_the_editor_decides_otherwise(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a",)))
    decide(clinic, VersionState.CHANGES_REQUESTED)
    assert (NoticeKind.RETURNED, None) in told(clinic, AUTHOR)
    assert NoticeKind.RETURNED not in kinds(clinic, A) | kinds(clinic, EDITOR)
    decide(clinic, VersionState.IN_REVIEW, "")
    assert NoticeKind.RETURNED not in kinds(clinic, AUTHOR)
    decide(clinic, VersionState.CHANGES_REQUESTED)
    assert (NoticeKind.RETURNED, None) in told(clinic, AUTHOR)


def test_a_publication_is_told_to_who_worked_on_it_until_it_is_withdrawn(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a",), "judge"))
    settle_both(clinic)
    settle_all_flags(clinic)
    decide(clinic, VersionState.APPROVED)
    assert NoticeKind.ALL_GRADED not in kinds(clinic, EDITOR)
    decide(clinic, VersionState.PUBLISHED)
    assert all(NoticeKind.PUBLISHED in kinds(clinic, who) for who in (A, JUDGE, AUTHOR))
    assert not any(NoticeKind.PUBLISHED in kinds(clinic, who) for who in (B, OTHER_JUDGE, EDITOR))
    decide(clinic, VersionState.WITHDRAWN)
    assert not any(NoticeKind.PUBLISHED in kinds(clinic, who) for who in PEOPLE)


def settle_all_flags(clinic: Clinic) -> None:
    for claim_id in clinic.claim_ids:
        with clinic.open_work() as work:
            dossiers = load_dossiers(work, (work.claims.get_claim(claim_id),), EDITOR)
            keys = [flag.key for flag in load_flags(work, dossiers, EDITOR)[claim_id] if flag.is_open]
        for key in keys:
            with clinic.open_work() as work:
                resolve_flag(work, claim_id, key, True, "確認した", EDITOR, clinic.now())


def recheck(clinic: Clinic, is_fallen: bool) -> None:
    first = retracted(1) if is_fallen else make_citation(1)
    with clinic.open_work() as work:
        recheck_standing(work, Shelf((first, make_citation(2))), clinic.version_id, EDITOR, clinic.now())


def test_a_paper_that_fell_is_told_of_a_settled_claim_to_all_of_it(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a",), "judge"))
    clinic.judge(A, claim=0)
    clinic.grade(A, SUPPORTED, claim=0)
    recheck(clinic, True)
    recheck(clinic, True)
    for who in (A, JUDGE, EDITOR, AUTHOR):
        assert told(clinic, who).count((NoticeKind.RETRACTED, 0)) == 1
        assert (NoticeKind.RETRACTED, 1) not in told(clinic, who)
    assert NoticeKind.RETRACTED not in kinds(clinic, B)
    recheck(clinic, False)
    assert not any(NoticeKind.RETRACTED in kinds(clinic, who) for who in PEOPLE)


def test_a_paper_that_fell_is_told_of_an_open_claim_to_who_attached_it_alone(clinic: Clinic) -> None:
    clinic.assign(TWO)
    clinic.judge(A, CitationJudgement.SUPPORTING)
    clinic.judge(B, CitationJudgement.NOT_RELEVANT)
    recheck(clinic, True)
    assert [who.name for who in PEOPLE if NoticeKind.RETRACTED in kinds(clinic, who)] == ["a"]


JUDGED = st.sampled_from(list(CitationJudgement))
GRADES = st.sampled_from([OVERSTATED, SupportGrade.UNSUPPORTED, SupportGrade.CONTRADICTED])
SAID = st.lists(st.tuples(st.sampled_from([0, 1]), JUDGED, GRADES), max_size=3)


@given(SAID, SAID, st.sampled_from(["", "judge"]), st.booleans())
@settings(max_examples=at_most(15), deadline=None)
def test_whatever_another_says_of_open_claims_the_same_is_told(
    one: list[Said], other: list[Said], judge: str, falls_first: bool
) -> None:
    """Two houses that differ in what A said of claims that B did not grade yet tell everybody else the same,
    also of a paper that falls: that somebody attached it is blind."""
    houses = []
    for said in (one, other):
        clinic = open_house()
        clinic.assign(ReviewPlan(("a", "b"), judge, needed=2))
        if falls_first:
            recheck(clinic, True)
        for claim, judgement, grade in said:
            with suppress(RuleRefused):
                clinic.judge(A, judgement, claim=claim)
                clinic.grade(A, grade, "理由", claim=claim)
            with clinic.open_work() as work:
                raise_flag(work, clinic.claim_ids[claim], "出典が要ります", A, clinic.now())
        if not falls_first:
            recheck(clinic, True)
        houses.append({who.name: told(clinic, who) for who in PEOPLE if who is not A})
    assert houses[0] == houses[1]


def open_house() -> Clinic:
    engine = lend_database()
    return copy_clinic(LENT, lambda: UnitOfWork(engine))


@pytest.fixture
def clinic(clinic: Clinic, open_work: Callable[[], UnitOfWork]) -> Clinic:
    """The clinic, whose article its author brought in."""
    with open_work() as work:
        subject = f"version:{clinic.version_id}"
        work.commit(make_audit_entry(AuditAction.VERSION_INGESTED, subject, actor=AUTHOR.name))
    return clinic
