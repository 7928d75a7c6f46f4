"""A supported sentence is approved for reuse with its papers; withdrawn, it marks what readers have of it."""

from __future__ import annotations

import pytest

from claims.errors import NotFound, RoleRefused, RuleRefused
from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.decision import ObstacleKind, VersionState
from claims.records.notice import NoticeKind
from claims.records.people import User
from claims.records.recheck import LostGround
from claims.records.standard_wording import StandardWording
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.publishing import decide_version
from reviewer.workflow.renewing import renew_version
from reviewer.workflow.review_marks import load_marks
from reviewer.workflow.standard_wordings import (
    approve_wording,
    find_wording,
    list_wordings,
    suggest_wordings,
    withdraw_wording,
)
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import make_audit_entry, make_claim, make_pmid, make_signature
from tests.workflow.articles import GROWTH, SLEEP, write
from tests.workflow.clinic import AUTHOR, EDITOR, A, C, Clinic, copy_clinic
from tests.workflow.repeating import add_article, settle

SUPPORTED = SupportGrade.SUPPORTED


@pytest.fixture
def article(open_work: OpenWork) -> Clinic:
    """An article whose one claim was settled as supported."""
    article = add_article(copy_clinic(LENT, open_work), make_claim(GROWTH), title="標準の記事")
    settle(article)
    return article


def approve(article: Clinic, who: User = EDITOR, claim: int = 0) -> StandardWording:
    with article.open_work() as work:
        return approve_wording(work, article.claim_ids[claim], who, article.now())


def withdraw(article: Clinic, number: int, reason: str = "新しい知見", who: User = EDITOR) -> int:
    with article.open_work() as work:
        return withdraw_wording(work, number, reason, who, article.now())


def publish(article: Clinic) -> None:
    decide(article, VersionState.APPROVED, VersionState.PUBLISHED)


def decide(article: Clinic, *states: VersionState) -> None:
    for state in states:
        with article.open_work() as work:
            version = work.articles.get_version(article.version_id)
            decide_version(
                work, version.id, version.version_hash, state, "理由", EDITOR, article.now(), make_signature()
            )


def test_an_editor_approves_a_supported_sentence_with_the_papers_that_carry_it(article: Clinic) -> None:
    wording = approve(article)
    assert (wording.number, wording.words, wording.pmids) == (1, GROWTH, (make_pmid(1),))
    assert (wording.approved_by, wording.stands) == ("editor", True)
    with article.open_work() as work:
        assert list_wordings(work, A) == (wording,)
        assert find_wording(work, work.claims.get_claim(article.claim_ids[0])) == wording
    assert AuditAction.WORDING_APPROVED in article.actions(f"claim:{article.claim_ids[0]}")


@pytest.mark.parametrize("who", [A, AUTHOR])
def test_nobody_else_approves_or_withdraws_one(article: Clinic, who: User) -> None:
    with pytest.raises(RoleRefused):
        approve(article, who)
    number = approve(article).number
    with pytest.raises(RoleRefused):
        withdraw(article, number, who=who)


def test_what_is_not_settled_as_supported_is_not_approved(article: Clinic) -> None:
    partly = add_article(article, make_claim(SLEEP), make_claim("別の文。", start=30), title="一部の記事")
    settle(partly, SupportGrade.PARTIALLY_SUPPORTED)
    for claim in (0, 1):
        with pytest.raises(RuleRefused, match="wording_not_supported"):
            approve(partly, claim=claim)


def test_what_rests_on_a_paper_that_fell_is_not_approved(article: Clinic) -> None:
    with article.open_work() as work:
        fell = RetractionCheck(RetractionStatus.RETRACTED, article.now())
        work.citations.save_standings({make_pmid(1): fell})
        work.commit(make_audit_entry())
    with pytest.raises(RuleRefused, match="wording_without_ground"):
        approve(article)


def test_one_sentence_is_approved_once_at_a_time(article: Clinic) -> None:
    number = approve(article).number
    with pytest.raises(RuleRefused, match="wording_approved_already"):
        approve(article)
    withdraw(article, number)
    assert approve(article).number == number + 1


