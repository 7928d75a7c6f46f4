"""A settled grade of the same words is taken over by one step, told as that, and counted in no agreement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import RuleRefused
from claims.records.assessment import CitationJudgement, Settlement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.claim import ClaimType
from claims.records.decision import VersionState
from claims.records.document import DocumentDetails
from claims.records.plan import ReviewPlan
from claims.records.recheck import LostGround, ReviewMark
from claims.text.wording import normalise_wording
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.amending import reword_reading
from reviewer.workflow.documents import enter_document, judge_document
from reviewer.workflow.grading import record_grade
from reviewer.workflow.publishing import decide_version
from reviewer.workflow.taking_over import take_over
from reviewer.workflow.undoing import undo_last_step
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import (
    make_audit_entry,
    make_claim,
    make_pmid,
    make_signature,
)
from tests.workflow.clinic import EDITOR, JUDGE, TWO_REVIEWERS, A, B, C, Clinic, copy_clinic
from tests.workflow.repeating import FIRST, add_article, offer, settle, take

SUPPORTED, PARTLY = SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED
OVERSTATED, CONTRADICTED = SupportGrade.OVERSTATED, SupportGrade.CONTRADICTED


@pytest.fixture
def first(open_work: OpenWork) -> Clinic:
    """An article whose first claim was settled as supported."""
    clinic = copy_clinic(LENT, open_work)
    settle(clinic)
    return clinic


@pytest.fixture
def second(first: Clinic) -> Clinic:
    """The same sentence in another article."""
    return add_article(first, make_claim(FIRST))


def test_grade_comment_and_judgements_become_the_takers_own_with_where_they_come_from(
    first: Clinic, second: Clinic
) -> None:
    taken = take(second)
    dossier = second.see(A)
    assert (taken.grade, taken.comment, taken.graded_by) == (SUPPORTED, "小規模", "a")
    judged = [(j.pmid, j.judgement.value, j.judged_by) for j in dossier.judgements]
    assert judged == [(make_pmid(1), "supporting", "a"), (make_pmid(2), "not_relevant", "a")]
    place = taken.taken_from
    assert place is not None
    assert (place.claim_id, place.version_id, place.title) == (
        first.claim_ids[0],
        first.version_id,
        "見本の記事",
    )
    verdict = dossier.verdict
    assert verdict is not None
    assert (verdict.grade, verdict.agreement) == (SUPPORTED, Settlement.TAKEN_OVER)
    assert {judged.taken_from for judged in dossier.judgements} == {place}


def test_the_trail_tells_it_of_the_grade_and_of_each_judgement(first: Clinic, second: Clinic) -> None:
    take(second)
    with second.open_work() as work:
        entries = work.audit.list_entries(f"claim:{second.claim_ids[0]}")
    told = [
        entry.action
        for entry in entries
        if ("taken_over_from", f"claim:{first.claim_ids[0]}") in entry.values
    ]
    assert told == [AuditAction.CLAIM_GRADED, AuditAction.CITATION_JUDGED, AuditAction.CITATION_JUDGED]


def test_a_comment_that_was_typed_stays(second: Clinic) -> None:
    assert take(second, comment="自分のことば").comment == "自分のことば"


def test_one_undo_takes_grade_and_judgements_back(second: Clinic) -> None:
    take(second)
    with second.open_work() as work:
        taken = undo_last_step(work, second.claim_ids[0], A, second.now())
    assert taken.pmids == (make_pmid(1), make_pmid(2))
    dossier = second.see(A)
    assert (dossier.assessments, dossier.judgements) == ((), ())
    assert offer(second) is not None


def test_undo_leaves_what_was_judged_before(second: Clinic) -> None:
    second.judge(A, CitationJudgement.PARTLY, 2)
    take(second)
    with second.open_work() as work:
        assert undo_last_step(work, second.claim_ids[0], A, second.now()).pmids == (make_pmid(1),)
    assert [judged.judgement for judged in second.see(A).judgements] == [CitationJudgement.PARTLY]


def test_where_the_house_does_not_allow_it_nothing_is_taken_over(first: Clinic, second: Clinic) -> None:
    with second.open_work() as work, pytest.raises(RuleRefused, match="taking_over_off"):
        take_over(work, second.claim_ids[0], first.claim_ids[0], False, A, second.now())
    assert second.see(A).is_silent


def test_another_claim_than_the_one_that_was_offered_is_not_taken_over(first: Clinic, second: Clinic) -> None:
    with second.open_work() as work, pytest.raises(RuleRefused, match="nothing_to_take_over"):
        take_over(work, second.claim_ids[0], first.claim_ids[1], True, A, second.now())


@pytest.mark.parametrize("words", ["主張0", "主張０。", " 主張 0 。"])
def test_width_spaces_and_the_full_stop_make_no_other_wording(first: Clinic, words: str) -> None:
    assert offer(add_article(first, make_claim(words))) is not None


@pytest.mark.parametrize("words", ["主張1。", "主張0ではない。", "主張0です。", "主張10。", "主張0²。"])
def test_other_words_are_never_offered_however_near(first: Clinic, words: str) -> None:
    assert offer(add_article(first, make_claim(words))) is None


def test_the_wording_that_counts_is_the_one_that_stands_alone(first: Clinic) -> None:
    of_other = make_claim(FIRST, read_as="見本成分の主張0。")
    assert offer(add_article(first, of_other)) is None


def test_a_reading_that_was_changed_since_counts(first: Clinic, second: Clinic) -> None:
    with first.open_work() as work:
        reword_reading(work, work.claims.get_claim(first.claim_ids[0]), "別の主張。", C, first.now())
    assert offer(second) is None


@pytest.mark.parametrize("of", ["former", "claim"])
def test_safety_is_graded_each_time(open_work: OpenWork, of: str) -> None:
    clinic = copy_clinic(LENT, open_work)
    safety, other = make_claim("副作用はない。", type=ClaimType.SAFETY), make_claim("副作用はない。")
    former = add_article(clinic, safety if of == "former" else other, title="前の記事")
    settle(former)
    assert offer(add_article(clinic, other if of == "former" else safety)) is None
    plain = add_article(clinic, make_claim("毛が増える。"), title="別の記事")
    settle(plain)
    assert offer(add_article(clinic, make_claim("毛が増える。"), title="また別の記事")) is not None


@pytest.mark.parametrize("grade", [SupportGrade.UNSUPPORTED, CONTRADICTED])
def test_words_that_were_refuted_anywhere_are_graded_each_time(first: Clinic, grade: SupportGrade) -> None:
    settle(add_article(first, make_claim(FIRST), title="反証の記事"), grade)
    assert offer(add_article(first, make_claim(FIRST))) is None


@pytest.mark.parametrize("grade", [SupportGrade.UNSUPPORTED, CONTRADICTED])
def test_a_refutation_alone_is_not_taken_over(first: Clinic, grade: SupportGrade) -> None:
    refuted = "反証だけの文。"
    settle(add_article(first, make_claim(refuted), title="反証の記事"), grade)
    assert offer(add_article(first, make_claim(refuted))) is None


def test_words_that_are_contested_are_graded_each_time(first: Clinic) -> None:
    settle(add_article(first, make_claim(FIRST), title="もう一つの記事"), PARTLY)
    third = add_article(first, make_claim(FIRST))
    assert take(third).grade is PARTLY
    settle(add_article(first, make_claim(FIRST), title="さらに別の記事"), OVERSTATED)
    assert offer(add_article(first, make_claim(FIRST), title="次の次の記事")) is None


@pytest.mark.parametrize(
    "status",
    [
        RetractionStatus.RETRACTED,
        RetractionStatus.EXPRESSION_OF_CONCERN,
        RetractionStatus.PARTIALLY_RETRACTED,
    ],
)
def test_a_grade_whose_paper_fell_is_not_taken_over(
    first: Clinic, second: Clinic, status: RetractionStatus
) -> None:
    with first.open_work() as work:
        work.citations.save_standings({make_pmid(1): RetractionCheck(status, first.now())})
        work.commit(make_audit_entry())
    assert offer(second) is None


def test_a_paper_that_was_put_aside_may_fall(first: Clinic, second: Clinic) -> None:
    with first.open_work() as work:
        fell = RetractionCheck(RetractionStatus.RETRACTED, first.now())
        work.citations.save_standings({make_pmid(2): fell})
        work.commit(make_audit_entry())
    assert offer(second) is not None


def test_a_claim_that_needs_review_is_not_taken_over(first: Clinic, second: Clinic) -> None:
    mark = ReviewMark(
        first.version_id,
        first.claim_ids[0],
        LostGround.PAPER_FELL,
        make_pmid(1),
        RetractionStatus.RETRACTED,
        first.now(),
    )
    with first.open_work() as work:
        work.review_marks.raise_marks([mark])
        work.commit(make_audit_entry())
    assert offer(second) is None


def test_a_claim_that_was_opened_again_neither_gives_nor_takes(first: Clinic, second: Clinic) -> None:
    take(second)
    with second.open_work() as work:
        revision = work.claims.get_claim(second.claim_ids[0]).revision
        reopen_claim(work, second.claim_ids[0], revision, "読み直す", EDITOR, second.now())
    assert offer(second, B) is None
    third = add_article(first, make_claim(FIRST), title="三つ目")
    assert offer(third) is not None
    with first.open_work() as work:
        revision = work.claims.get_claim(first.claim_ids[0]).revision
        reopen_claim(work, first.claim_ids[0], revision, "読み直す", EDITOR, first.now())
    assert offer(third) is None


def test_what_was_withdrawn_is_not_taken_over(first: Clinic, second: Clinic) -> None:
    settle(first, claim=1)
    for state in (VersionState.APPROVED, VersionState.PUBLISHED, VersionState.WITHDRAWN):
        assert offer(second) is not None
        with first.open_work() as work:
            version = work.articles.get_version(first.version_id)
            decide_version(
                work, version.id, version.version_hash, state, "理由", EDITOR, first.now(), make_signature()
            )
    assert offer(second) is None


def test_what_rests_on_a_document_is_not_taken_over(first: Clinic, second: Clinic) -> None:
    with first.open_work() as work:
        entered = enter_document(work, first.claim_ids[0], DocumentDetails("資料", "見本庁"), C, first.now())
    with first.open_work() as work:
        judge_document(work, first.claim_ids[0], entered.id, CitationJudgement.PARTLY, C, first.now())
    assert offer(second) is None


def test_under_headings_of_other_conditions_one_sentence_is_two(first: Clinic) -> None:
    under = replace(make_claim(FIRST), heading="円形脱毛症の治療")
    assert offer(add_article(first, under)) is None
    settle(add_article(first, under, title="脱毛症の記事"))
    again = replace(make_claim(FIRST), heading="円形脱毛症とは")
    assert offer(add_article(first, again, title="脱毛症の記事2")) is not None


def test_a_copy_is_not_copied(first: Clinic, second: Clinic) -> None:
    take(second)
    third = add_article(first, make_claim(FIRST), title="三つ目")
    taken = take(third)
    assert taken.taken_from is not None
    assert taken.taken_from.claim_id == first.claim_ids[0]


def test_who_graded_the_claim_has_nothing_to_take_over(second: Clinic) -> None:
    settle(second, OVERSTATED, A)
    assert offer(second) is None


def test_papers_that_were_not_found_here_come_along_where_one_person_grades(first: Clinic) -> None:
    third = add_article(first, make_claim(FIRST), searched=False)
    take(third)
    dossier = third.see(A)
    assert [finding.pmid for finding in dossier.attached] == [make_pmid(1)]
    assert AuditAction.CITATION_ATTACHED in third.actions(f"claim:{third.claim_ids[0]}")


def test_under_double_grading_a_paper_that_was_not_found_here_forbids_it(first: Clinic) -> None:
    third = add_article(first, make_claim(FIRST), searched=False)
    third.assign(TWO_REVIEWERS)
    assert offer(third) is None


def test_under_double_grading_each_takes_it_over_apart(second: Clinic) -> None:
    second.assign(TWO_REVIEWERS)
    take(second, A)
    assert second.see(B).verdict is None
    take(second, B)
    verdict = second.see(EDITOR).verdict
    assert verdict is not None
    assert (verdict.agreement, len(verdict.grades)) == (Settlement.TAKEN_OVER, 2)


def test_a_grade_that_an_adjudicator_settled_comes_with_the_grounds_of_who_gave_it(first: Clinic) -> None:
    both = add_article(first, make_claim("争いのある文。"), title="争いの記事")
    both.assign(ReviewPlan(("a", "b"), "judge", needed=2))
    both.judge(A)
    both.judge(B)
    both.grade(A, SUPPORTED)
    both.grade(B, PARTLY)
    both.write_view(JUDGE)
    both.adjudicate(JUDGE, PARTLY, reason="用量が違う")
    third = add_article(first, make_claim("争いのある文。"))
    taken = take(third, C)
    assert (taken.grade, taken.comment) == (PARTLY, "用量が違う")


def test_a_grade_by_hand_after_one_was_taken_over_is_told_as_that(second: Clinic) -> None:
    taken = take(second)
    assert taken.taken_from is not None
    with second.open_work() as work:
        undo_last_step(work, second.claim_ids[0], A, second.now())
    second.judge(A)
    with second.open_work() as work:
        given = record_grade(work, second.claim_ids[0], SUPPORTED, "", A, second.now())
    assert given.taken_from == replace(taken.taken_from, changed=True)


def test_normalising_changes_nothing_of_what_is_normalised() -> None:
    for words in ("ミノキシジル ５％ は、毛を増やす。", "Minoxidil  5 mg works. ", "10² mm", ""):
        assert normalise_wording(normalise_wording(words)) == normalise_wording(words)
