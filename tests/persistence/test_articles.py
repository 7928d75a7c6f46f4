from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from claims.errors import NotFound
from claims.records.assessment import ClaimStatus
from claims.records.retrieval import SearchStatus
from db.unit_of_work import UnitOfWork
from tests.factories import (
    make_article,
    make_audit_entry,
    make_evidence,
    make_extraction,
    make_moment,
    make_run,
)
from tests.persistence.counting import count_statements

Begin = Callable[[], UnitOfWork]


def test_a_version_comes_back_whole(begin: Begin) -> None:
    article = make_article("見本成分は𠮷野で毛を増やす。\nSecond line.\r\n")
    with begin() as work:
        stored = work.articles.add_version(article, make_moment())
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.articles.get_version(stored.id) == stored
        assert work.articles.find_version(article.version_hash) == stored
    assert stored.article == article
    assert (stored.number, stored.ingested_at) == (1, make_moment())


def test_the_same_text_is_the_same_version_whatever_its_title(begin: Begin) -> None:
    with begin() as work:
        first = work.articles.add_version(make_article(title="一つ目"), make_moment())
        again = work.articles.add_version(make_article(title="二つ目"), make_moment(5))
        work.commit(make_audit_entry())
    assert again == first
    with begin() as work:
        assert len(work.articles.list_versions()) == 1


def test_another_text_under_the_same_title_is_the_next_version(begin: Begin) -> None:
    with begin() as work:
        versions = [work.articles.add_version(make_article(f"文{n}。"), make_moment(n)) for n in range(3)]
        other = work.articles.add_version(make_article("別。", title="別の記事"), make_moment(9))
        work.commit(make_audit_entry())
    assert [version.number for version in versions] == [1, 2, 3]
    assert len({version.article_id for version in versions}) == 1
    assert other.number == 1
    assert other.article_id != versions[0].article_id


def test_a_version_is_told_with_those_before_it_in_its_article(begin: Begin) -> None:
    with begin() as work:
        first, second, third = (
            work.articles.add_version(make_article(text), make_moment()) for text in ("一。", "二。", "三。")
        )
        work.articles.add_version(make_article("別。", title="別の記事"), make_moment())
        assert work.articles.list_until(second.id) == (first.id, second.id)
        assert work.articles.list_until(third.id + 99) == ()


def test_a_title_longer_than_an_index_takes_is_kept(begin: Begin) -> None:
    title = "長" * 5_000
    with begin() as work:
        assert work.articles.add_version(make_article(title=title), make_moment()).article.title == title


def test_a_version_that_does_not_exist_is_told(begin: Begin) -> None:
    with begin() as work:
        assert work.articles.find_version("0" * 64) is None
        with pytest.raises(NotFound) as missing:
            work.articles.get_version(404)
    assert (missing.value.code, missing.value.values) == ("version_not_found", {"id": 404})


def test_the_list_counts_how_far_each_review_has_come(begin: Begin) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        claims = work.claims.add_extraction(version.id, make_extraction(claims=5, dropped=2))
        ids = [claim.id for claim in claims]
        work.claims.change_status(ids[0], ClaimStatus.GRADED, 1)
        work.claims.change_status(ids[1], ClaimStatus.STALE, 1)
        work.claims.change_status(ids[4], ClaimStatus.DISMISSED, 1)
        failed = make_run(SearchStatus.FAILED)
        work.searches.record_evidence(ids[0], make_evidence(1, 2))
        work.searches.record_evidence(ids[0], make_evidence(3))
        work.searches.record_evidence(ids[1], make_evidence())
        work.searches.record_evidence(ids[2], make_evidence(runs=(failed,)))
        work.searches.record_evidence(ids[4], make_evidence(4))
        work.commit(make_audit_entry())
    with begin() as work:
        (summary,) = work.articles.list_versions()
    assert (summary.claims, summary.graded, summary.searched) == (4, 1, 2)
    assert (summary.id, summary.title, summary.number) == (version.id, version.article.title, 1)


def test_the_newest_version_comes_first(begin: Begin) -> None:
    with begin() as work:
        for minutes in (5, 9, 1):
            work.articles.add_version(make_article(f"文{minutes}。"), make_moment(minutes))
        work.commit(make_audit_entry())
    with begin() as work:
        listed = work.articles.list_versions()
        latest = work.articles.list_versions(2)
    assert [version.ingested_at for version in listed] == [make_moment(9), make_moment(5), make_moment(1)]
    assert latest == listed[:2]


@pytest.mark.parametrize("articles", [1, 8])
def test_the_list_is_two_queries_however_long(engine: Engine, begin: Begin, articles: int) -> None:
    with begin() as work:
        for number in range(articles):
            version = work.articles.add_version(make_article(f"文{number}。"), make_moment())
            work.claims.add_extraction(version.id, make_extraction())
        work.commit(make_audit_entry())
    with begin() as work, count_statements(engine) as sent:
        assert len(work.articles.list_versions()) == articles
    assert len(sent) == 3
