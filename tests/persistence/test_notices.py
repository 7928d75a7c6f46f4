"""Notices: each cause once for each person, new until it is seen, gone with its cause."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from claims.records.notice import Cause, Notice, NoticeKind, join_lines
from claims.records.people import Role
from db.unit_of_work import UnitOfWork
from reviewer.workflow.notifying import notify, notify_retracted, notify_review_again
from tests.factories import make_article, make_audit_entry, make_extraction, make_moment, make_pmid

Begin = Callable[[], UnitOfWork]
EVERYBODY = ("mori", "sato", "ueda")
AT = make_moment(1)


@pytest.fixture
def version_id(begin: Begin) -> int:
    """A version with two claims, in a house of three people."""
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        work.claims.add_extraction(version.id, make_extraction(2))
        for name in EVERYBODY:
            work.people.add_user(name, name.title(), (Role.REVIEWER,), "")
        work.commit(make_audit_entry())
    return version.id


def tell(begin: Begin, cause: Cause, *names: str, but: str = "", minutes: int = 1) -> None:
    with begin() as work:
        notify(work, cause, names, make_moment(minutes), but)
        work.commit_passing()


def list_new(begin: Begin, name: str) -> tuple[Notice, ...]:
    with begin() as work:
        notices = work.notices.list_new(name, 100)
        assert work.notices.count_new(name) == len(notices)
    return notices


def test_each_is_told_once_however_often_the_cause_comes(begin: Begin, version_id: int) -> None:
    cause = Cause(NoticeKind.ASSIGNED, version_id, "article:1")
    for minutes in (1, 2):
        tell(begin, cause, "mori", "sato", "mori", "nobody", but="sato", minutes=minutes)
    (notice,) = list_new(begin, "mori")
    assert (notice.cause, notice.told_at, notice.version_number) == (cause, AT, 1)
    assert list_new(begin, "sato") == list_new(begin, "ueda") == ()


def test_two_who_tell_at_once_tell_one_notice(begin: Begin, version_id: int) -> None:
    gate = Barrier(4)
    causes = [Cause(NoticeKind.FLAGGED, version_id, f"claim:{number}") for number in range(3)]

    def tell_all(order: int) -> None:
        with begin() as work:
            gate.wait()
            for cause in causes[::order]:
                notify(work, cause, EVERYBODY[::order], AT)
            work.commit_passing()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tell_all, [1, 1, 1, 1]))
    assert [len(list_new(begin, name)) for name in EVERYBODY] == [3, 3, 3]


def test_what_is_left_without_a_commit_is_told_to_nobody(begin: Begin, version_id: int) -> None:
    with begin() as work:
        notify(work, Cause(NoticeKind.RETURNED, version_id, "version:1"), EVERYBODY, AT)
    assert list_new(begin, "mori") == ()


def test_a_closed_account_is_told_nothing_and_has_nothing(begin: Begin, version_id: int) -> None:
    tell(begin, Cause(NoticeKind.RETURNED, version_id, "version:1"), *EVERYBODY)
    with begin() as work:
        work.people.change_user("sato", active=False)
        work.commit(make_audit_entry())
    tell(begin, Cause(NoticeKind.PUBLISHED, version_id, "version:1"), *EVERYBODY)
    assert [len(list_new(begin, name)) for name in EVERYBODY] == [2, 0, 2]
    with begin() as work:
        work.people.change_user("sato", active=True)
        work.commit(make_audit_entry())
    assert [notice.cause.kind for notice in list_new(begin, "sato")] == [NoticeKind.RETURNED]


def test_what_one_has_seen_is_new_to_others_still(begin: Begin, version_id: int) -> None:
    for key in ("claim:1", "claim:2"):
        tell(begin, Cause(NoticeKind.FLAGGED, version_id, key), "mori", "sato")
    first, second = list_new(begin, "mori")
    with begin() as work:
        # Another's numbers are nothing to whoever names them.
        work.notices.mark_seen("mori", [first.id, *(one.id for one in list_new(begin, "sato"))], AT)
        work.commit_passing()
    assert list_new(begin, "mori") == (second,)
    assert len(list_new(begin, "sato")) == 2
    tell(begin, first.cause, "mori")
    assert list_new(begin, "mori") == (second,)


def test_who_opens_a_claim_or_an_article_has_seen_what_was_told_of_it(begin: Begin, version_id: int) -> None:
    with begin() as work:
        first, second = (claim.id for claim in work.claims.list_claims(version_id))
        article_id = work.articles.get_version(version_id).article_id
    for claim_id in (first, second):
        tell(begin, Cause(NoticeKind.FLAGGED, version_id, f"claim:{claim_id}", claim_id), "mori")
    with begin() as work:
        work.notices.mark_read("mori", article_id, first, AT)
        assert [one.cause.claim_id for one in work.notices.list_new("mori", 9)] == [second]
        work.notices.mark_read("mori", article_id + 1, None, AT)
        assert work.notices.count_new("mori") == 1
        work.notices.mark_read("mori", article_id, None, AT)
        assert work.notices.count_new("mori") == 0


def test_what_stands_no_longer_goes_and_comes_anew(begin: Begin, version_id: int) -> None:
    causes = [Cause(NoticeKind.CONFLICT, version_id, f"claim:{number}") for number in (1, 2)]
    for cause in causes:
        tell(begin, cause, "mori", "sato")
    with begin() as work:
        stands = (work.people.get_user("mori").id, NoticeKind.CONFLICT, "claim:2")
        work.notices.withdraw((NoticeKind.FLAGGED,), [version_id])
        work.notices.withdraw((NoticeKind.CONFLICT,), [version_id + 1])
        work.notices.withdraw((NoticeKind.CONFLICT,), [version_id], [stands])
        work.commit_passing()
    assert [one.cause for one in list_new(begin, "mori")] == [causes[1]]
    assert list_new(begin, "sato") == ()
    tell(begin, causes[0], "sato")
    assert len(list_new(begin, "sato")) == 1


def test_a_paper_is_told_once_for_each_claim(begin: Begin, version_id: int) -> None:
    with begin() as work:
        claims = [claim.id for claim in work.claims.list_claims(version_id)]
        for claim_id in (*claims, *claims):
            notify_retracted(work, version_id, claim_id, make_pmid(1), ("mori",), AT)
        notify_review_again(work, version_id, date(2026, 12, 1), ("mori",), AT)
        work.commit_passing()
    lines = join_lines(list_new(begin, "mori"))
    assert [(line.kind, len(line.ids), line.claim_id) for line in lines] == [
        (NoticeKind.REVIEW_AGAIN, 1, None),
        (NoticeKind.RETRACTED, 2, None),
    ]
    assert {one.cause.pmid for one in lines[1].notices} == {make_pmid(1)}
