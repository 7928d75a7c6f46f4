"""Whether another search could bring more: what was lost, what was not answered, what is refused for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.retrieval import SearchRun, SearchStatus
from reviewer.rules.completeness import Lost, find_lost, is_complete, list_standing, list_unanswered
from tests.factories import make_finding, make_pmid, make_run

MISSING = f"RecordMissing: {make_pmid(2)}"


def run(search: int, query: str = "q", *, beside: bool = False, losses: tuple[str, ...] = ()) -> SearchRun:
    return replace(make_run(), query=query, search_id=search, beside=beside, warnings=losses)


def failed(search: int, failure: str, *, beside: bool = False) -> SearchRun:
    return replace(make_run(SearchStatus.FAILED, failure=failure), search_id=search, beside=beside)


def test_a_claim_rests_on_its_latest_whole_search_and_on_those_beside_it() -> None:
    first, beside, second, third = run(1, "a"), run(2, "b", beside=True), run(3, "a"), run(3, "c")
    assert list_standing((first, beside, second, third)) == (beside, second, third)
    assert [standing.search_id for standing in list_standing((first, run(4, "a", beside=True)))] == [4]
    assert list_standing((beside,)) == (beside,)
    assert list_standing(()) == ()


def test_a_record_that_came_by_another_search_is_not_lost() -> None:
    runs = (run(1, losses=(MISSING, "PhraseNotFound: sample")),)
    assert find_lost(runs, [make_finding(1)]) == Lost((MISSING,), repeated=False)
    assert find_lost(runs, [make_finding(2)]) == Lost()


def test_what_a_loss_says_behind_the_number_of_its_record_does_not_hide_it() -> None:
    unread = f"RecordMissing: {make_pmid(2)} (answer: no such record)"
    assert find_lost((run(1, losses=(unread,)),), [make_finding(2)]) == Lost()


def test_what_two_searches_lost_is_told_once() -> None:
    runs = (run(1, "a", losses=(MISSING,)), run(1, "b", losses=(MISSING,)))
    assert find_lost(runs, []).warnings == (MISSING,)


def test_a_loss_is_repeated_where_the_same_query_lost_the_same_in_an_earlier_search() -> None:
    other = f"RecordMissing: {make_pmid(3)}"
    again = run(2, losses=(MISSING,))
    assert find_lost((run(1, losses=(other, MISSING)), again), []).repeated
    for earlier in (
        run(1, losses=(other,)),
        run(1, "another", losses=(MISSING,)),
        run(2, "q", losses=(MISSING,)),
        run(3, "q", beside=True),
    ):
        assert not find_lost((earlier, again), []).repeated
    both = run(2, losses=(MISSING, other))
    assert not find_lost((run(1, losses=(MISSING,)), both), []).repeated


@pytest.mark.parametrize("failure", ["source_timeout", "source_unreachable", "source_query_gone"])
def test_a_search_that_got_no_answer_is_to_be_asked_again(failure: str) -> None:
    unanswered = failed(1, failure)
    assert list_unanswered((unanswered,)) == (unanswered,)
    assert not is_complete((unanswered,), [])


@pytest.mark.parametrize("failure", ["query_unbalanced", "query_too_long", "source_refused_query"])
def test_a_query_that_is_refused_for_its_words_is_not_asked_again(failure: str) -> None:
    refused = failed(1, failure)
    assert list_unanswered((refused,)) == ()
    assert is_complete((refused,), [])


def test_only_failed_runs_of_the_whole_search_are_unanswered() -> None:
    beside = failed(2, "source_timeout", beside=True)
    lost = replace(failed(1, "source_timeout"), query="lost", warnings=(MISSING,))
    assert list_unanswered((run(1), beside, lost)) == ()


def test_a_search_is_complete_when_all_that_it_found_came() -> None:
    lost = run(1, losses=(MISSING,))
    assert is_complete((run(1),), [])
    assert not is_complete((lost,), [])
    assert is_complete((lost,), [make_finding(2)])
    assert is_complete((run(1), replace(lost, search_id=2, beside=True)), [])
