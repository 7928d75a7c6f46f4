"""Reviewing again what is published: the same text, and every grade but those of the marked claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from claims.errors import RoleRefused, RuleRefused
from claims.records.article import Original
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.decision import ObstacleKind, VersionState
from claims.records.document import DocumentDetails
from claims.records.people import User
from claims.records.review import ArticleVersion
from reviewer.exports.article.citing import cite_article
from reviewer.exports.article.evidence import Occasion, list_evidence
from reviewer.exports.documents.model import Note, Paragraph
from reviewer.workflow.audit_trail import load_version_trail
from reviewer.workflow.documents import enter_document
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.publication import load_publication
from reviewer.workflow.rechecking import recheck_standing
from reviewer.workflow.renewing import renew_version
from reviewer.workflow.review_marks import load_marks, update_marks
from reviewer.workflow.tracing import trace
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import make_audit_entry, make_pmid
from tests.workflow.articles import GROWTH
from tests.workflow.clinic import AUTHOR, EDITOR, A, Clinic, copy_clinic
from tests.workflow.test_closed_reports import Shelf, begin_next, decide, open_clear

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
    begin_next(clinic)
    with pytest.raises(RuleRefused, match="version_older"):
        renew(clinic)


def test_a_version_that_was_withdrawn_needs_no_review(clinic: Clinic) -> None:
    let_fall(clinic)
    decide(clinic, VersionState.WITHDRAWN)
    with clinic.open_work() as work:
        assert load_marks(work, clinic.version_id) == ()
    with pytest.raises(RuleRefused, match="version_not_published"):
        renew(clinic)
