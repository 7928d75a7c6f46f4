"""What a search says of a claim, and what of an earlier one stays beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.finding import ClaimEvidence, Finding
from claims.records.retrieval import Rung, SearchRun, SearchStatus, Unsearchable
from tests.factories import make_evidence, make_finding, make_pmid, make_run

FOUND, NOTHING, FAILED = SearchStatus.FOUND, SearchStatus.NOTHING_FOUND, SearchStatus.FAILED
FAILURE = make_run(FAILED)
LOSS = replace(make_run(FOUND), warnings=("RecordMissing: 9000000001",))

RELATED, ON_TOPIC = replace(make_finding(1), on_topic=False), make_finding(2)

ELSEWHERE = make_evidence(runs=())
ELSEWHERE = replace(ELSEWHERE, plan=replace(ELSEWHERE.plan, not_searchable=Unsearchable.PRICE))


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        (make_evidence(1), FOUND),
        (make_evidence(1, runs=(make_run(FOUND), FAILURE)), FOUND),
        (replace(make_evidence(), findings=(RELATED,)), SearchStatus.RELATED_ONLY),
        (replace(make_evidence(), findings=(ON_TOPIC, RELATED)), FOUND),
        (replace(make_evidence(runs=(make_run(FOUND), FAILURE)), findings=(RELATED,)), FAILED),
        (replace(make_evidence(runs=(LOSS,)), findings=(RELATED,)), FAILED),
        (make_evidence(), NOTHING),
        (make_evidence(runs=(make_run(NOTHING), make_run(NOTHING))), NOTHING),
        (make_evidence(runs=(make_run(FOUND),)), NOTHING),
        (make_evidence(runs=(make_run(NOTHING), FAILURE)), FAILED),
        (make_evidence(runs=(FAILURE,)), FAILED),
        (make_evidence(runs=(make_run(SearchStatus.RUNNING),)), SearchStatus.RUNNING),
        (make_evidence(runs=()), SearchStatus.NOT_SEARCHED),
        (ELSEWHERE, SearchStatus.NOT_SEARCHABLE),
        (replace(ELSEWHERE, runs=(make_run(NOTHING),)), NOTHING),
    ],
)
def test_a_failure_never_reads_as_nothing_found(evidence: ClaimEvidence, status: SearchStatus) -> None:
    assert evidence.status is status


@pytest.mark.parametrize(
    ("stands", "before", "status"),
    [
        ((), NOTHING, NOTHING),
        ((1,), NOTHING, FOUND),
        ((), FAILED, FAILED),
        ((1,), FAILED, FAILED),
        ((), SearchStatus.NOT_SEARCHABLE, SearchStatus.NOT_SEARCHABLE),
    ],
)
def test_a_query_beside_that_finds_nothing_makes_up_for_no_search_that_failed(
    stands: tuple[int, ...], before: SearchStatus, status: SearchStatus
) -> None:
    standing = [make_finding(number) for number in stands]
    assert make_evidence().tell_status_beside(standing, before) is status
    assert make_evidence(2).tell_status_beside(standing, before) is FOUND


@pytest.mark.parametrize(
    ("standing", "before", "status"),
    [
        ((), NOTHING, SearchStatus.RELATED_ONLY),
        ((RELATED,), NOTHING, SearchStatus.RELATED_ONLY),
        ((ON_TOPIC,), NOTHING, FOUND),
        ((RELATED,), FAILED, FAILED),
        ((RELATED,), SearchStatus.NOT_SEARCHABLE, SearchStatus.NOT_SEARCHABLE),
    ],
)
def test_what_is_related_only_makes_no_claim_found(
    standing: tuple[Finding, ...], before: SearchStatus, status: SearchStatus
) -> None:
    evidence = replace(make_evidence(), findings=(RELATED,))
    assert evidence.tell_status_beside(standing, before) is status


def test_what_is_related_only_stands_where_nothing_new_is_found() -> None:
    assert make_evidence().tell_status_beside((RELATED,), NOTHING) is SearchStatus.RELATED_ONLY


def test_a_whole_search_makes_up_for_one_that_failed_and_is_told_with_what_stays() -> None:
    assert make_evidence().tell_status_beside((ON_TOPIC,)) is FOUND
    assert make_evidence().tell_status_beside(()) is NOTHING
    assert make_evidence(runs=(FAILURE,)).tell_status_beside((ON_TOPIC,)) is FAILED


def test_what_a_person_named_is_on_topic_from_then_on() -> None:
    named = replace(make_evidence(), findings=(replace(ON_TOPIC, pmid=RELATED.pmid, rung=Rung.BY_HAND),))
    (after,) = named.add_to((RELATED,))
    assert (after.pmid, after.on_topic, after.rung, after.rank) == (RELATED.pmid, True, Rung.BY_HAND, 1)
    measured = replace(make_evidence(), findings=(replace(RELATED, rung=Rung.SYSTEMATIC),))
    assert measured.add_to((RELATED, make_finding(3))) == (RELATED, replace(make_finding(3), rank=2))


def test_no_later_search_takes_a_persons_word_back() -> None:
    by_hand = replace(ON_TOPIC, rung=Rung.BY_HAND)
    again = replace(make_evidence(), findings=(make_finding(7), replace(ON_TOPIC, rank=2, on_topic=False)))
    first, second = again.keep_named((by_hand,)).findings
    assert (second.pmid, second.on_topic, second.rung) == (ON_TOPIC.pmid, True, Rung.BY_HAND)
    assert [first.rank, second.rank] == [1, 2]
    assert again.keep_named((ON_TOPIC,)) == again


def test_what_people_judged_or_asked_for_stays_behind_what_is_new() -> None:
    asked = (Rung.BY_HAND, Rung.SYSTEMATIC, Rung.RANDOMISED)
    former = [make_finding(1), make_finding(2), make_finding(3)]
    former += [make_finding(number, rung=rung) for number, rung in enumerate(asked, start=4)]
    stays = make_evidence(9, 3).keep_former(former, {make_pmid(2), make_pmid(3)})
    assert [(finding.pmid, finding.rank) for finding in stays] == [
        (make_pmid(2), 3),
        (make_pmid(4), 4),
        (make_pmid(5), 5),
        (make_pmid(6), 6),
    ]


@pytest.mark.parametrize("runs", [(), (FAILURE,), (make_run(FOUND), FAILURE), (LOSS,)])
def test_a_search_without_all_its_answers_keeps_all_that_stood(runs: tuple[SearchRun, ...]) -> None:
    former = [make_finding(1), make_finding(2)]
    assert [one.pmid for one in make_evidence(runs=runs).keep_former(former, ())] == [
        make_pmid(1),
        make_pmid(2),
    ]