def test_withdrawn_it_marks_what_readers_have_of_it_and_tells_whom_it_concerns(article: Clinic) -> None:
    wording = approve(article)
    publish(article)
    draft = add_article(article, make_claim(GROWTH), title="下書きの記事")
    assert withdraw(article, wording.number) == 1
    with article.open_work() as work:
        (mark,) = load_marks(work, article.version_id)
        told = [one.cause for one in work.notices.list_new("editor", 10)]
        assert load_marks(work, draft.version_id) == ()
        kept = list_wordings(work, A)[0]
    assert (mark.claim_id, mark.cause) == (article.claim_ids[0], LostGround.WORDING_WITHDRAWN)
    assert NoticeKind.NEEDS_REVIEW in {cause.kind for cause in told}
    assert (kept.stands, kept.reason, kept.withdrawn_by) == (False, "新しい知見", "editor")
    actions = article.actions(f"claim:{article.claim_ids[0]}")
    assert {AuditAction.WORDING_WITHDRAWN, AuditAction.REVIEW_NEEDED} <= set(actions)


def list_obstacles(article: Clinic) -> list[tuple[ObstacleKind, str]]:
    with article.open_work() as work:
        return [(one.kind, one.about) for one in find_obstacles(work, article.version_id, article.now())]


@pytest.mark.parametrize("approved", [False, True])
def test_withdrawn_before_its_user_is_published_it_closes_the_gate_until_the_claim_is_graded_anew(
    article: Clinic, approved: bool
) -> None:
    number = approve(article).number
    user = add_article(article, make_claim(GROWTH), title="使う記事")
    settle(user)
    if approved:
        decide(user, VersionState.APPROVED)
    assert withdraw(article, number) == 0
    assert list_obstacles(user) == [(ObstacleKind.NEEDS_REVIEW, "wording_withdrawn")]
    with pytest.raises(RuleRefused, match="gate_not_free"):
        decide(user, VersionState.PUBLISHED if approved else VersionState.APPROVED)
    if approved:
        decide(user, VersionState.CHANGES_REQUESTED)
    with article.open_work() as work:
        assert (
            renew_version(work, user.version_id, "文言の取り下げ", EDITOR, user.now()).id == user.version_id
        )
    settle(user)
    assert list_obstacles(user) == []


def test_of_words_that_are_approved_anew_the_withdrawal_holds_nothing(article: Clinic) -> None:
    user = add_article(article, make_claim(GROWTH), title="使う記事")
    settle(user)
    withdraw(article, approve(article).number)
    approve(article)
    assert list_obstacles(user) == []


def test_it_is_withdrawn_once_and_with_a_reason(article: Clinic) -> None:
    number = approve(article).number
    with pytest.raises(RuleRefused, match="reason_missing"):
        withdraw(article, number, "  ")
    withdraw(article, number)
    with pytest.raises(RuleRefused, match="wording_withdrawn_already"):
        withdraw(article, number)
    with pytest.raises(NotFound):
        withdraw(article, 99)


def test_an_article_that_says_it_is_told_so_and_is_offered_its_papers(article: Clinic) -> None:
    wording = approve(article)
    with article.open_work() as work:
        ingested = ingest_article(work, write(SLEEP, GROWTH, title="次の記事"), AUTHOR, article.now())
    used = next(claim for claim in ingested.claims if claim.claim.text == GROWTH)
    other = next(claim for claim in ingested.claims if claim.claim.text == SLEEP)
    with article.open_work() as work:
        found = work.searches.load_pmids([used.id, other.id])
        entries = work.audit.list_entries(f"claim:{used.id}")
    assert found == {used.id: (make_pmid(1),), other.id: ()}
    assert [entry.values for entry in entries if entry.action is AuditAction.WORDING_USED] == [
        (("number", str(wording.number)), ("pmid", make_pmid(1)))
    ]
    assert article.actions(f"claim:{other.id}") == []


def test_one_that_was_withdrawn_is_offered_no_more(article: Clinic) -> None:
    withdraw(article, approve(article).number)
    with article.open_work() as work:
        ingested = ingest_article(work, write(GROWTH, title="次の記事"), AUTHOR, article.now())
    with article.open_work() as work:
        assert work.searches.load_pmids([ingested.claims[0].id]) == {ingested.claims[0].id: ()}
        assert suggest_wordings(work, ingested.claims[0], AUTHOR, 5) == []


def test_the_author_finds_those_that_speak_of_the_same(article: Clinic) -> None:
    other = add_article(article, make_claim(SLEEP), title="睡眠の記事")
    settle(other, who=C)
    approve(other)
    wording = approve(article)
    asked = add_article(
        article, make_claim("ミノキシジルは、毛包の成長期を大きく延ばす。"), title="問いの記事"
    )
    with article.open_work() as work:
        claim = work.claims.get_claim(asked.claim_ids[0])
        assert suggest_wordings(work, claim, AUTHOR, 5) == [wording]
        assert suggest_wordings(work, claim, AUTHOR, 0) == []
