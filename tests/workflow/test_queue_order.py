"""The queue, worst first: by the grade that the viewer may know, else by what the search found."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import pytest

from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.people import User
from claims.records.retrieval import SearchStatus
from reviewer.workflow.queue_lists import WHOLE, QueueLine, QueueList, list_lines
from reviewer.workflow.queueing import Queue, load_queue
from tests.factories import make_assessment, make_audit_entry, make_evidence
from tests.workflow.clinic import EDITOR, TWO_REVIEWERS, A, B, Clinic

WORST = QueueList(sort="worst")


def see_queue(clinic: Clinic, who: User, asked: QueueList = WHOLE) -> Queue:
    with clinic.open_work() as work:
        return load_queue(work, clinic.version_id, who, asked)


def test_a_low_grade_goes_before_a_high_one_and_both_before_what_nobody_knows(clinic: Clinic) -> None:
    clinic.judge(A, CitationJudgement.REFUTING, claim=1)
    clinic.grade(A, SupportGrade.CONTRADICTED, claim=1)
    worst, other = see_queue(clinic, A, WORST).lines
    assert (worst.claim.id, worst.grade) == (clinic.claim_ids[1], SupportGrade.CONTRADICTED)
    assert other.grade is None


def test_a_claim_for_which_nothing_was_found_goes_before_one_that_waits(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        work.searches.record_evidence(clinic.claim_ids[1], make_evidence())
        work.commit(make_audit_entry())
    worst, _ = see_queue(clinic, A, WORST).lines
    assert worst.claim.id == clinic.claim_ids[1]


def test_a_settled_grade_is_known_to_all_and_an_open_one_to_its_grader(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    assert see_queue(clinic, A).lines[0].grade is SupportGrade.SUPPORTED
    assert {see_queue(clinic, who).lines[0].grade for who in (B, EDITOR)} == {None}
    clinic.judge(B)
    clinic.grade(B, SupportGrade.SUPPORTED)
    assert see_queue(clinic, EDITOR).lines[0].grade is SupportGrade.SUPPORTED


# From the claim that needs somebody first to the one that is done; a word without a grade is its search.
WORST_FIRST = (
    SupportGrade.CONTRADICTED,
    SupportGrade.UNSUPPORTED,
    SearchStatus.NOTHING_FOUND,
    SupportGrade.OVERSTATED,
    SupportGrade.CANNOT_JUDGE,
    SearchStatus.NOT_SEARCHED,
    SupportGrade.PARTIALLY_SUPPORTED,
    SupportGrade.SUPPORTED,
)


def a_line(clinic: Clinic, known: SupportGrade | SearchStatus) -> QueueLine:
    line = see_queue(clinic, A).lines[0]
    if isinstance(known, SearchStatus):
        return replace(line, search_status=known)
    return replace(line, own_grade=make_assessment(grade=known))


def sort(clinic: Clinic, *known: SupportGrade | SearchStatus) -> list[SupportGrade | SearchStatus]:
    lines = list_lines((a_line(clinic, one) for one in known), WORST)
    return [line.grade or line.search_status for line in lines]


@pytest.mark.parametrize(("worse", "better"), list(pairwise(WORST_FIRST)))
def test_of_two_neighbours_in_the_order_the_worse_goes_first(
    clinic: Clinic, worse: SupportGrade | SearchStatus, better: SupportGrade | SearchStatus
) -> None:
    assert sort(clinic, worse, better) == sort(clinic, better, worse) == [worse, better]


def test_what_stands_alike_keeps_the_order_of_the_article(clinic: Clinic) -> None:
    beside = (SupportGrade.CANNOT_JUDGE, SupportGrade.NOT_CHECKABLE)
    absent = (SearchStatus.NOTHING_FOUND, SearchStatus.RELATED_ONLY)
    waiting = tuple(status for status in SearchStatus if status not in absent)
    alike: tuple[tuple[SupportGrade | SearchStatus, ...], ...] = (
        *permutations(beside),
        *permutations(absent),
        waiting,
        waiting[::-1],
    )
    for known in alike:
        assert sort(clinic, *known) == list(known)
