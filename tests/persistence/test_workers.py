"""Workers on PostgreSQL: real processes, which do what servers are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from claims.errors import SettingsError
from claims.records.audit import AuditAction
from claims.records.job import Job, JobState
from claims.records.people import Role
from claims.records.retrieval import SearchStatus
from db.queue_schema import QUEUE_SCHEMA, tell_queue_address
from reviewer.bootstrap import open_application
from reviewer.cli import konkyo
from reviewer.jobs.procrastinating import WorkersQueue, queue_statements
from reviewer.settings import load_settings
from reviewer.workflow.jobs import JobDesk
from reviewer.workflow.search_jobs import order_search_due
from tests.entrez_server import EntrezServer, Reply, sample_article
from tests.jobs.desk import wait, wait_for
from tests.jobs.worker_house import WorkerHouse, end, open_worker_house

RECORDS = [sample_article(str(9_000_000_001 + n), f"SAMPLE {n}", "Minoxidil and hair.") for n in range(5)]


@pytest.fixture
def server() -> Iterator[EntrezServer]:
    with EntrezServer(RECORDS, find=lambda term: ["9000000001"]) as server:
        yield server


@pytest.fixture
def house(tmp_path: Path, migrated_postgresql_url: str, server: EntrezServer) -> WorkerHouse:
    return open_worker_house(tmp_path / "home", migrated_postgresql_url, server.base_url)


@pytest.fixture
def queue(house: WorkerHouse) -> Iterator[WorkersQueue]:
    house.application.lay_queue_schema(queue_statements())
    desk = JobDesk(house.application.work)
    with closing(WorkersQueue(desk, tell_queue_address(house.application.settings.database_url))) as queue:
        yield queue


def ask(house: WorkerHouse, queue: WorkersQueue, claims: int, name: str = "sato") -> Job:
    user = house.add_user(name, Role.REVIEWER)
    version, _ = house.add_article(claims)
    return queue.start(order_search_due(version.id, claims, "pubmed", user))


def test_a_worker_gives_back_what_it_was_at_when_told_to_end_and_the_next_does_the_rest(
    house: WorkerHouse, queue: WorkersQueue, server: EntrezServer, tmp_path: Path
) -> None:
    server.script = [Reply(b"", delay_seconds=120)] * 20
    key = ask(house, queue, claims=3).order.key
    assert wait_for(queue, lambda job: True, key).state is JobState.WAITING
    first = house.start_worker(tmp_path / "first.log")
    try:
        wait_for(queue, lambda job: job.state is JobState.RUNNING and bool(server.seen), key, seconds=60)
    finally:
        code = end(first)
    left = queue.find(key)
    assert left is not None
    assert (code, left.state, left.attempts) == (0, JobState.WAITING, 0), (tmp_path / "first.log").read_text()
    server.script = []
    second = house.start_worker(tmp_path / "second.log")
    try:
        job = wait(queue, key, seconds=60)
        assert (job.state, job.done) == (JobState.DONE, 3)
        assert house.application.checks.count_workers() == 1
    finally:
        end(second)
    assert house.application.checks.count_workers() == 0
    with house.application.work() as work:
        ids = [claim.id for claim in work.claims.list_claims(job.order.target)]
        assert set(work.searches.load_status(ids).values()) == {SearchStatus.FOUND}
        assert work.audit.count_entries(100, action=AuditAction.CLAIM_SEARCHED) == 3


def test_two_people_who_start_the_same_search_get_one_and_one_delivery(
    house: WorkerHouse, queue: WorkersQueue
) -> None:
    first = ask(house, queue, claims=1)
    other = queue.start(first.order)
    assert other.number == first.number
    engine = create_engine(house.application.settings.database_url)
    with engine.connect() as connection:
        count = text(f"SELECT count(*) FROM {QUEUE_SCHEMA}.procrastinate_jobs")
        assert connection.scalar(count) == 1
    engine.dispose()


def test_the_queue_s_own_tables_are_laid_once_and_anew_when_they_are_others(
    house: WorkerHouse, queue: WorkersQueue
) -> None:
    ask(house, queue, claims=1)
    engine = create_engine(house.application.settings.database_url)
    count = text(f"SELECT count(*) FROM {QUEUE_SCHEMA}.procrastinate_jobs")
    house.application.lay_queue_schema(queue_statements())
    with engine.connect() as connection:
        assert connection.scalar(count) == 1
    house.application.lay_queue_schema(queue_statements() + "\nSELECT 1;")
    with engine.connect() as connection:
        assert connection.scalar(count) == 0
    engine.dispose()
    # What was to be delivered is still to be done.
    assert len(JobDesk(house.application.work).list_due()) == 1


def test_workers_need_postgresql(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="workers_need_postgresql"):
        load_settings({"KONKYO_QUEUE": "workers", "KONKYO_HOME": str(tmp_path)}, tmp_path)


def test_servers_of_one_database_with_different_secrets_are_refused_until_one_is_adopted(
    house: WorkerHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = house.application.settings
    open_application(replace(settings, home=tmp_path / "same"))
    other = replace(settings, home=tmp_path / "other", secret="another secret, which is long enough too")
    with pytest.raises(SettingsError, match="secret_differs"):
        open_application(other)
    for name, value in house.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("KONKYO_SECRET", other.secret)
    for told in ("from now on", "already"):
        done = CliRunner().invoke(konkyo, ["secret", "--adopt"])
        assert (done.exit_code, told in done.output) == (0, True), done.output
    with open_application(other).work() as work:
        assert work.audit.count_entries(100, action=AuditAction.SECRET_ADOPTED) == 1
    with pytest.raises(SettingsError, match="secret_differs"):
        open_application(settings)
