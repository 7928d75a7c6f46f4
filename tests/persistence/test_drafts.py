"""Drafts: one a person and claim, written over, gone when removed, and in no trail."""

from __future__ import annotations

from collections.abc import Callable

from claims.records.draft import Draft
from db.unit_of_work import UnitOfWork
from tests.factories import make_article, make_audit_entry, make_extraction, make_moment


def store_claim(open_work: Callable[[], UnitOfWork]) -> int:
    with open_work() as work:
        version = work.articles.add_version(make_article(), make_moment())
        (claim,) = work.claims.add_extraction(version.id, make_extraction(1))
        work.commit(make_audit_entry())
    return claim.id


def keep(open_work: Callable[[], UnitOfWork], draft: Draft) -> None:
    with open_work() as work:
        work.drafts.keep(draft)
        work.commit_draft()


def find(open_work: Callable[[], UnitOfWork], claim_id: int, name: str) -> str | None:
    with open_work() as work:
        draft = work.drafts.find(claim_id, name)
    return None if draft is None else draft.text


def test_a_draft_is_each_persons_own_and_the_last_one_counts(open_work: Callable[[], UnitOfWork]) -> None:
    claim_id = store_claim(open_work)
    keep(open_work, Draft(claim_id, "a", "はじめ", make_moment(1)))
    keep(open_work, Draft(claim_id, "b", "other", make_moment(2)))
    keep(open_work, Draft(claim_id, "a", "p < 0.05 <b>", make_moment(3)))
    assert find(open_work, claim_id, "a") == "p < 0.05 <b>"
    assert find(open_work, claim_id, "b") == "other"
    assert find(open_work, claim_id, "c") is None


def test_a_draft_leaves_no_trace_in_the_trail(open_work: Callable[[], UnitOfWork]) -> None:
    claim_id = store_claim(open_work)
    with open_work() as work:
        before = work.audit.count_entries()
    keep(open_work, Draft(claim_id, "a", "はじめ", make_moment(1)))
    with open_work() as work:
        work.drafts.remove(claim_id, "a")
        work.commit_draft()
    assert find(open_work, claim_id, "a") is None
    with open_work() as work:
        assert work.audit.count_entries() == before
