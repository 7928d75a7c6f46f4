"""The same sentence several times in one article is graded once, in one step, with one undo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import RuleRefused
from claims.records.assessment import CitationJudgement, Settlement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.claim import ClaimType
from claims.records.people import User
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.agreeing import load_agreement
from reviewer.workflow.queue_lists import read_list
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.repeats import find_repeats, give_to_repeats, take_back_given
from reviewer.workflow.undoing import undo_last_step
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import make_claim, make_pmid
from tests.workflow.clinic import EDITOR, TWO_REVIEWERS, A, B, Clinic, copy_clinic
from tests.workflow.repeating import add_article

SAID, OTHER = "見本成分は毛を増やす。", "別の文。"
SUPPORTED, OVERSTATED = SupportGrade.SUPPORTED, SupportGrade.OVERSTATED


@pytest.fixture
def article(open_work: OpenWork) -> Clinic:
    """An article that says one sentence three times, with another between."""
    words = (SAID, OTHER, "見本成分は毛を増やす", "見本成分は、毛を増やす。", SAID)
    claims = (make_claim(text, start=20 * at) for at, text in enumerate(words))
    return add_article(copy_clinic(LENT, open_work), *claims, title="繰り返す記事")


def grade_first(article: Clinic, who: User = A, grade: SupportGrade = SUPPORTED) -> None:
    article.judge(who)
    article.judge(who, CitationJudgement.NOT_RELEVANT, 2)
    article.grade(who, grade, "小規模")


def give(article: Clinic, who: User = A) -> int:
    with article.open_work() as work:
        return len(give_to_repeats(work, article.claim_ids[0], who, article.now()))


def take_back(article: Clinic, who: User = A) -> int:
    with article.open_work() as work:
        return take_back_given(work, article.claim_ids[0], who, article.now())


def list_open(article: Clinic, who: User = A) -> list[int]:
    dossier = article.see(who)
    with article.open_work() as work:
        return [one.claim.number for one in find_repeats(work, dossier, who).open]


def test_the_queue_tells_how_often_and_where_a_sentence_stands(article: Clinic) -> None:
    with article.open_work() as work:
        queue = load_queue(work, article.version_id, A)
        together = load_queue(work, article.version_id, A, read_list("all", "alike", ""))
        repeated = load_queue(work, article.version_id, A, read_list("repeated", "article", ""))
    assert [line.alike for line in queue.lines] == [(1, 3, 5), (), (1, 3, 5), (), (1, 3, 5)]
    assert [line.claim.number for line in together.lines] == [1, 3, 5, 2, 4]
    assert [line.claim.number for line in repeated.lines] == [1, 3, 5]


def test_one_step_gives_the_own_grade_with_its_judgements_to_all_in_the_same_words(article: Clinic) -> None:
    assert list_open(article) == []
    grade_first(article)
    assert list_open(article) == [3, 5]
    assert give(article) == 2
    for claim in (2, 4):
        dossier = article.see(A, claim)
        given = dossier.find_grade("a")
        assert given is not None
        assert (given.grade, given.comment) == (SUPPORTED, "小規模")
        assert [finding.pmid for finding in dossier.attached] == [make_pmid(1)]
        assert given.taken_from is not None
        assert (given.taken_from.claim_id, given.taken_from.number) == (article.claim_ids[0], 1)
    assert article.see(A, 1).is_silent
    assert list_open(article) == []


def test_each_keeps_a_trail_of_its_own(article: Clinic) -> None:
    grade_first(article)
    give(article)
    for claim in (2, 4):
        with article.open_work() as work:
            entries = work.audit.list_entries(f"claim:{article.claim_ids[claim]}")
        graded = [entry.values for entry in entries if entry.action is AuditAction.CLAIM_GRADED]
        assert ("taken_over_from", f"claim:{article.claim_ids[0]}") in graded[0]


def test_one_undo_takes_it_back_from_all_and_the_next_the_grade_itself(article: Clinic) -> None:
    grade_first(article)
    give(article)
    assert take_back(article) == 2
    assert article.see(A, 2).is_silent
    assert article.see(A, 0).find_grade("a") is not None
    assert take_back(article) == 0
    assert list_open(article) == [3, 5]


def test_what_was_changed_there_since_stays(article: Clinic) -> None:
    grade_first(article)
    give(article)
    article.judge(A, CitationJudgement.PARTLY, 2, claim=2)
    assert take_back(article) == 1
    assert article.see(A, 2).find_grade("a") is not None


def test_a_changed_grade_can_be_given_again_and_taken_back_to_the_former(article: Clinic) -> None:
    grade_first(article)
    give(article)
    article.grade(A, OVERSTATED, "言い過ぎ")
    assert take_back(article) == 0
    assert list_open(article) == [3, 5]
    give(article)
    own = article.see(A, 2).find_grade("a")
    assert own is not None
    assert own.grade is OVERSTATED
    assert take_back(article) == 2
    own = article.see(A, 2).find_grade("a")
    assert own is not None
    assert own.grade is SUPPORTED


def test_a_repeat_that_was_graded_by_hand_is_left_as_it_is(article: Clinic) -> None:
    article.grade(A, SupportGrade.CANNOT_JUDGE, "理由", claim=2)
    grade_first(article)
    assert list_open(article) == [5]


def test_a_repeat_that_was_opened_again_is_read_anew(article: Clinic) -> None:
    grade_first(article)
    give(article)
    with article.open_work() as work:
        revision = work.claims.get_claim(article.claim_ids[2]).revision
        reopen_claim(work, article.claim_ids[2], revision, "読み直す", EDITOR, article.now())
    assert list_open(article) == []


def test_safety_is_graded_each_time(article: Clinic) -> None:
    safe = [make_claim("副作用はない。", start=20 * at, type=ClaimType.SAFETY) for at in range(2)]
    other = add_article(article, *safe, title="安全の記事")
    grade_first(other)
    assert list_open(other) == []
    with pytest.raises(RuleRefused, match="no_repeats"):
        give(other)


def test_one_sentence_under_headings_of_other_conditions_is_two(article: Clinic) -> None:
    claims = (
        replace(make_claim(SAID, start=20 * at), heading=heading)
        for at, heading in enumerate(("円形脱毛症", "変形性膝関節症", "円形脱毛症とは"))
    )
    other = add_article(article, *claims, title="二つの病気の記事")
    grade_first(other)
    assert list_open(other) == [3]


def test_another_type_is_another_claim(article: Clinic) -> None:
    kinds = (ClaimType.EFFICACY, ClaimType.MECHANISM)
    claims = (make_claim(SAID, start=20 * at, type=kind) for at, kind in enumerate(kinds))
    other = add_article(article, *claims, title="種類の記事")
    grade_first(other)
    assert list_open(other) == []


def test_papers_come_along_where_one_person_grades_and_forbid_it_where_two_do(article: Clinic) -> None:
    claims = [make_claim(SAID, start=20 * at) for at in range(2)]
    other = add_article(article, *claims, searched=False, title="検索前の記事")
    with other.open_work() as work:
        work.searches.put_cited(other.claim_ids[0], (), article.see(A).findings)
        work.commit(*work.audit.list_entries(limit=1))
    grade_first(other)
    assert list_open(other) == [2]
    other.assign(TWO_REVIEWERS)
    assert list_open(other) == []


def test_it_is_blind_as_any_grade_and_counted_once(article: Clinic) -> None:
    article.assign(TWO_REVIEWERS)
    grade_first(article)
    give(article)
    assert article.see(B, 2).is_silent
    assert list_open(article, B) == []
    grade_first(article, B)
    give(article, B)
    verdict = article.see(EDITOR, 2).verdict
    assert verdict is not None
    assert verdict.agreement is Settlement.TAKEN_OVER
    with article.open_work() as work:
        report = load_agreement(work, EDITOR, article.version_id)
    assert report.overall.percent.n == 1


def test_a_copy_is_taken_back_at_its_own_page_too(article: Clinic) -> None:
    grade_first(article)
    give(article)
    with article.open_work() as work:
        undo_last_step(work, article.claim_ids[2], A, article.now())
    assert article.see(A, 2).is_silent
    assert list_open(article) == [3]
