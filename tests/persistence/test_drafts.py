"""Drafts: one a person and claim, written over, gone once they are given, and in no trail."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from claims.records.draft import Draft
from claims.records.flag import AnswerKind
from db.unit_of_work import UnitOfWork
from tests.factories import make_article, make_audit_entry, make_extraction, make_moment

Begin = Callable[[], UnitOfWork]


@pytest.fixture
def claim_id(begin: Begin) -> int:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        (claim,) = work.claims.add_extraction(version.id, make_extraction(1))
        work.commit(make_audit_entry())
    return claim.id


def keep(begin: Begin, claim_id: int, text: str, given_before: int = 0, name: str = "a") -> bool:
    with begin() as work:
        kept = work.drafts.keep(Draft(claim_id, name, text, given_before), make_moment())
        work.commit_draft()
    return kept


def give(begin: Begin, claim_id: int, name: str = "a") -> None:
    with begin() as work:
        work.drafts.give(claim_id, name, make_moment())
        work.commit_draft()


def load(begin: Begin, claim_id: int, name: str = "a") -> str | None:
    with begin() as work:
        return work.drafts.load(claim_id, name).text


def test_a_draft_is_each_persons_own_and_the_last_one_counts(begin: Begin, claim_id: int) -> None:
    assert keep(begin, claim_id, "はじめ")
    assert keep(begin, claim_id, "other", name="b")
    assert keep(begin, claim_id, "p < 0.05 <b>")
    assert load(begin, claim_id) == "p < 0.05 <b>"
    assert load(begin, claim_id, "b") == "other"
    assert load(begin, claim_id, "c") is None


def test_a_draft_leaves_no_trace_in_the_trail(begin: Begin, claim_id: int) -> None:
    with begin() as work:
        before = work.audit.count_entries(100)
    keep(begin, claim_id, "はじめ")
    give(begin, claim_id)
    assert load(begin, claim_id) is None
    with begin() as work:
        assert work.audit.count_entries(100) == before


@pytest.mark.parametrize("was_kept", [True, False])
def test_a_draft_that_comes_after_its_comment_was_given_does_not_come_back(
    begin: Begin, claim_id: int, was_kept: bool
) -> None:
    if was_kept:
        keep(begin, claim_id, "half")
    give(begin, claim_id)
    assert not keep(begin, claim_id, "half a thought")
    assert load(begin, claim_id) is None
    with begin() as work:
        given = work.drafts.load(claim_id, "a").given_before
    assert keep(begin, claim_id, "the next one", given)
    assert load(begin, claim_id) == "the next one"
    assert keep(begin, claim_id, "other", name="b"), "another's comment was not given"


def test_a_comment_that_is_given_as_its_draft_arrives_is_given_once_and_for_all(
    begin: Begin, claim_id: int
) -> None:
    """On two connections at once, whichever is first."""
    with ThreadPoolExecutor(2) as pool:
        for given_before in range(20):
            keep(begin, claim_id, "half", given_before)
            together = Barrier(2)

            def late(together: Barrier = together, given_before: int = given_before) -> bool:
                together.wait()
                return keep(begin, claim_id, "half a thought", given_before)

            def settle(together: Barrier = together) -> None:
                together.wait()
                give(begin, claim_id)

            arrived, settled = pool.submit(late), pool.submit(settle)
            settled.result()
            arrived.result()
            assert load(begin, claim_id) is None


def test_the_characters_of_a_persons_drafts_are_counted_besides_one(begin: Begin, claim_id: int) -> None:
    keep(begin, claim_id, "四文字だ")
    keep(begin, claim_id, "another's", name="b")
    with begin() as work:
        assert work.drafts.count_characters("a", besides=claim_id) == 0
        assert work.drafts.count_characters("a", besides=0) == 4
        assert work.drafts.count_characters("nobody", besides=0) == 0


def test_each_field_of_a_claim_has_its_own_draft_under_the_longest_name(begin: Begin, claim_id: int) -> None:
    longest = "n" * 64
    with begin() as work:
        for minutes, field in enumerate((None, AnswerKind.DISPUTE, AnswerKind.REWRITE)):
            draft = Draft(claim_id, longest, f"in {field}", field=field)
            assert work.drafts.keep(draft, make_moment(minutes))
        work.commit_draft()
    with begin() as work:
        assert work.drafts.load(claim_id, longest).text == "in None"
        found = work.drafts.load_fields(claim_id, longest)
        assert [(draft.field, draft.text) for draft in found] == [
            (AnswerKind.REWRITE, "in rewrite"),
            (AnswerKind.DISPUTE, "in dispute"),
        ]
        assert work.drafts.load_fields(claim_id, longest[1:]) == ()
        whole = sum(len(draft.text or "") for draft in found) + len("in None")
        assert work.drafts.count_characters(longest, 0) == whole
        assert work.drafts.count_characters(longest, claim_id, AnswerKind.REWRITE) == whole - len(
            "in rewrite"
        )
