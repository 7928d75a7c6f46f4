"""What is read for a report is of one moment, on both databases, whatever others do between two queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, event

from claims.records.assessment import ClaimStatus, SupportGrade
from db.unit_of_work import UnitOfWork
from reviewer.exports.exporting import export_report, load_reviewed
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.agreeing import load_agreement
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.overview import load_overview
from reviewer.workflow.queueing import load_queue
from tests.factories import make_audit_entry
from tests.workflow.clinic import EDITOR, TWO_REVIEWERS, A, B, Clinic, open_clinic

OVERSTATED, CONTRADICTED = SupportGrade.OVERSTATED, SupportGrade.CONTRADICTED
Read = Callable[[UnitOfWork, int], object]
READS: dict[str, Read] = {
    "report": export_report,
    "tables": load_reviewed,
    "queue": lambda work, version_id: load_queue(work, version_id, EDITOR),
    "gate": find_obstacles,
    "overview": lambda work, _: load_overview(work, EDITOR),
    "agreement": lambda work, version_id: load_agreement(work, EDITOR, version_id),
}


@pytest.fixture
def clinic(begin: Callable[[], UnitOfWork]) -> Clinic:
    """Both claims stand overstated, as two graders said."""
    clinic = open_clinic(begin, claims=2)
    clinic.assign(TWO_REVIEWERS)
    for claim in (0, 1):
        for who in (A, B):
            clinic.grade(who, OVERSTATED, claim=claim)
    return clinic


@pytest.fixture
def reading(engine: Engine) -> Callable[[], UnitOfWork]:
    return lambda: UnitOfWork(engine, for_reading=True)


def reopen_and_regrade(clinic: Clinic) -> None:
    claim = clinic.see(EDITOR, 1).claim
    with clinic.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, clinic.now())
    clinic.judge(A, claim=1)
    clinic.grade(A, SupportGrade.SUPPORTED, claim=1)


@pytest.fixture
def between(engine: Engine) -> Iterator[Callable[[int, Callable[[], None]], None]]:
    """Does something, once, right before the n-th query after this one."""
    listeners: list[Callable[..., None]] = []

    def arrange(number: int, change: Callable[[], None]) -> None:
        seen = 0
        done = False

        def count(*_: object) -> None:
            nonlocal seen, done
            seen += 1
            if seen == number and not done:
                done = True
                change()

        listeners.append(count)
        event.listen(engine, "before_cursor_execute", count)

    yield arrange
    for listener in listeners:
        event.remove(engine, "before_cursor_execute", listener)


@pytest.mark.parametrize("query", [3, 5, 8, 11])
@pytest.mark.parametrize("what", READS)
def test_what_is_read_is_of_one_moment(
    clinic: Clinic,
    reading: Callable[[], UnitOfWork],
    between: Callable[[int, Callable[[], None]], None],
    what: str,
    query: int,
) -> None:
    with reading() as work:
        before = READS[what](work, clinic.version_id)
    between(query, lambda: reopen_and_regrade(clinic))
    with reading() as work:
        assert READS[what](work, clinic.version_id) == before
    changed = clinic.see(EDITOR, 1).claim.status is ClaimStatus.IN_REVIEW
    assert changed or query > 3, "every one of these takes three queries"


def test_the_next_reading_sees_the_change(clinic: Clinic, reading: Callable[[], UnitOfWork]) -> None:
    with reading() as work:
        before = export_report(work, clinic.version_id)
    reopen_and_regrade(clinic)
    with reading() as work:
        assert export_report(work, clinic.version_id) != before


def test_a_unit_of_work_for_reading_keeps_nothing(clinic: Clinic, reading: Callable[[], UnitOfWork]) -> None:
    with reading() as work, pytest.raises(TypeError, match="reading"):
        work.commit(make_audit_entry())
