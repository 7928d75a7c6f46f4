"""What is read for a report is of one moment, on both databases, whatever others do between two queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC

import pytest
from sqlalchemy import Engine, event

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from db.unit_of_work import UnitOfWork
from reviewer.exports.exporting import export_table, write_table
from reviewer.exports.reviewed import load_reviewed
from reviewer.exports.table import ExportRequest
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.agreeing import load_agreement
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.overview import load_overview
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.viewing import view_version
from tests.factories import make_audit_entry
from tests.workflow.clinic import EDITOR, TWO_REVIEWERS, A, B, Clinic, open_clinic

OVERSTATED, CONTRADICTED = SupportGrade.OVERSTATED, SupportGrade.CONTRADICTED
Read = Callable[[UnitOfWork, int], object]


def _request(version_id: int) -> ExportRequest:
    return ExportRequest(version_id, EDITOR, UTC)


READS: dict[str, Read] = {
    "report": lambda work, version_id: write_table(work, "claims", _request(version_id)),
    "citation table": lambda work, version_id: write_table(work, "citations", _request(version_id)),
    "trail table": lambda work, version_id: write_table(work, "audit", _request(version_id)),
    "decision": lambda work, version_id: view_version(work, version_id, EDITOR, UTC),
    "tables": lambda work, version_id: load_reviewed(work, version_id, UTC),
    "queue": lambda work, version_id: load_queue(work, version_id, EDITOR),
    "gate": find_obstacles,
    "overview": lambda work, _: load_overview(work, EDITOR, 25),
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


@pytest.fixture
def exporting(engine: Engine) -> Callable[[], UnitOfWork]:
    return lambda: UnitOfWork(engine, of_one_moment=True)


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
        before = READS["report"](work, clinic.version_id)
    reopen_and_regrade(clinic)
    with reading() as work:
        assert READS["report"](work, clinic.version_id) != before


def take_out(work: UnitOfWork, clinic: Clinic) -> bytes:
    return export_table(work, "claims", ExportRequest(clinic.version_id, EDITOR, UTC), clinic.now())


def list_exports(work: UnitOfWork, clinic: Clinic) -> list[str]:
    told = work.audit.list_about([f"version:{clinic.version_id}"], AuditAction.REPORT_EXPORTED)
    return [entry.actor for entry in told]


def test_an_export_is_told_of_before_it_is_handed_out(
    clinic: Clinic, exporting: Callable[[], UnitOfWork], engine: Engine
) -> None:
    done: list[str] = []
    for step in ("begin", "rollback", "commit"):
        event.listen(engine, step, lambda _, step=step: done.append(step))
    with exporting() as work:
        assert take_out(work, clinic)
        # The moment that was read is over, and the line follows the trail's head of its own.
        assert done == ["begin", "rollback", "begin", "commit"]
    with exporting() as work:
        assert list_exports(work, clinic) == [EDITOR.name]


def test_no_file_is_handed_out_where_the_trail_cannot_tell_of_it(
    clinic: Clinic, reading: Callable[[], UnitOfWork]
) -> None:
    with reading() as work, pytest.raises(TypeError, match="reading"):
        take_out(work, clinic)
    with reading() as work:
        assert list_exports(work, clinic) == []


def test_an_export_is_of_one_moment_as_a_reading_is(
    clinic: Clinic,
    exporting: Callable[[], UnitOfWork],
    between: Callable[[int, Callable[[], None]], None],
    engine: Engine,
) -> None:
    with exporting() as work:
        before = take_out(work, clinic)
    between(5, lambda: reopen_and_regrade(clinic))
    with exporting() as work:
        assert take_out(work, clinic) == before


def test_a_unit_of_work_for_reading_keeps_nothing(clinic: Clinic, reading: Callable[[], UnitOfWork]) -> None:
    with reading() as work, pytest.raises(TypeError, match="reading"):
        work.commit(make_audit_entry())
