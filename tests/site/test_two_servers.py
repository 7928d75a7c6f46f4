"""A site of two servers, three workers and a proxy: a server and a worker die in the middle of the work."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
import requests
from websockets.exceptions import InvalidHandshake

from claims.records.audit import AuditAction
from claims.records.job import JobState
from claims.records.plan import ReviewPlan
from claims.records.retrieval import SearchStatus
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.sample_people import add_sample_people, declare_sample_interests
from reviewer.accounts.tokens import COOKIE
from reviewer.workflow.assigning import assign_review
from reviewer.workflow.audit_trail import check_trail
from reviewer.workflow.jobs import JobDesk
from reviewer.workflow.search_jobs import name_version_job
from tests.entrez_server import EntrezServer, sample_article
from tests.factories import make_audit_entry, make_evidence
from tests.jobs.worker_house import ROOT, WorkerHouse, open_worker_house
from tests.journeys.room import find_free_port
from tests.room_client import enter, open_tab
from tests.site.proxy import NGINX, proxying

GRADED, SEARCHED = 6, 12
# An answer of NCBI takes so long, and a lease here, so that the whole is over within a minute.
ANSWER_SECONDS, LEASE_SECONDS = 0.5, "6"
RECORDS = [sample_article("9000000001", "SAMPLE", "Minoxidil and hair.")]

Found = TypeVar("Found")

pytestmark = [
    pytest.mark.skipif(not NGINX, reason="nginx is not here: apt-get install nginx"),
    pytest.mark.timed,
]


@dataclass
class Site:
    """The house, its processes, and the address of the proxy before its servers."""

    house: WorkerHouse
    folder: Path
    url: str
    servers: dict[int, subprocess.Popen[bytes]]
    workers: dict[Path, subprocess.Popen[bytes]]
    graded: tuple[int, ...]
    searched: int

    def find_server(self, cookie: str) -> int:
        """The port of the server that serves the browser with this cookie."""
        answer = requests.get(f"{self.url}/healthz", cookies={COOKIE: cookie}, timeout=30)
        return int(answer.headers["X-Server"].split(",")[-1].rpartition(":")[2])

    def find_busy_worker(self) -> subprocess.Popen[bytes]:
        """The worker that has begun the search."""
        begun = f"{name_version_job(self.searched)}: begun"
        return wait_for(
            lambda: next((w for log, w in self.workers.items() if begun in log.read_text()), None), 60
        )


def wait_for(find: Callable[[], Found | None], seconds: float) -> Found:
    until = time.monotonic() + seconds
    while (found := find()) is None:
        assert time.monotonic() < until
        time.sleep(0.1)
    return found


@pytest.fixture
def server() -> Iterator[EntrezServer]:
    with EntrezServer(RECORDS, find=lambda term: ["9000000001"], delay_seconds=ANSWER_SECONDS) as server:
        yield server


@pytest.fixture
def site(
    tmp_path: Path, fresh_postgresql_url: str, server: EntrezServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    monkeypatch.setenv("KONKYO_TEST_LEASE_SECONDS", LEASE_SECONDS)
    house = open_worker_house(tmp_path / "home", fresh_postgresql_url, server.base_url)
    graded, claims = house.add_article(GRADED)
    searched, _ = house.add_article(SEARCHED)
    with house.application.work() as work:
        add_sample_people(work, house.application.now())
        for claim in claims:
            work.searches.record_evidence(claim.id, make_evidence(1))
        work.commit(make_audit_entry())
    with house.application.work() as work:
        plan = ReviewPlan(("reviewer-a", "reviewer-b"), "", needed=2)
        assign_review(work, graded.id, plan, OPERATOR, house.application.now())
    for version in (graded, searched):
        with house.application.work() as work:
            declare_sample_interests(work, version.id, house.application.now())
    ports = [find_free_port(), find_free_port()]
    logs = [tmp_path / f"worker-{number}.log" for number in range(3)]
    servers = {port: start_server(house, tmp_path / f"server-{port}.log", port) for port in ports}
    workers = {log: house.start_worker(log) for log in logs}
    try:
        with proxying(tmp_path, ports) as url:
            for port in ports:
                wait_for(partial(find_ready, f"http://127.0.0.1:{port}"), 120)
            ids = tuple(claim.id for claim in claims)
            yield Site(house, tmp_path, url, servers, workers, ids, searched.id)
    finally:
        for process in (*servers.values(), *workers.values()):
            process.kill()
            process.wait()


def start_server(house: WorkerHouse, log: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.jobs.run_command", "serve", "--port", str(port)]
    with log.open("ab") as told:
        return subprocess.Popen(command, env=house.environment, cwd=ROOT, stdout=told, stderr=told)


def find_ready(url: str) -> bool | None:
    """``True`` once the server can work."""
    try:
        return requests.get(f"{url}/readyz", timeout=5).ok or None
    except requests.RequestException:
        # It does not listen yet.
        return None


class Grader(threading.Thread):
    """Somebody who grades claim by claim, and comes again when the connection is lost."""

    def __init__(self, site: Site, name: str) -> None:
        super().__init__(daemon=True)
        self.site, self.person = site, name
        self.cookie = enter(site.url, name)
        self.acknowledged: list[int] = []

    def run(self) -> None:
        for claim_id in self.site.graded:
            while not self._has_graded(claim_id):
                # The socket ended, or nobody was there to open it: the page comes back by itself.
                with suppress(InvalidHandshake, OSError):
                    self._grade(claim_id)

    def _grade(self, claim_id: int) -> None:
        place = f"claim={claim_id}&lang=en"
        with open_tab(self.site.url, self.cookie) as tab:
            if tab.open(place) and tab.press("judge_s", place) and tab.press("grade_4", place):
                self.acknowledged.append(claim_id)

    def _has_graded(self, claim_id: int) -> bool:
        return count_grades(self.site, claim_id, self.person) > 0


def count_grades(site: Site, claim_id: int, name: str) -> int:
    with site.house.application.work() as work:
        given = work.assessments.load_assessments([claim_id])[claim_id]
    return sum(assessment.graded_by == name for assessment in given)


@contextmanager
def grading(site: Site) -> Iterator[tuple[Grader, Grader]]:
    """Two people who grade the same article at once, until both are done."""
    graders = (Grader(site, "reviewer-a"), Grader(site, "reviewer-b"))
    for grader in graders:
        grader.start()
    yield graders
    for grader in graders:
        grader.join(120)
        assert not grader.is_alive()


def press_search(site: Site, grader: Grader) -> None:
    place = f"version={site.searched}&lang=en"
    with open_tab(site.url, grader.cookie) as tab:
        assert tab.open(place)
        assert tab.press("search_due", place)


def test_nothing_is_lost_or_doubled_when_a_server_and_a_worker_die(site: Site) -> None:
    with grading(site) as graders:
        for grader in graders:
            # Both want the same search: they get one.
            press_search(site, grader)
        site.find_busy_worker().send_signal(signal.SIGKILL)
        wait_for(lambda: graders[0].acknowledged or None, 60)
        site.servers[site.find_server(graders[0].cookie)].send_signal(signal.SIGKILL)
    desk = JobDesk(site.house.application.work)
    job = wait_for(
        lambda: job if (job := desk.find(name_version_job(site.searched))) and job.is_over else None, 120
    )
    assert (job.number, job.state, job.attempts) == (1, JobState.DONE, 2)
    for grader in graders:
        assert [count_grades(site, claim_id, grader.person) for claim_id in site.graded] == [1] * GRADED
        assert len(set(grader.acknowledged)) == len(grader.acknowledged)
    with site.house.application.work() as work:
        ids = [claim.id for claim in work.claims.list_claims(site.searched)]
        assert [*work.searches.load_status(ids).values()] == [SearchStatus.FOUND] * SEARCHED
        assert work.audit.count_entries(100, action=AuditAction.CLAIM_SEARCHED) == SEARCHED
        assert work.audit.count_entries(100, action=AuditAction.SEARCH_BEGUN) == 2
        assert check_trail(work, site.house.application.audit_key).fault is None
