"""One row that is held keeps nobody else's page, and whoever waits for it is told in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, text

from claims.errors import StoreError
from claims.records.assessment import SupportGrade
from db.engine import open_engine
from db.limits import CONNECTIONS
from db.unit_of_work import UnitOfWork
from tests.workflow.clinic import A, B, Clinic, open_clinic


@pytest.fixture
def clinic(engine: Engine) -> Clinic:
    return open_clinic(lambda: UnitOfWork(engine))


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch, migrated_url: str) -> Iterator[Callable[[int], Engine]]:
    """Engines that wait a second where others wait long."""
    for name in ("LOCK_SECONDS", "STATEMENT_SECONDS", "IDLE_SECONDS", "CONNECT_SECONDS", "BUSY_SECONDS"):
        monkeypatch.setattr(f"db.engine.{name}", 1)
    opened: list[Engine] = []

    def open_hasty(connections: int) -> Engine:
        opened.append(open_engine(migrated_url, connections))
        return opened[-1]

    yield open_hasty
    for engine in opened:
        engine.dispose()


def test_who_gets_no_connection_is_told_that_the_database_is_busy(
    clinic: Clinic, hasty: Callable[[int], Engine]
) -> None:
    engine = hasty(2)
    with (
        engine.connect(),
        engine.connect(),
        UnitOfWork(engine) as work,
        pytest.raises(StoreError) as told,
    ):
        work.claims.get_claim(clinic.claim_ids[0])
    assert told.value.code == "database_busy"


def test_a_row_that_is_held_is_not_waited_for_without_end_and_pages_are_drawn_meanwhile(
    engine: Engine, clinic: Clinic, hasty: Callable[[int], Engine]
) -> None:
    patient, engine = engine, hasty(CONNECTIONS)
    with patient.connect() as holder:
        holder.execute(text(f"UPDATE claim SET id = id WHERE id = {clinic.claim_ids[0]}"))
        waiting = Clinic(lambda: UnitOfWork(engine), clinic.version_id, clinic.claim_ids, clinic.minutes)
        told: list[StoreError] = []

        def grade() -> None:
            try:
                waiting.grade(A, SupportGrade.OVERSTATED)
            except StoreError as error:
                told.append(error)

        graders = [threading.Thread(target=grade) for _ in range(5)]
        for grader in graders:
            grader.start()
        began = time.monotonic()
        with UnitOfWork(engine, for_reading=True) as work:
            work.claims.get_claim(clinic.claim_ids[0])
        assert time.monotonic() - began < 1
        for grader in graders:
            grader.join(30)
        assert [error.code for error in told] == ["database_busy"] * 5
        holder.rollback()
    clinic.grade(A, SupportGrade.OVERSTATED)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_two_claims_of_one_version_are_worked_on_at_once(
    clinic: Clinic, hasty: Callable[[int], Engine]
) -> None:
    engine = hasty(CONNECTIONS)
    with engine.connect() as holder:
        # Somebody in the middle of a step on the first claim.
        holder.execute(text(f"SELECT id FROM article_version WHERE id = {clinic.version_id} FOR SHARE"))
        holder.execute(text(f"UPDATE claim SET id = id WHERE id = {clinic.claim_ids[0]}"))
        other = Clinic(lambda: UnitOfWork(engine), clinic.version_id, clinic.claim_ids, clinic.minutes)
        other.grade(B, SupportGrade.OVERSTATED, claim=1)
        holder.rollback()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
@pytest.mark.parametrize("left", ["SELECT pg_sleep(30)", ""])
def test_a_statement_or_a_transaction_that_never_ends_is_ended(
    hasty: Callable[[int], Engine], left: str
) -> None:
    engine = hasty(CONNECTIONS)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        if not left:
            time.sleep(2)
        with pytest.raises(StoreError) as told:
            connection.execute(text(left or "SELECT 1"))
        assert told.value.code == "database_busy"
        connection.invalidate()
