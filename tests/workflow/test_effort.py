"""Effort is recorded by visit, open to whose it is, and told to the editor in sums."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.errors import RoleRefused
from claims.records.effort import EffortSum
from claims.records.people import User
from reviewer.bootstrap import open_application
from reviewer.settings import Settings
from reviewer.workflow.effort import (
    LONGEST_VISIT_SECONDS,
    EffortStatistics,
    find_own_statistics,
    load_effort,
    load_own_effort,
    record_effort,
)
from tests.databases import make_database
from tests.factories import make_claim
from tests.workflow.clinic import AUTHOR, EDITOR, TWO_REVIEWERS, A, B, C, Clinic, open_clinic
from tests.workflow.repeating import FIRST, add_article, settle, take


def visit(clinic: Clinic, who: User, seconds: float, actions: int, claim: int = 0) -> None:
    with clinic.open_work() as work:
        record_effort(work, clinic.claim_ids[claim], seconds, actions, who, clinic.now())


def test_a_reviewer_sees_the_own_effort_at_a_claim(clinic: Clinic) -> None:
    visit(clinic, A, 40, 6)
    visit(clinic, A, 20.5, 2)
    visit(clinic, B, 5, 1)
    claim_id = clinic.claim_ids[0]
    with clinic.open_work() as work:
        assert load_own_effort(work, claim_id, A) == EffortSum(claim_id, "a", 60.5, 8, 2)
        assert load_own_effort(work, clinic.claim_ids[1], A) == EffortSum(clinic.claim_ids[1], "a", 0, 0, 0)


def test_an_editor_sees_what_a_version_took_each_and_others_only_their_own(clinic: Clinic) -> None:
    for seconds, claim in ((30, 0), (10, 0), (100, 1)):
        visit(clinic, A, seconds, 4, claim)
    visit(clinic, B, 7, 1)
    first = EffortStatistics("a", claims=2, seconds=140, actions=12, median_seconds=70, median_actions=6)
    second = EffortStatistics("b", claims=1, seconds=7, actions=1, median_seconds=7, median_actions=1)
    with clinic.open_work() as work:
        assert load_effort(work, clinic.version_id, EDITOR) == (first, second)
        assert load_effort(work, clinic.version_id, B) == (second,)


def test_a_page_left_open_is_no_work_and_no_clock_runs_backwards(clinic: Clinic) -> None:
    visit(clinic, A, 86_400, 1)
    visit(clinic, A, -3, -1)
    with clinic.open_work() as work:
        spent = load_own_effort(work, clinic.claim_ids[0], A)
    assert (spent.seconds, spent.actions) == (LONGEST_VISIT_SECONDS, 1)


@pytest.mark.parametrize(("measured", "visits"), [(True, 1), (False, 0)])
def test_where_the_settings_say_so_nothing_is_recorded(tmp_path: Path, measured: bool, visits: int) -> None:
    settings = Settings(tmp_path, make_database(tmp_path / "konkyo.db"), measure_effort=measured)
    application = open_application(settings)
    clinic = open_clinic(application.work)
    application.note_effort(clinic.claim_ids[0], 12, 3, A)
    with application.work() as work:
        assert load_own_effort(work, clinic.claim_ids[0], A).visits == visits


def test_effort_is_of_those_who_review(clinic: Clinic) -> None:
    for who in (AUTHOR, EDITOR):
        with pytest.raises(RoleRefused):
            visit(clinic, who, 1, 1)


def test_what_a_version_took_somebody_is_theirs_alone(clinic: Clinic) -> None:
    visit(clinic, A, 30, 4)
    visit(clinic, B, 7, 1)
    with clinic.open_work() as work:
        own = find_own_statistics(work, clinic.version_id, A)
        assert find_own_statistics(work, clinic.version_id, EDITOR) is None
    assert own == EffortStatistics("a", claims=1, seconds=30, actions=4, median_seconds=30, median_actions=4)


def test_what_taking_over_saved_is_told_against_the_claim_that_the_grade_comes_from(clinic: Clinic) -> None:
    settle(clinic)
    visit(clinic, C, 120, 9)
    second = add_article(clinic, make_claim(FIRST))
    take(second, A)
    visit(second, A, 20, 2)
    with second.open_work() as work:
        (told,) = load_effort(work, second.version_id, EDITOR)
        own = find_own_statistics(work, second.version_id, A)
    assert (told.taken_over, told.compared, told.saved_seconds) == (1, 1, 100)
    # What the other took is the editor's to know.
    assert own is not None
    assert (own.taken_over, own.compared, own.saved_seconds) == (1, 0, 0)


def test_that_another_took_a_grade_over_is_blind_while_the_claim_is_open(clinic: Clinic) -> None:
    settle(clinic)
    second = add_article(clinic, make_claim(FIRST))
    second.assign(TWO_REVIEWERS)
    take(second, A)
    visit(second, A, 20, 2)
    with second.open_work() as work:
        (told,) = load_effort(work, second.version_id, EDITOR)
        own = find_own_statistics(work, second.version_id, A)
    assert own is not None
    assert (told.taken_over, own.taken_over) == (0, 1)
