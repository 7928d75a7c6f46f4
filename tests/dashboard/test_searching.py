"""Searching from the page: jobs that store what they find, and refusals that start none."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from claims.records.audit import AuditAction
from claims.records.job import Job, JobKind, JobOrder, JobState
from claims.records.people import Role
from claims.records.retrieval import Rung, SearchStatus
from reviewer.bootstrap import Application, open_shared_queue
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.search_jobs import name_claim_job, name_version_job
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message
from tests.factories import make_audit_entry, make_evidence, make_run, make_user
from tests.jobs.desk import wait as wait_over
from tests.workflow.clinic import A, Clinic

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "library"


@pytest.fixture
def library(application: Application) -> Application:
    """The house with the sample library."""
    application.library.import_files(sorted(SAMPLES.glob("*.xml")))
    return application


def wait(key: str) -> None:
    """Return when the job is over, as it should be."""
    assert wait_over(open_shared_queue(), key, seconds=60).state is JobState.DONE


def open_searches(open_room: OpenRoom, claim_id: int) -> AppTest:
    return open_room(A, claim=claim_id).button("to_search").click().run()


def test_an_edited_query_is_searched_beside_what_was_found(
    clinic: Clinic, library: Application, open_room: OpenRoom
) -> None:
    claim_id = clinic.claim_ids[0]
    dialog = open_searches(open_room, claim_id)
    dialog.text_area(f"query_{claim_id}").input("platelet[tiab]")
    dialog.button("search_query").click().run()
    wait(name_claim_job(claim_id))
    runs = clinic.see(A).runs
    assert (runs[-1].rung, runs[-1].query, runs[-1].status) == (
        Rung.BY_HAND,
        "platelet[tiab]",
        SearchStatus.FOUND,
    )


def test_a_query_that_cannot_be_read_is_told_and_starts_no_job(
    clinic: Clinic, library: Application, open_room: OpenRoom
) -> None:
    claim_id = clinic.claim_ids[0]
    dialog = open_searches(open_room, claim_id)
    dialog.text_area(f"query_{claim_id}").input("(platelet[tiab]")
    before = clinic.see(A).runs
    assert "a parenthesis is not closed" in message(dialog.button("search_query").click().run())
    assert clinic.see(A).runs == before


def test_a_record_is_brought_by_its_number_and_a_wrong_number_is_told(
    clinic: Clinic, library: Application, open_room: OpenRoom
) -> None:
    claim_id = clinic.claim_ids[0]
    dialog = open_searches(open_room, claim_id)
    dialog.text_input(f"record_{claim_id}").input("9000000010")
    dialog.button("add_record").click().run()
    wait(name_claim_job(claim_id))
    assert "9000000010" in {finding.pmid for finding in clinic.see(A).findings}
    dialog = open_searches(open_room, claim_id)
    dialog.text_input(f"record_{claim_id}").input("none such")
    assert "refused" in message(dialog.button("add_record").click().run())


def test_all_claims_that_are_due_are_searched_as_one_job(
    clinic: Clinic, library: Application, open_room: OpenRoom
) -> None:
    assert open_room(A, version=clinic.version_id).button("search_due").disabled
    failed = make_evidence(runs=(make_run(SearchStatus.FAILED),))
    with library.work() as work:
        for claim_id in clinic.claim_ids:
            work.searches.record_evidence(claim_id, failed)
        work.commit(make_audit_entry())
    room = open_room(A, version=clinic.version_id)
    assert room.button("search_due").label == "Search the remaining claims: 2"
    room.button("search_due").click().run()
    wait(name_version_job(clinic.version_id))
    assert AuditAction.SEARCH_BEGUN in clinic.actions(f"version:{clinic.version_id}")
    assert all(AuditAction.CLAIM_SEARCHED in clinic.actions(f"claim:{id}") for id in clinic.claim_ids)


def test_a_claim_that_another_process_is_searching_is_left_to_it_and_the_page_says_so(
    clinic: Clinic, library: Application, open_room: OpenRoom
) -> None:
    claim_id = clinic.claim_ids[0]
    with library.work() as work:
        work.searches.begin([claim_id], "sample-lexicon-1", "another process", 60.0)
        work.commit_passing()
    before = clinic.see(A).runs
    room = open_searches(open_room, claim_id).button("search_again").click().run()
    wait(name_claim_job(claim_id))
    if "has ended" not in message(room):
        room.run()
    assert "The search has ended: 0 of 1" in message(room)
    assert clinic.see(A).runs == before


def test_a_term_is_added_where_its_absence_shows(
    clinic: Clinic, library: Application, open_room: OpenRoom
) -> None:
    dialog = open_searches(open_room, clinic.claim_ids[0])
    dialog.text_input("term").input("見本成分")
    dialog.text_input("term_english").input("platelet; sample agent")
    dialog.button("teach").click().run()
    with library.work() as work:
        (row,) = work.lexicon.list_rows()
    assert (row.term, row.english) == ("見本成分", ("platelet", "sample agent"))


class BusyQueue:
    """A queue in which one search runs; it notes what it is told to stop."""

    def __init__(self) -> None:
        self.stopped: list[str] = []

    def find(self, key: str) -> Job:
        return Job(JobOrder(key, JobKind.SEARCH_DUE, 1, 9, "editor"), 1, JobState.RUNNING, 2, 1)

    def cancel(self, key: str) -> None:
        self.stopped.append(key)


@pytest.mark.parametrize("role", Role)
def test_a_search_is_stopped_by_who_may_search_alone(
    clinic: Clinic, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    queue, person = BusyQueue(), make_user(f"one-{role}", role)
    for module in ("components.progress", "actions.searching"):
        monkeypatch.setattr(f"reviewer.dashboard.{module}.open_shared_queue", lambda: queue)
    open_room(person, version=clinic.version_id).button("cancel_job").click().run()
    assert bool(queue.stopped) is may(person, Permission.SEARCH)
