"""A list of the queue as the database gives it is the one that all of its lines would make."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import KonkyoError
from claims.records.assessment import CitationJudgement, ClaimStatus, SupportGrade
from claims.records.claim import WordingRisk, WordingRule
from claims.records.people import User
from claims.records.queue import QueueOrder
from claims.records.retrieval import SearchStatus
from claims.records.review import ReviewClaim
from db.repositories import queue_lists
from db.unit_of_work import UnitOfWork
from reviewer.workflow import queueing
from reviewer.workflow.assigning import load_plan
from reviewer.workflow.queue_lists import FILTERS, QueueLine, QueueList, count_shown, list_lines
from reviewer.workflow.queueing import (
    count_open,
    find_ways,
    load_queue,
    load_selection,
    note_alike,
    read_lines,
)
from tests.databases import LENT, lend_database
from tests.examples import at_most
from tests.factories import make_article, make_audit_entry, make_claim, make_evidence, make_moment
from tests.persistence.test_tallies import STEPS
from tests.workflow.clinic import (
    DECLARED,
    EDITOR,
    JUDGE,
    TWO_REVIEWERS,
    A,
    B,
    C,
    Clinic,
    copy_clinic,
    open_clinic,
)

VIEWERS = (A, B, C, JUDGE, EDITOR)
# The third is about a number, the fourth has letters of full width and is risky, the last is as the first.
WORDS = (
    *("育毛剤は有効です。", "PRPで毛が増えます。", "12週で改善します。"),
    *("ＰＲＰは絶対に効きます。", "育毛剤は有効です"),
)
FOUND = st.sampled_from(("", "prp", "ＰＲＰ", "毛 prp", "2", "12", "9" * 20, "増", "ない"))
LISTS = st.builds(
    QueueList, st.sampled_from(sorted(FILTERS)), st.sampled_from([o.value for o in QueueOrder]), FOUND
)


def open_worded(open_work: Callable[[], UnitOfWork], _: int) -> Clinic:
    """A clinic of claims that differ in words, papers, levels and searches."""
    clinic = open_clinic(open_work)
    with open_work() as work:
        version = work.articles.add_version(make_article("\n".join(WORDS), title="語"), make_moment())
        start, ids = 0, []
        for number, words in enumerate(WORDS):
            risks = (WordingRisk(WordingRule.ABSOLUTE, "絶対", start + 4, start + 6),) if number == 3 else ()
            claim = replace(make_claim(words, start=start), wording_risks=risks)
            ids.append(work.claims.add_by_hand(version.id, claim).id)
            start += len(words) + 1
        for claim_id, found in zip(ids, ((1, 2), (3,), ()), strict=False):
            work.searches.record_evidence(claim_id, make_evidence(*found))
        work.commit(make_audit_entry())
    worded = Clinic(open_work, version.id, tuple(ids), clinic.minutes)
    worded.declare(*DECLARED)
    worded.assign(TWO_REVIEWERS)
    return worded


def read_all(work: UnitOfWork, version_id: int, viewer: User) -> tuple[QueueLine, ...]:
    claims = [one for one in work.claims.list_claims(version_id) if one.status is not ClaimStatus.DISMISSED]
    return note_alike(tuple(read_lines(work, claims, viewer, load_plan(work, version_id))))


@settings(max_examples=at_most(30), deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 4)), max_size=14),
    st.lists(LISTS, min_size=8, max_size=8),
    st.sampled_from(VIEWERS),
    st.integers(1, 4),
)
def test_a_list_is_what_all_lines_make(
    steps: list[tuple[str, int]], lists: list[QueueList], viewer: User, most: int
) -> None:
    clinic = copy_clinic(LENT, partial(UnitOfWork, lend_database()), len(WORDS), open_worded)
    for name, claim in steps:
        # A step that is refused changes nothing.
        with suppress(KonkyoError):
            STEPS[name](clinic, claim)
    with clinic.open_work() as work:
        version_id = max(work.tallies.list_versions())
        lines = read_all(work, version_id, viewer)
        assert count_open(work, version_id, viewer) == sum(line.is_open for line in lines)
        for asked in lists:
            check_list(work, version_id, viewer, asked, lines, most)


def check_list(
    work: UnitOfWork, version_id: int, viewer: User, asked: QueueList, lines: tuple[QueueLine, ...], most: int
) -> None:
    queue, expected = load_queue(work, version_id, viewer, asked, most), list_lines(lines, asked)
    assert queue.lines == expected[:most]
    assert (queue.listed, queue.count) == (len(expected), len(lines))
    assert queue.graded == sum(line.grade is not None for line in lines)
    assert queue.shown == count_shown(lines)
    assert queue.following == next((line.claim.id for line in expected if line.is_open), None)
    listed = tuple(line.claim for line in expected)
    odd = {line.claim.id for line in lines[::2]}
    selection = load_selection(work, version_id, viewer, asked, odd)
    assert selection.listed == (tuple(claim.id for claim in listed) if odd else ())
    assert selection.chosen == tuple(claim for claim in listed if claim.id in odd)
    plan = load_plan(work, version_id)
    for line in lines:
        kept = list_lines(lines, asked, keep=line.claim.id)
        assert find_ways(work, line.claim, viewer, asked, plan) == find_ways_among(kept, line.claim)


@pytest.mark.parametrize("find", ["です", "効", "増 prp", "12", "ない"])
@pytest.mark.parametrize("sort", [order.value for order in QueueOrder])
def test_of_what_is_found_by_words_no_more_is_counted_than_anybody_reads(
    worded: Clinic, monkeypatch: pytest.MonkeyPatch, find: str, sort: str
) -> None:
    for module in (queueing, queue_lists):
        monkeypatch.setattr(module, "MOST_COUNTED", 1)
    worded.grade(A, SupportGrade.OVERSTATED, claim=2)
    asked = QueueList(sort=sort, find=find)
    with worded.open_work() as work:
        lines = read_all(work, worded.version_id, A)
        expected = list_lines(lines, asked)
        queue = load_queue(work, worded.version_id, A, asked, 1)
        assert queue.lines == expected[:1]
        assert (queue.listed, queue.is_counted) == (min(len(expected), 2), len(expected) <= 2)
        for line in lines:
            kept = list_lines(lines, asked, keep=line.claim.id)
            ways = find_ways(work, line.claim, A, asked, load_plan(work, worded.version_id))
            assert ways == find_ways_among(kept, line.claim)


def find_ways_among(
    lines: tuple[QueueLine, ...], claim: ReviewClaim
) -> tuple[int | None, int | None, int | None]:
    ids = [None, *(line.claim.id for line in lines), None]
    at = ids.index(claim.id)
    waiting = next((line.claim.id for line in lines[at:] if line.is_open), None)
    return ids[at - 1], ids[at + 1], waiting


@pytest.fixture
def worded() -> Clinic:
    return copy_clinic(LENT, partial(UnitOfWork, lend_database()), len(WORDS), open_worded)


def see(clinic: Clinic, viewer: User, asked: QueueList) -> list[int]:
    with clinic.open_work() as work:
        lines = load_queue(work, clinic.version_id, viewer, asked).lines
        return [clinic.claim_ids.index(line.claim.id) for line in lines]


def test_words_are_found_whatever_their_case_and_width_and_a_number_is_the_claims_too(worded: Clinic) -> None:
    assert see(worded, A, QueueList(find="prp")) == see(worded, A, QueueList(find="ＰＲＰ")) == [1, 3]
    assert see(worded, A, QueueList(find="prp 毛")) == [1]
    assert see(worded, A, QueueList(find="2")) == [1, 2]


def test_each_order_has_its_own(worded: Clinic) -> None:
    worded.judge(A, CitationJudgement.REFUTING, 3, claim=1)
    worded.grade(A, SupportGrade.CONTRADICTED, claim=1)
    assert see(worded, A, QueueList(sort="worst")) == [1, 2, 0, 3, 4]
    assert see(worded, B, QueueList(sort="worst")) == [2, 0, 1, 3, 4]
    assert see(worded, A, QueueList(sort="papers")) == [0, 1, 2, 3, 4]
    assert see(worded, A, QueueList("nothing")) == [2]
    assert see(worded, A, QueueList("risk")) == [3]
    assert see(worded, A, QueueList("repeated")) == [0, 4]
    assert see(worded, A, QueueList(sort="alike")) == [0, 4, 1, 2, 3]


@pytest.mark.parametrize("step", ["dismissed", "retyped"])
def test_a_claim_repeats_none_that_is_dismissed_or_of_another_type(worded: Clinic, step: str) -> None:
    STEPS[step](worded, 4)
    assert see(worded, A, QueueList("repeated")) == []
    with worded.open_work() as work:
        assert work.queues.load_alike(worded.version_id, worded.claim_ids) == {}


def test_a_claim_that_is_being_searched_counts_as_such(worded: Clinic) -> None:
    claim_id = worded.claim_ids[2]
    with worded.open_work() as work:
        work.searches.begin([claim_id], "1", "somebody", 30)
        work.commit(make_audit_entry())
        assert load_queue(work, worded.version_id, A).lines[2].search_status is SearchStatus.RUNNING
        assert load_queue(work, worded.version_id, A, QueueList("nothing")).lines == ()
    with worded.open_work() as work:
        work.searches.abandon([claim_id], "somebody")
        work.commit(make_audit_entry())
    assert see(worded, A, QueueList("nothing")) == [2]


def test_a_graded_claim_waits_again_for_what_another_attached(worded: Clinic) -> None:
    worded.grade(A, SupportGrade.OVERSTATED, "理由", claim=1)
    assert see(worded, A, QueueList("open")) == [0, 2, 3, 4]
    worded.judge(B, CitationJudgement.SUPPORTING, 3, claim=1)
    assert see(worded, A, QueueList("open")) == [0, 1, 2, 3, 4]
    with worded.open_work() as work:
        assert all(line.is_open for line in read_all(work, worded.version_id, A))


def test_a_judgement_of_another_claim_judges_nothing_of_this_one(worded: Clinic) -> None:
    """Both grade one claim and the other; what is attached to the first was judged by the first grader
    nowhere, though they judged the same record there."""
    for claim in (0, 1):
        worded.grade(A, SupportGrade.OVERSTATED, "理由", claim=claim)
    worded.judge(B, CitationJudgement.SUPPORTING, 1, claim=0)
    with worded.open_work() as work:
        work.searches.add_evidence(worded.claim_ids[1], make_evidence(1))
        work.commit(make_audit_entry())
    worded.judge(A, CitationJudgement.SUPPORTING, 1, claim=1)
    assert see(worded, A, QueueList("open")) == [0, 2, 3, 4]
    with worded.open_work() as work:
        assert work.tallies.recount(worded.version_id) == 0
