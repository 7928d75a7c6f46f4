from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from claims.errors import NotFound
from claims.records.article import Original
from db.unit_of_work import UnitOfWork
from tests.factories import make_article, make_audit_entry, make_moment
from tests.persistence.counting import count_statements

Begin = Callable[[], UnitOfWork]
FILE = Original("見本.pdf", "application/pdf", bytes(range(256)) * 4_000)


def test_a_file_comes_back_byte_for_byte_and_the_first_one_stays(begin: Begin) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        assert not work.articles.has_original(version.id)
        work.articles.add_original(version.id, FILE)
        work.articles.add_original(version.id, Original("other", "text/plain", b""))
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.articles.has_original(version.id)
        assert work.articles.get_original(version.id) == FILE


def test_a_version_without_a_file_says_so(begin: Begin) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        with pytest.raises(NotFound, match="original_not_found"):
            work.articles.get_original(version.id)


def test_no_list_and_no_version_loads_the_bytes(engine: Engine, begin: Begin) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        work.articles.add_original(version.id, FILE)
        work.commit(make_audit_entry())
    with begin() as work, count_statements(engine) as sent:
        work.articles.list_versions()
        work.articles.get_version(version.id)
        work.articles.find_version(version.version_hash)
        work.articles.has_original(version.id)
    assert not any("content" in statement for statement in sent)


def test_one_text_may_be_a_version_of_several_articles_once_each(begin: Begin) -> None:
    with begin() as work:
        other = work.articles.add_version(make_article("別。", title="別の記事"), make_moment())
        alone = work.articles.add_version(make_article(), make_moment(1))
        within = work.articles.add_version(make_article(), make_moment(2), other.article_id)
        again = work.articles.add_version(make_article(), make_moment(3), other.article_id)
        work.commit(make_audit_entry())
    assert (within.article_id, within.number) == (other.article_id, 2)
    assert again == within
    assert alone.article_id != within.article_id
    with begin() as work:
        assert work.articles.find_version(make_article().version_hash) == within
        assert work.articles.find_former(within) == other
        assert work.articles.find_former(alone) is None


def test_an_article_that_is_not_there_gets_no_version(begin: Begin) -> None:
    with begin() as work, pytest.raises(NotFound, match="version_not_found"):
        work.articles.add_version(make_article(), make_moment(), 404)
