from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from claims.records.assessment import ClaimStatus, Reopening, SupportGrade
from claims.records.claim import ClaimType, Extraction
from claims.records.effort import Effort, EffortSum
from claims.records.overview import PairCount
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork
from tests.factories import (
    make_article,
    make_assessment,
    make_audit_entry,
    make_claim,
    make_extraction,
    make_moment,
)
from tests.persistence.counting import count_statements

Begin = Callable[[], UnitOfWork]
SAFE = make_claim("副作用はない。", start=30, type=ClaimType.SAFETY)


@pytest.fixture
def version(begin: Begin) -> ArticleVersion:
    """An article whose newest version has two claims on efficacy and one on safety."""
    with begin() as work:
        work.claims.add_extraction(
            work.articles.add_version(make_article("前の版。"), make_moment()).id, make_extraction(claims=1)
        )
        newest = work.articles.add_version(make_article(), make_moment(1))
        extraction = make_extraction(claims=2, dropped=0)
        work.claims.add_extraction(newest.id, Extraction((*extraction.claims, SAFE)))
        work.commit(make_audit_entry())
    return newest


@pytest.fixture
def ids(begin: Begin, version: ArticleVersion) -> tuple[int, ...]:
    with begin() as work:
        return tuple(claim.id for claim in work.claims.list_claims(version.id))


def put(begin: Begin, claim_id: int, status: ClaimStatus) -> None:
    with begin() as work:
        work.claims.change_status(claim_id, status, work.claims.get_claim(claim_id).revision)
        work.commit(make_audit_entry())


def grade(begin: Begin, claim_id: int, by: str, minutes: int, grade: SupportGrade) -> None:
    with begin() as work:
        work.assessments.add(make_assessment(claim_id, grade, graded_by=by, minutes=minutes))
        work.commit(make_audit_entry())


def test_claims_of_the_newest_version_are_counted_by_status(
    begin: Begin, version: ArticleVersion, ids: tuple[int, ...]
) -> None:
    put(begin, ids[0], ClaimStatus.GRADED)
    put(begin, ids[1], ClaimStatus.CONFLICT)
    with begin() as work:
        (counted,) = work.overview.list_newest(25)
        assert work.overview.count_articles() == 1
        assert work.overview.count_conflicts() == 1
        assert work.overview.count_status(ClaimStatus.EXTRACTED) == 1
        assert work.overview.count_status(ClaimStatus.EXTRACTED, version.id) == 1
        assert work.overview.load_titles({version.id}) == {version.id: version.article.title}
        assert work.claims.load_statuses([ids[0], 404]) == {ids[0]: ClaimStatus.GRADED}
    assert (counted.version_id, counted.number, counted.title) == (version.id, 2, version.article.title)
    assert counted.counts == {ClaimStatus.GRADED: 1, ClaimStatus.CONFLICT: 1, ClaimStatus.EXTRACTED: 1}


def test_the_last_grade_is_the_last_that_counts(
    begin: Begin, version: ArticleVersion, ids: tuple[int, ...]
) -> None:
    grade(begin, ids[0], "佐藤", 2, SupportGrade.OVERSTATED)
    grade(begin, ids[0], "佐藤", 3, SupportGrade.SUPPORTED)
    grade(begin, ids[1], "佐藤", 4, SupportGrade.SUPPORTED)
    grade(begin, ids[1], "鈴木", 5, SupportGrade.SUPPORTED)
    with begin() as work:
        work.taking_back.take_back_last(ids[1], "鈴木", make_moment(6))
        work.adjudications.add_reopening(Reopening(ids[1], "撤回", "編集", make_moment(7)))
        work.commit(make_audit_entry())
    with begin() as work:
        (counted,) = work.overview.list_newest(25)
    assert counted.last_graded_at == make_moment(3)


def test_independent_grades_are_the_first_that_stand_from_before_a_claim_was_opened_again(
    begin: Begin, version: ArticleVersion, ids: tuple[int, ...]
) -> None:
    first, _, safe = ids
    grade(begin, first, "佐藤", 2, SupportGrade.CANNOT_JUDGE)
    with begin() as work:
        work.taking_back.take_back_last(first, "佐藤", make_moment(3))
        work.commit(make_audit_entry())
    grade(begin, first, "鈴木", 4, SupportGrade.UNSUPPORTED)
    grade(begin, first, "佐藤", 4, SupportGrade.OVERSTATED)
    grade(begin, first, "佐藤", 5, SupportGrade.SUPPORTED)
    grade(begin, safe, "鈴木", 6, SupportGrade.UNSUPPORTED)
    with begin() as work:
        work.adjudications.add_reopening(Reopening(safe, "撤回", "編集", make_moment(7)))
        work.commit(make_audit_entry())
    grade(begin, safe, "佐藤", 8, SupportGrade.SUPPORTED)
    overstated, unsupported = SupportGrade.OVERSTATED, SupportGrade.UNSUPPORTED
    expected = (
        PairCount(ClaimType.EFFICACY, "佐藤", "鈴木", overstated, unsupported, ClaimStatus.EXTRACTED, 1),
        PairCount(ClaimType.SAFETY, "鈴木", None, unsupported, None, ClaimStatus.EXTRACTED, 1),
    )
    with begin() as work:
        assert work.overview.count_pairs() == expected
        assert work.overview.count_pairs(version.id) == expected


def test_visits_are_added_up_by_person_and_claim(
    begin: Begin, version: ArticleVersion, ids: tuple[int, ...]
) -> None:
    visit = Effort(ids[0], "佐藤", 12.5, 3, make_moment(2))
    with begin() as work:
        for spent in (visit, visit, replace(visit, name="鈴木"), replace(visit, claim_id=ids[1])):
            work.effort.add(spent)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.effort.sum_of_claim(ids[0], "佐藤") == EffortSum(ids[0], "佐藤", 25.0, 6, 2)
        assert work.effort.sum_of_version(version.id) == (
            EffortSum(ids[0], "佐藤", 25.0, 6, 2),
            EffortSum(ids[1], "佐藤", 12.5, 3, 1),
            EffortSum(ids[0], "鈴木", 12.5, 3, 1),
        )


@pytest.mark.parametrize("articles", [1, 15])
def test_each_call_takes_as_many_queries_for_many_articles_as_for_one(
    engine: Engine, begin: Begin, articles: int
) -> None:
    with begin() as work:
        for number in range(articles):
            article = make_article(f"文{number}。", title=f"第{number}の記事")
            version = work.articles.add_version(article, make_moment(number))
            for claim in work.claims.add_extraction(version.id, make_extraction(claims=3)):
                work.assessments.add(make_assessment(claim.id))
        work.commit(make_audit_entry())
    with begin() as work, count_statements(engine) as sent:
        assert len(work.overview.list_newest(25)) == articles
        assert work.overview.count_pairs()[0].claims == 3 * articles
        work.overview.sum_workload()
        work.overview.list_conflicts(25)
    assert len(sent) == 6


def test_the_newest_versions_are_told_a_page_at_a_time(begin: Begin) -> None:
    with begin() as work:
        for number in range(5):
            article = make_article(f"文{number}。", title=f"第{number}の記事")
            work.articles.add_version(article, make_moment(number))
        work.articles.add_version(make_article("改めた文。", title="第1の記事"), make_moment(9))
        work.commit(make_audit_entry())
    with begin() as work:
        pages = [work.overview.list_newest(2, skip) for skip in (0, 2, 4)]
    assert [[told.title for told in page] for page in pages] == [
        ["第1の記事", "第4の記事"],
        ["第3の記事", "第2の記事"],
        ["第0の記事"],
    ]
