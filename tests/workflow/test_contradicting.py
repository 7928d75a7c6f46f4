"""A published claim that was graded otherwise elsewhere needs review; nothing open is told of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.decision import VersionState
from claims.records.notice import NoticeKind
from claims.records.plan import ReviewPlan
from claims.records.recheck import LostGround, ReviewMark
from reviewer.rules.review_days import ReviewRules
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.assigning import assign_review
from reviewer.workflow.changes_since import ChangesSince, load_changes
from reviewer.workflow.grading import record_grade
from reviewer.workflow.review_days import keep_days
from reviewer.workflow.review_marks import load_marks, update_marks
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import make_audit_entry, make_moment, make_pmid
from tests.workflow.articles import GROWTH, SATO, SLEEP, find, ingest, work_on
from tests.workflow.clinic import EDITOR, A, Clinic, copy_clinic
from tests.workflow.test_closed_reports import begin_next, decide, open_clear

APPROVED, PUBLISHED = VersionState.APPROVED, VersionState.PUBLISHED
SAID_OTHERWISE = "ミノキシジルにより毛包の成長期が延長されます。"
NEAR = "ミノキシジルは毛包の成長期を延長しません。"
RULES = ReviewRules((), UTC)
CONTRADICTED, UNSUPPORTED = SupportGrade.CONTRADICTED, SupportGrade.UNSUPPORTED
# After everything that was settled in the clinic.
LATER = 600


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """A published article whose first claim says that growth is prolonged."""
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    decide(clinic, APPROVED, PUBLISHED)
    keep(clinic)
    return clinic


def keep(clinic: Clinic, at: datetime | None = None) -> None:
    keep_days(clinic.open_work, RULES, at or make_moment(LATER * 2), "cli:nobody")


def settle(clinic: Clinic, words: str, grade: SupportGrade, minutes: int = LATER) -> int:
    claims = ingest(clinic.open_work, words, SLEEP, title="別の記事")
    return work_on(clinic.open_work, find(claims, words), grade, minutes=minutes).claim.id


def marks_of(clinic: Clinic) -> list[ReviewMark]:
    with clinic.open_work() as work:
        return list(load_marks(work, clinic.version_id))


def told(clinic: Clinic) -> list[NoticeKind]:
    with clinic.open_work() as work:
        kinds = [notice.cause.kind for notice in work.notices.list_new(EDITOR.name, 99)]
    return [kind for kind in kinds if kind is NoticeKind.NEEDS_REVIEW]


def changes_of(clinic: Clinic) -> tuple[ChangesSince, ...]:
    with clinic.open_work() as work:
        return load_changes(work, clinic.version_id, load_marks(work, clinic.version_id), A)


@pytest.mark.parametrize("words", [GROWTH, SAID_OTHERWISE])
@pytest.mark.parametrize("grade", [CONTRADICTED, UNSUPPORTED])
def test_the_same_claim_graded_low_elsewhere_later_marks_the_published_one_and_says_where(
    clinic: Clinic, words: str, grade: SupportGrade
) -> None:
    other = settle(clinic, words, grade)
    keep(clinic)
    keep(clinic)
    (mark,) = marks_of(clinic)
    assert (mark.claim_id, mark.cause) == (clinic.claim_ids[0], LostGround.CONTRADICTED)
    assert mark.other_claim_id == other
    assert told(clinic) == [NoticeKind.NEEDS_REVIEW]
    assert clinic.actions(f"claim:{mark.claim_id}").count(AuditAction.REVIEW_NEEDED) == 1
    (changes,) = changes_of(clinic)
    (place,) = changes.graded_later
    assert (place.dossier.claim.id, place.version.title) == (other, "別の記事")
    assert place.dossier.verdict is not None
    assert place.dossier.verdict.grade is grade


def refute_in_next(clinic: Clinic) -> int:
    """The first claim is settled as contradicted in the next version of its article."""
    following = begin_next(clinic)
    following.assign(ReviewPlan(("a", "b"), "judge"))
    claim_id = clinic.claim_ids[0]
    with clinic.open_work() as work:
        revision = work.claims.get_claim(claim_id).revision
        reopen_claim(work, claim_id, revision, "新しい試験", EDITOR, clinic.now())
    clinic.judge(A, CitationJudgement.REFUTING)
    clinic.grade(A, CONTRADICTED, "反する試験がある")
    return claim_id


def test_the_claim_itself_graded_low_in_its_next_version_marks_what_readers_have_of_it(
    clinic: Clinic,
) -> None:
    claim_id = refute_in_next(clinic)
    keep(clinic)
    keep(clinic)
    (mark,) = marks_of(clinic)
    assert (mark.claim_id, mark.cause, mark.other_claim_id) == (claim_id, LostGround.CONTRADICTED, claim_id)
    assert told(clinic) == [NoticeKind.NEEDS_REVIEW]
    with clinic.open_work() as work:
        revision = work.claims.get_claim(claim_id).revision
        reopen_claim(work, claim_id, revision, "見直し", EDITOR, clinic.now())
    keep(clinic)
    assert (marks_of(clinic), told(clinic)) == ([], [])


def test_what_readers_have_is_marked_by_a_third_article_too_whatever_its_next_version_says(
    clinic: Clinic,
) -> None:
    refute_in_next(clinic)
    other = settle(clinic, SAID_OTHERWISE, CONTRADICTED)
    keep(clinic)
    assert {mark.other_claim_id for mark in marks_of(clinic)} == {clinic.claim_ids[0], other}


@pytest.mark.parametrize(
    ("words", "grade", "minutes"),
    [
        (NEAR, CONTRADICTED, LATER),
        (GROWTH, SupportGrade.SUPPORTED, LATER),
        (GROWTH, SupportGrade.PARTIALLY_SUPPORTED, LATER),
        (GROWTH, CONTRADICTED, -LATER),
    ],
)
def test_a_near_claim_another_grade_and_an_earlier_one_mark_nothing(
    clinic: Clinic, words: str, grade: SupportGrade, minutes: int
) -> None:
    settle(clinic, words, grade, minutes)
    keep(clinic)
    assert (marks_of(clinic), told(clinic), changes_of(clinic)) == ([], [], ())


def test_a_grade_that_is_open_is_not_told(clinic: Clinic) -> None:
    claims = ingest(clinic.open_work, GROWTH, SLEEP, title="別の記事")
    claim = find(claims, GROWTH)
    with clinic.open_work() as work:
        assign_review(work, claim.version_id, ReviewPlan(needed=2), EDITOR, make_moment())
    work_on(clinic.open_work, claim, CONTRADICTED, minutes=LATER)
    keep(clinic)
    assert (marks_of(clinic), told(clinic)) == ([], [])


def test_what_was_graded_otherwise_before_the_publication_is_told_with_it(open_work: OpenWork) -> None:
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    settle(clinic, GROWTH, CONTRADICTED)
    keep(clinic)
    decide(clinic, APPROVED)
    keep(clinic)
    assert marks_of(clinic) == []
    decide(clinic, PUBLISHED)
    keep(clinic)
    assert [mark.cause for mark in marks_of(clinic)] == [LostGround.CONTRADICTED]


def test_the_mark_goes_when_the_grade_elsewhere_is_taken_back_or_is_another(clinic: Clinic) -> None:
    other = settle(clinic, GROWTH, UNSUPPORTED)
    keep(clinic)
    assert len(marks_of(clinic)) == 1
    with clinic.open_work() as work:
        reopen_claim(
            work, other, work.claims.get_claim(other).revision, "見直し", EDITOR, make_moment(LATER + 1)
        )
    keep(clinic)
    assert (marks_of(clinic), told(clinic)) == ([], [])
    with clinic.open_work() as work:
        record_grade(work, other, UNSUPPORTED, "理由", SATO, make_moment(LATER + 2))
    keep(clinic)
    assert len(marks_of(clinic)) == 1
    with clinic.open_work() as work:
        reopen_claim(
            work, other, work.claims.get_claim(other).revision, "見直し", EDITOR, make_moment(LATER + 3)
        )
    with clinic.open_work() as work:
        record_grade(work, other, SupportGrade.OVERSTATED, "理由", SATO, make_moment(LATER + 4))
    keep(clinic)
    assert marks_of(clinic) == []


def test_papers_that_stand_otherwise_are_told_beside_the_mark(clinic: Clinic) -> None:
    at = make_moment(LATER) + timedelta(days=1)
    with clinic.open_work() as work:
        look = RetractionCheck(RetractionStatus.RETRACTED, at)
        work.citations.save_standings({make_pmid(1): look})
        work.commit(make_audit_entry(), *update_marks(work, [make_pmid(1)], "cli:nobody", at))
    first, second = changes_of(clinic)
    for changes in (first, second):
        (paper,) = changes.papers
        assert paper.pmid == make_pmid(1)
        assert paper.before.status is RetractionStatus.NONE_KNOWN
        assert paper.after.status is RetractionStatus.RETRACTED
        assert changes.graded_later == ()
