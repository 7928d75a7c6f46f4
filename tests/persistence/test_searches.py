from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import Engine

from claims.errors import NotFound, VersionConflict
from claims.records.assessment import CitationJudgement
from claims.records.finding import ClaimEvidence, Finding
from claims.records.retrieval import Rung, SearchStatus
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from tests.factories import (
    make_article,
    make_audit_entry,
    make_evidence,
    make_extraction,
    make_finding,
    make_judgement,
    make_moment,
    make_plan,
    make_pmid,
    make_run,
)
from tests.persistence.counting import count_statements

Begin = Callable[[], UnitOfWork]
FOUND, NOTHING, FAILED = SearchStatus.FOUND, SearchStatus.NOTHING_FOUND, SearchStatus.FAILED
FAILURE = make_run(FAILED)


@pytest.fixture
def claims(begin: Begin) -> tuple[ReviewClaim, ...]:
    """Two claims, not yet searched."""
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        stored = work.claims.add_extraction(version.id, make_extraction(claims=2))
        work.commit(make_audit_entry())
    return stored


def record(begin: Begin, claim: ReviewClaim, *searches: ClaimEvidence, owner: str = "") -> None:
    with begin() as work:
        for evidence in searches:
            work.searches.record_evidence(claim.id, evidence, owner)
        work.commit(make_audit_entry())


def list_pmids(begin: Begin, claim: ReviewClaim) -> list[str]:
    with begin() as work:
        findings = work.searches.load_findings([claim.id])[claim.id]
    assert [finding.rank for finding in findings] == list(range(1, len(findings) + 1))
    return [finding.pmid for finding in findings]


def test_a_search_comes_back_whole(begin: Begin, claims: tuple[ReviewClaim, ...]) -> None:
    evidence = make_evidence(3, 1, 2)
    record(begin, claims[0], evidence)
    ids = [claim.id for claim in claims]
    with begin() as work:
        assert work.searches.load_findings(ids) == {ids[0]: evidence.findings, ids[1]: ()}
        assert work.searches.load_runs(ids) == {ids[0]: evidence.runs, ids[1]: ()}
        assert work.searches.load_plans(ids) == {ids[0]: make_plan()}
        assert len(work.citations.load(citation.pmid for citation in evidence.citations)) == 3


