"""Reviewing again what is published: the same text, and every grade but those of the marked claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from claims.errors import RoleRefused, RuleRefused
from claims.records.article import Original
from claims.records.assessment import CitationJudgement, ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import Pmid, RetractionCheck, RetractionStatus
from claims.records.decision import ObstacleKind, VersionState
from claims.records.document import DocumentDetails
from claims.records.living import NewRecord, NewRecordAnswer
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.recheck import LostGround, ReviewMark
from claims.records.retrieval import Rung
from claims.records.review import ArticleVersion
from reviewer.exports.article.citing import cite_article
from reviewer.exports.article.evidence import Occasion, list_evidence
from reviewer.exports.documents.model import Note, Paragraph
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.audit_trail import load_version_trail
from reviewer.workflow.documents import enter_document
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.new_records import answer_new_record
from reviewer.workflow.publication import load_publication
from reviewer.workflow.rechecking import recheck_standing
from reviewer.workflow.renewing import renew_version
from reviewer.workflow.review_marks import load_marks, update_marks
from reviewer.workflow.tracing import trace
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import make_audit_entry, make_citation, make_pmid
from tests.workflow.articles import GROWTH, HELLO, SLEEP, STEM
from tests.workflow.clinic import AUTHOR, EDITOR, A, B, Clinic, copy_clinic
from tests.workflow.test_closed_reports import Shelf, begin_next, bring_in, decide, open_clear

APPROVED, PUBLISHED = VersionState.APPROVED, VersionState.PUBLISHED


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """A published article: its first claim rests on the second paper as well as the first, which stands."""
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    clinic.judge(A, number=2)
    decide(clinic, APPROVED, PUBLISHED)
    return clinic


def let_fall(clinic: Clinic, number: int = 2, status: RetractionStatus = RetractionStatus.RETRACTED) -> None:
    """The paper is looked at and fell; the second bears on the first claim alone."""
    at = clinic.now()
    with clinic.open_work() as work:
        work.citations.save_standings({make_pmid(number): RetractionCheck(status, at)})
        work.commit(make_audit_entry(), *update_marks(work, [make_pmid(number)], "cli:nobody", at))


def renew(clinic: Clinic, who: User = EDITOR, reason: str = "文献の撤回") -> Clinic:
    with clinic.open_work() as work:
        version: ArticleVersion = renew_version(work, clinic.version_id, reason, who, clinic.now())
        claims = tuple(claim.id for claim in work.claims.list_claims(version.id))
    return replace(clinic, version_id=version.id, claim_ids=claims)


def list_statuses(clinic: Clinic) -> list[ClaimStatus]:
    with clinic.open_work() as work:
        return [claim.status for claim in work.claims.list_claims(clinic.version_id)]


def test_only_the_marked_claim_is_open_in_the_next_version_of_the_same_text(clinic: Clinic) -> None:
    let_fall(clinic)
    following = renew(clinic)
    with clinic.open_work() as work:
        former, version = (work.articles.get_version(one.version_id) for one in (clinic, following))
        assert (version.number, version.article, version.article_id) == (2, former.article, former.article_id)
        units = [[one.unit for one in work.claims.list_dropped(v.id)] for v in (former, version)]
    assert units[0] == units[1]
    assert following.claim_ids == clinic.claim_ids
    assert list_statuses(following) == [ClaimStatus.IN_REVIEW, ClaimStatus.GRADED, ClaimStatus.DISMISSED]
    verdict = following.see(EDITOR, 1).verdict
    assert verdict is not None
    assert verdict.grade is SupportGrade.SUPPORTED
    assert following.see(EDITOR).attached == ()


def test_a_recheck_by_hand_marks_as_the_clock_does(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        recheck_standing(work, Shelf(), clinic.version_id, EDITOR, clinic.now())
    with clinic.open_work() as work:
        assert [mark.claim_id for mark in load_marks(work, clinic.version_id)] == [*clinic.claim_ids[:2]]


def test_the_gate_is_closed_until_the_claim_stands_on_another_paper_and_the_marks_end_with_it(
    clinic: Clinic,
) -> None:
    let_fall(clinic)
    with clinic.open_work() as work:
        kinds = {one.kind for one in find_obstacles(work, clinic.version_id)}
    assert kinds >= {ObstacleKind.RETRACTED_CITATION}
    following = renew(clinic)
    with pytest.raises(RuleRefused, match="gate_not_free"):
        decide(following, APPROVED)
    following.judge(A, number=1)
    following.grade(A, SupportGrade.SUPPORTED)
    decide(following, APPROVED, PUBLISHED)
    with clinic.open_work() as work:
        assert load_marks(work, clinic.version_id) == load_marks(work, following.version_id) == ()


def test_the_published_version_stays_with_its_grades_and_says_that_it_is_under_review(clinic: Clinic) -> None:
    def read_box() -> str:
        with clinic.open_work() as work:
            article = cite_article(load_publication(work, clinic.version_id), UTC)
        (box,) = (block for block in list_evidence(article, Occasion(UTC)) if isinstance(block, Note))
        return "".join(run.text for block in box.blocks if isinstance(block, Paragraph) for run in block.runs)

    before = read_box()
    let_fall(clinic)
    renew(clinic)
    assert "再確認中" not in before
    assert "再確認中：" in read_box()
    assert "該当する文：1" in read_box()
    with clinic.open_work() as work:
        publication = load_publication(work, clinic.version_id)
        newest, published = (use for use in trace(work, GROWTH, EDITOR).uses)
    assert publication.state is PUBLISHED
    assert [one.verdict is not None for one in publication.dossiers] == [True, True]
    assert (published.grade, published.needs_review) == (SupportGrade.SUPPORTED, True)
    assert (newest.grade, newest.needs_review) == (None, False)
    let_fall(clinic, status=RetractionStatus.NONE_KNOWN)
    assert read_box().replace("1", "") == before.replace("1", "")


def test_the_trail_tells_it_all(clinic: Clinic) -> None:
    let_fall(clinic)
    following = renew(clinic)
    with clinic.open_work() as work:
        published = [one.action for one in load_version_trail(work, clinic.version_id, EDITOR)]
        later = [one.action for one in load_version_trail(work, following.version_id, EDITOR)]
    assert published[-1] is AuditAction.REVIEW_NEEDED
    assert {AuditAction.VERSION_INGESTED, AuditAction.CLAIM_REOPENED} <= set(later)


def test_the_file_comes_along_and_a_document_may_take_the_place_of_the_paper(clinic: Clinic) -> None:
    original = Original("見本.txt", "text/plain", b"SAMPLE")
    with clinic.open_work() as work:
        work.articles.add_original(clinic.version_id, original)
        work.commit(make_audit_entry())
    let_fall(clinic)
    following = renew(clinic)
    details = DocumentDetails(
        "見本の添付文書", "見本製薬", "2026", "https://example.org/insert", "本剤は見本。", "5"
    )
    with clinic.open_work() as work:
        enter_document(work, following.claim_ids[0], details, EDITOR, clinic.now())
        assert work.articles.has_original(following.version_id) is work.articles.has_original(
            clinic.version_id
        )


def test_what_is_no_case_for_it_is_refused(clinic: Clinic) -> None:
    with pytest.raises(RuleRefused, match="no_review_needed"):
        renew(clinic)
    let_fall(clinic)
    with pytest.raises(RoleRefused):
        renew(clinic, AUTHOR)
    with pytest.raises(RuleRefused, match="reason_missing"):
        renew(clinic, reason=" ")
    renew(clinic)
    with pytest.raises(RuleRefused, match="no_review_needed"):
        renew(clinic)


MARKS = [
    (LostGround.NEW_EVIDENCE, {"pmid": make_pmid(2)}),
    (LostGround.WORDING_WITHDRAWN, {"other_claim_id": 1}),
    (LostGround.CONTRADICTED, {"other_claim_id": 2}),
    (LostGround.OVERDUE, {"due_on": date(2026, 1, 1)}),
    (LostGround.DOCUMENT_EXPIRED, {"due_on": date(2026, 1, 1)}),
]


def raise_mark(clinic: Clinic, cause: LostGround, about: dict[str, Any], at: datetime | None = None) -> None:
    """The first claim of the published version needs review for this cause."""
    when = at or clinic.now()
    said = {"pmid": None, "status": None, **about}
    with clinic.open_work() as work:
        work.review_marks.raise_marks(
            [ReviewMark(clinic.version_id, clinic.claim_ids[0], cause, raised_at=when, **said)]
        )
        work.commit(make_audit_entry())


def list_held(clinic: Clinic) -> list[tuple[int, str]]:
    with clinic.open_work() as work:
        obstacles = find_obstacles(work, clinic.version_id, clinic.now())
    return [(one.claim.number, one.about) for one in obstacles if one.kind is ObstacleKind.NEEDS_REVIEW]


@pytest.mark.parametrize(("cause", "about"), MARKS)
def test_a_marked_claim_that_comes_along_is_held_by_the_gate_until_it_is_graded_anew(
    clinic: Clinic, cause: LostGround, about: dict[str, Any]
) -> None:
    raise_mark(clinic, cause, about)
    following = begin_next(clinic)
    assert list_held(following) == [(1, cause.value)]
    with pytest.raises(RuleRefused, match="gate_not_free"):
        decide(following, APPROVED)
    opened = renew(clinic)
    assert opened.version_id == following.version_id
    assert list_statuses(following)[:2] == [ClaimStatus.IN_REVIEW, ClaimStatus.GRADED]
    for person in (A, B):
        following.judge(person, number=1)
        following.grade(person, SupportGrade.SUPPORTED)
    assert list_held(following) == []
    decide(following, APPROVED, PUBLISHED)
    with clinic.open_work() as work:
        assert load_marks(work, following.version_id) == ()


@pytest.mark.parametrize(("cause", "about"), MARKS)
def test_a_mark_that_comes_once_the_next_version_is_approved_holds_its_publication(
    clinic: Clinic, cause: LostGround, about: dict[str, Any]
) -> None:
    following = begin_next(clinic)
    decide(following, APPROVED)
    raise_mark(clinic, cause, about)
    with pytest.raises(RuleRefused, match="gate_not_free"):
        decide(following, PUBLISHED)
    with pytest.raises(RuleRefused, match="version_closed"):
        renew(clinic)
    decide(following, VersionState.CHANGES_REQUESTED)
    renew(following)
    assert list_statuses(following)[0] is ClaimStatus.IN_REVIEW


def regrade(clinic: Clinic, grade: SupportGrade = SupportGrade.SUPPORTED) -> Clinic:
    """The next version, in which the first claim was graded anew."""
    following = begin_next(clinic)
    following.assign(ReviewPlan(("a", "b"), "judge"))
    with clinic.open_work() as work:
        claim = work.claims.get_claim(clinic.claim_ids[0])
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, clinic.now())
    refuting = grade is SupportGrade.CONTRADICTED
    following.judge(A, CitationJudgement.REFUTING if refuting else CitationJudgement.SUPPORTING, number=1)
    following.grade(A, grade, "理由")
    return following


@pytest.mark.parametrize(("cause", "about"), MARKS)
def test_a_grade_given_before_the_mark_is_held_where_the_mark_is_about_the_claim_and_not_its_grade(
    clinic: Clinic, cause: LostGround, about: dict[str, Any]
) -> None:
    following = regrade(clinic)
    raise_mark(clinic, cause, about)
    is_of_grade = cause in (LostGround.OVERDUE, LostGround.DOCUMENT_EXPIRED)
    assert list_held(following) == ([] if is_of_grade else [(1, cause.value)])


def test_a_mark_of_a_clock_that_jumped_ahead_holds_the_published_grade_and_no_later_one(
    clinic: Clinic,
) -> None:
    raise_mark(clinic, LostGround.NEW_EVIDENCE, {"pmid": make_pmid(2)}, clinic.now() + timedelta(days=900))
    assert list_held(regrade(clinic)) == []


def test_a_mark_that_says_contradicted_does_not_hold_the_grade_that_says_so_too(clinic: Clinic) -> None:
    following = regrade(clinic, SupportGrade.CONTRADICTED)
    raise_mark(clinic, LostGround.CONTRADICTED, {"other_claim_id": clinic.claim_ids[0]})
    assert list_held(following) == []


def test_a_mark_outlasts_that_its_version_is_withdrawn(clinic: Clinic) -> None:
    following = begin_next(clinic)
    raise_mark(clinic, LostGround.NEW_EVIDENCE, {"pmid": make_pmid(2)})
    decide(clinic, VersionState.WITHDRAWN)
    assert list_held(following) == [(1, "new_evidence")]


NEW = 3


def find_new(clinic: Clinic) -> None:
    """A living search brought a paper for the first claim."""
    with clinic.open_work() as work:
        work.citations.save([make_citation(NEW)])
        work.living.add(
            [
                NewRecord(
                    clinic.claim_ids[0],
                    clinic.version_id,
                    make_pmid(NEW),
                    "pubmed",
                    Rung.STRICT,
                    0.9,
                    clinic.now(),
                )
            ]
        )
        work.commit(make_audit_entry())


def answer(clinic: Clinic, said: NewRecordAnswer) -> None:
    with clinic.open_work() as work:
        answer_new_record(
            work, clinic.claim_ids[0], make_pmid(NEW), said, "結論が変わる", EDITOR, clinic.now()
        )


def list_found(clinic: Clinic, claim_id: int) -> tuple[Pmid, ...]:
    with clinic.open_work() as work:
        return work.searches.load_pmids([claim_id])[claim_id]


def test_the_paper_that_changes_a_claim_stands_there_as_a_suggestion_that_nobody_judged(
    clinic: Clinic,
) -> None:
    find_new(clinic)
    answer(clinic, NewRecordAnswer.CHANGES)
    assert make_pmid(NEW) not in list_found(clinic, clinic.claim_ids[0])
    following = renew(clinic)
    dossier = following.see(EDITOR)
    (found,) = (one for one in dossier.findings if one.pmid == make_pmid(NEW))
    assert (found.rung, found.relevance, found.on_topic) == (Rung.STRICT, 0.9, True)
    assert dossier.attached == ()
    following.judge(A, CitationJudgement.REFUTING, number=NEW)
    following.grade(A, SupportGrade.CONTRADICTED, "新しい試験が反する")
    assert [one.pmid for one in following.see(EDITOR).attached] == [make_pmid(NEW)]


def test_a_paper_that_keeps_the_claim_is_not_put_there(clinic: Clinic) -> None:
    find_new(clinic)
    answer(clinic, NewRecordAnswer.KEEPS)
    raise_mark(clinic, LostGround.OVERDUE, {})
    assert make_pmid(NEW) not in list_found(renew(clinic), clinic.claim_ids[0])


def test_it_comes_to_a_claim_that_is_graded_anew_already(clinic: Clinic) -> None:
    find_new(clinic)
    raise_mark(clinic, LostGround.OVERDUE, {})
    following = renew(clinic)
    answer(clinic, NewRecordAnswer.CHANGES)
    assert make_pmid(NEW) in list_found(following, clinic.claim_ids[0])


def test_it_comes_along_to_the_claim_that_the_author_reworded(clinic: Clinic) -> None:
    find_new(clinic)
    answer(clinic, NewRecordAnswer.CHANGES)
    reworded = GROWTH.replace("延長します", "延長する可能性があります")
    assert reworded != GROWTH
    following = bring_in(clinic.open_work, HELLO, reworded, STEM, SLEEP, revises=clinic.version_id)
    assert following.claim_ids[0] != clinic.claim_ids[0]
    assert make_pmid(NEW) in list_found(following, following.claim_ids[0])


def test_a_version_that_was_withdrawn_needs_no_review(clinic: Clinic) -> None:
    let_fall(clinic)
    decide(clinic, VersionState.WITHDRAWN)
    with clinic.open_work() as work:
        assert load_marks(work, clinic.version_id) == ()
    with pytest.raises(RuleRefused, match="version_not_published"):
        renew(clinic)
