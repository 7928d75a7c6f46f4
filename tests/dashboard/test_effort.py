"""What a review takes is shown to whose it is, unless the settings say not to measure."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from reviewer.bootstrap import Application, open_shared_application
from reviewer.workflow.effort import record_effort
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import read_page
from tests.workflow.clinic import A, B, Clinic

AT_CLAIM, IN_ARTICLE = (
    "Your time at this claim: 1.5 min · actions: 8",
    "Your effort here: 1.5 min · claims: 1",
)


def shows_effort(app: AppTest) -> bool:
    return any(words in read_page(app) for words in ("Your time", "Your effort"))


@pytest.fixture
def visited(clinic: Clinic) -> Clinic:
    """A reviewer has been at the first claim for a minute and a half."""
    with clinic.open_work() as work:
        record_effort(work, clinic.claim_ids[0], 90, 8, A, clinic.now())
    return clinic


def test_a_reviewer_sees_the_own_effort_at_the_claim_and_in_the_queue(
    visited: Clinic, open_room: OpenRoom
) -> None:
    assert AT_CLAIM in read_page(open_room(A, claim=visited.claim_ids[0]))
    assert IN_ARTICLE in read_page(open_room(A, version=visited.version_id))


def test_nobody_sees_the_effort_of_another_there(visited: Clinic, open_room: OpenRoom) -> None:
    for page in (open_room(B, claim=visited.claim_ids[0]), open_room(B, version=visited.version_id)):
        assert not shows_effort(page)


def test_where_nothing_is_measured_nothing_is_shown(
    visited: Clinic, application: Application, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONKYO_MEASURE_EFFORT", "0")
    open_shared_application.cache_clear()
    for page in (open_room(A, claim=visited.claim_ids[0]), open_room(A, version=visited.version_id)):
        assert not shows_effort(page)