def test_every_search_stays_in_the_log_and_the_latest_findings_stand(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    record(begin, claims[0], make_evidence(1, 2), make_evidence(2, 3))
    assert list_pmids(begin, claims[0]) == [make_pmid(2), make_pmid(3)]
    with begin() as work:
        assert len(work.searches.load_runs([claims[0].id])[claims[0].id]) == 2


def test_a_citation_that_a_person_judged_outlives_the_next_search(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    record(begin, claims[0], make_evidence(1, 2, 3))
    with begin() as work:
        work.assessments.add_judgement(claims[0].id, make_judgement(2))
        work.commit(make_audit_entry())
    record(begin, claims[0], make_evidence(4, 5))
    assert list_pmids(begin, claims[0]) == [make_pmid(4), make_pmid(5), make_pmid(2)]
    record(begin, claims[0], make_evidence(6, 2))
    assert list_pmids(begin, claims[0]) == [make_pmid(6), make_pmid(2)]


def test_a_judgement_under_another_claim_keeps_nothing_here(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    record(begin, claims[0], make_evidence(1))
    record(begin, claims[1], make_evidence(1))
    with begin() as work:
        work.assessments.add_judgement(claims[1].id, make_judgement(1))
        work.commit(make_audit_entry())
    record(begin, claims[0], make_evidence())
    assert list_pmids(begin, claims[0]) == []
    assert list_pmids(begin, claims[1]) == [make_pmid(1)]


def test_a_citation_brought_by_hand_comes_last_and_outlives_the_next_search(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    record(begin, claims[0], make_evidence(1))
    finding = make_finding(7, rung=Rung.BY_HAND)
    by_hand = replace(make_evidence(7), findings=(finding,))
    with begin() as work:
        work.searches.add_evidence(claims[0].id, by_hand)
        work.searches.add_evidence(claims[0].id, by_hand)
        stands = work.searches.load_findings([claims[0].id])[claims[0].id]
        work.commit(make_audit_entry())
    assert stands[1:] == (replace(finding, rank=2),)
    record(begin, claims[0], make_evidence(2, 3))
    assert list_pmids(begin, claims[0]) == [make_pmid(2), make_pmid(3), make_pmid(7)]


@pytest.mark.parametrize(
    "broken",
    [
        make_evidence(runs=(FAILURE,)),
        make_evidence(runs=(make_run(NOTHING), FAILURE)),
        make_evidence(runs=()),
    ],
)
def test_a_search_without_all_its_answers_takes_nothing_away(
    begin: Begin, claims: tuple[ReviewClaim, ...], broken: ClaimEvidence
) -> None:
    record(begin, claims[0], make_evidence(1, 2), broken)
    assert list_pmids(begin, claims[0]) == [make_pmid(1), make_pmid(2)]


def test_a_search_that_failed_in_part_adds_what_it_found(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    record(begin, claims[0], make_evidence(1, 2), make_evidence(3, 1, runs=(make_run(FOUND), FAILURE)))
    assert list_pmids(begin, claims[0]) == [make_pmid(3), make_pmid(1), make_pmid(2)]


def test_the_status_of_a_claim_is_that_of_its_latest_search(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    ids = [claim.id for claim in claims]
    for evidence, status in [
        (make_evidence(runs=(FAILURE,)), FAILED),
        (make_evidence(1), FOUND),
        (make_evidence(runs=(FAILURE,)), FAILED),
        (make_evidence(), NOTHING),
    ]:
        record(begin, claims[0], evidence)
        with begin() as work:
            assert work.searches.load_status(ids) == {ids[0]: status, ids[1]: SearchStatus.NOT_SEARCHED}


def test_a_search_of_a_claim_that_does_not_exist_is_refused(begin: Begin) -> None:
    with begin() as work:
        with pytest.raises(NotFound, match="claim_not_found"):
            work.searches.record_evidence(404, make_evidence(1))
        with pytest.raises(NotFound, match="claim_not_found"):
            work.searches.add_evidence(404, make_evidence(1))


@pytest.mark.parametrize("searched", [1, 40])
def test_loading_takes_one_query_a_call_however_many_claims(
    engine: Engine, begin: Begin, searched: int
) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        stored = work.claims.add_extraction(version.id, make_extraction(claims=searched))
        for claim in stored:
            work.searches.record_evidence(claim.id, make_evidence(1, 2, 3))
        work.commit(make_audit_entry())
    ids = [claim.id for claim in stored]
    with begin() as work, count_statements(engine) as sent:
        work.searches.load_findings(ids)
        work.searches.load_runs(ids)
        work.searches.load_status(ids)
        work.searches.load_plans(ids)
    assert len(sent) == 4


@pytest.mark.parametrize("found", [1, 50])
def test_recording_takes_as_many_queries_for_many_findings_as_for_one(
    engine: Engine, begin: Begin, claims: tuple[ReviewClaim, ...], found: int
) -> None:
    with begin() as work, count_statements(engine) as sent:
        work.searches.record_evidence(claims[0].id, make_evidence(*range(1, found + 1)))
    assert len(sent) == 11


def begin_search(
    begin: Begin, *claims: ReviewClaim, owner: str = "", seconds: float = 60.0
) -> frozenset[int]:
    with begin() as work:
        begun = work.searches.begin([claim.id for claim in claims], "sample-lexicon-1", owner, seconds)
        work.commit(make_audit_entry())
    return begun


def list_leased(begin: Begin, *claims: ReviewClaim) -> frozenset[int]:
    with begin() as work:
        return work.searches.load_leased([claim.id for claim in claims])


def test_a_claim_is_searched_by_one_at_a_time(begin: Begin, claims: tuple[ReviewClaim, ...]) -> None:
    first, second = (claim.id for claim in claims)
    assert begin_search(begin, claims[0], owner="one") == {first}
    assert begin_search(begin, *claims, owner="two") == {second}
    assert list_leased(begin, *claims) == {first, second}
    record(begin, claims[0], make_evidence(1), owner="one")
    assert list_leased(begin, *claims) == {second}


def test_of_many_who_begin_at_once_each_claim_is_searched_by_one(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    together = Barrier(6)

    def start(number: int) -> frozenset[int]:
        together.wait()
        return begin_search(begin, *claims, owner=f"process {number}")

    with ThreadPoolExecutor(6) as pool:
        begun = [claim_id for taken in pool.map(start, range(6)) for claim_id in taken]
    assert sorted(begun) == sorted(claim.id for claim in claims)


def test_a_search_whose_lease_is_over_is_taken_up_by_the_next(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    begin_search(begin, claims[0], owner="died", seconds=-1.0)
    assert list_leased(begin, *claims) == frozenset()
    assert begin_search(begin, claims[0], owner="next") == {claims[0].id}
    with begin() as work:
        work.searches.abandon([claims[0].id], "died")
        work.commit(make_audit_entry())
    assert list_leased(begin, *claims) == {claims[0].id}


@pytest.mark.parametrize("ended", [False, True])
def test_a_search_that_was_taken_over_records_nothing_whether_the_other_has_ended_or_not(
    begin: Begin, claims: tuple[ReviewClaim, ...], ended: bool
) -> None:
    begin_search(begin, claims[0], owner="stopped", seconds=-1.0)
    begin_search(begin, claims[0], owner="next")
    if ended:
        record(begin, claims[0], make_evidence(1), owner="next")
    with pytest.raises(VersionConflict) as refused:
        record(begin, claims[0], make_evidence(2, 3), owner="stopped")
    assert refused.value.code == "search_taken_over"
    assert list_pmids(begin, claims[0]) == ([make_pmid(1)] if ended else [])
    assert list_leased(begin, claims[0]) == (frozenset() if ended else {claims[0].id})


def test_a_search_that_stood_still_and_was_not_taken_over_is_recorded(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    begin_search(begin, claims[0], owner="stopped", seconds=-1.0)
    record(begin, claims[0], make_evidence(2), owner="stopped")
    assert list_pmids(begin, claims[0]) == [make_pmid(2)]


def test_a_renewed_lease_lasts(begin: Begin, claims: tuple[ReviewClaim, ...]) -> None:
    begin_search(begin, claims[0], owner="one", seconds=-1.0)
    begin_search(begin, claims[1], owner="two", seconds=-1.0)
    with begin() as work:
        work.searches.renew("one", 60.0)
        work.commit_passing()
    assert list_leased(begin, *claims) == {claims[0].id}


def test_what_a_person_searched_beside_a_running_search_leaves_it_running(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    begin_search(begin, claims[0], owner="one")
    with begin() as work:
        work.searches.add_evidence(claims[0].id, make_evidence(7))
        work.commit(make_audit_entry())
    assert list_leased(begin, *claims) == {claims[0].id}
    record(begin, claims[0], make_evidence(1), owner="one")
    with begin() as work:
        assert work.searches.load_status([claims[0].id]) == {claims[0].id: FOUND}


def test_a_search_is_running_until_it_is_recorded_and_its_plan_is_not_known_before(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    ids = [claim.id for claim in claims]
    record(begin, claims[0], make_evidence(1))
    begin_search(begin, *claims)
    begin_search(begin, *claims)
    with begin() as work:
        assert work.searches.load_status(ids) == dict.fromkeys(ids, SearchStatus.RUNNING)
        assert work.searches.load_plans(ids) == {ids[0]: make_plan()}
    for claim in claims:
        record(begin, claim, make_evidence(2))
    with begin() as work:
        assert work.searches.load_status(ids) == dict.fromkeys(ids, FOUND)
        assert [len(runs) for runs in work.searches.load_runs(ids).values()] == [2, 1]


def test_an_abandoned_search_leaves_the_claim_as_it_stood(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    ids = [claim.id for claim in claims]
    record(begin, claims[0], make_evidence())
    begin_search(begin, *claims)
    with begin() as work:
        work.searches.abandon(ids, "")
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.searches.load_status(ids) == {ids[0]: NOTHING, ids[1]: SearchStatus.NOT_SEARCHED}


def test_what_a_person_searched_for_comes_after_what_stands_and_outlives_the_next_search(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    record(begin, claims[0], make_evidence(1, 2))
    asked = make_evidence(2, 7, 8, runs=(make_run(FOUND, rung=Rung.SYSTEMATIC),))
    asked = replace(
        asked, findings=tuple(replace(finding, rung=Rung.SYSTEMATIC) for finding in asked.findings)
    )
    with begin() as work:
        work.searches.add_evidence(claims[0].id, asked)
        work.commit(make_audit_entry())
    assert list_pmids(begin, claims[0]) == [make_pmid(n) for n in (1, 2, 7, 8)]
    record(begin, claims[0], make_evidence(3))
    assert list_pmids(begin, claims[0]) == [make_pmid(n) for n in (3, 7, 8)]


@pytest.mark.parametrize(
    ("standing", "asked", "status"),
    [
        (make_evidence(1), make_evidence(), FOUND),
        (make_evidence(), make_evidence(), NOTHING),
        (make_evidence(), make_evidence(1), FOUND),
        (make_evidence(1), make_evidence(runs=(FAILURE,)), FAILED),
    ],
)
def test_a_search_beside_the_others_says_nothing_found_only_where_nothing_stands(
    begin: Begin,
    claims: tuple[ReviewClaim, ...],
    standing: ClaimEvidence,
    asked: ClaimEvidence,
    status: SearchStatus,
) -> None:
    record(begin, claims[0], standing)
    with begin() as work:
        work.searches.add_evidence(claims[0].id, asked)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.searches.load_status([claims[0].id]) == {claims[0].id: status}


def related(number: int, rank: int = 1) -> Finding:
    return replace(make_finding(number, rank=rank), on_topic=False)


def test_a_record_that_a_person_names_becomes_evidence_although_it_stood_as_related(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    record(begin, claims[0], replace(make_evidence(1), findings=(related(1),)))
    named = replace(make_evidence(1), findings=(make_finding(1, rung=Rung.BY_HAND),))
    with begin() as work:
        work.searches.add_evidence(claims[0].id, named)
        work.commit(make_audit_entry())
    record(begin, claims[0], replace(make_evidence(1), findings=(related(1),)))
    with begin() as work:
        (finding,) = work.searches.load_findings([claims[0].id])[claims[0].id]
        assert (finding.on_topic, finding.rung) == (True, Rung.BY_HAND)
        assert work.searches.load_status([claims[0].id]) == {claims[0].id: FOUND}


def test_a_paper_that_stays_because_it_was_judged_makes_no_claim_found(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    record(begin, claims[0], make_evidence(1))
    with begin() as work:
        work.assessments.add_judgement(claims[0].id, make_judgement(1, CitationJudgement.NOT_RELEVANT))
        work.commit(make_audit_entry())
    record(begin, claims[0], make_evidence())
    assert list_pmids(begin, claims[0]) == [make_pmid(1)]
    with begin() as work:
        assert work.searches.load_status([claims[0].id]) == {claims[0].id: NOTHING}


def test_of_two_claims_that_become_one_the_reading_on_topic_stands(
    begin: Begin, claims: tuple[ReviewClaim, ...]
) -> None:
    first, second = claims
    record(begin, first, replace(make_evidence(1, 2), findings=(related(1), make_finding(2, rank=2))))
    with begin() as work:
        version = work.articles.add_version(make_article("Another."), make_moment())
        (heir,) = work.claims.add_extraction(version.id, make_extraction(claims=1))
        record_on = replace(make_evidence(3, 1), findings=(make_finding(3), make_finding(1, rank=2)))
        work.searches.record_evidence(second.id, record_on)
        work.searches.carry_findings({heir.id: [first.id, second.id]})
        carried = work.searches.load_findings([heir.id])[heir.id]
    assert {(finding.pmid, finding.on_topic) for finding in carried} == {
        (make_pmid(number), True) for number in (1, 2, 3)
    }
