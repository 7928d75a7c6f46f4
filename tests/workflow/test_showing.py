"""A step is taken on the claim that was on the screen, or it is refused."""

from __future__ import annotations

import pytest

from claims.errors import VersionConflict
from claims.records.assessment import SupportGrade
from claims.records.people import User
from reviewer.rules.tasks import Task, find_task
from reviewer.workflow.amending import dismiss_claim, reword_reading
from reviewer.workflow.showing import Shown, require_revision, require_shown, show_claim
from tests.workflow.clinic import JUDGE, TWO_REVIEWERS, A, B, Clinic


def look(clinic: Clinic, who: User) -> Shown:
    """What this person, who declared, sees of the first claim now."""
    dossier = clinic.see(who)
    return show_claim(dossier, find_task(dossier, who, declared=True))


def require(clinic: Clinic, shown: Shown, who: User) -> None:
    with clinic.open_work() as work:
        require_shown(work, shown, who)


def test_what_is_still_there_is_accepted(clinic: Clinic) -> None:
    require(clinic, look(clinic, A), A)


def test_the_other_reviewers_first_judgement_is_no_change_for_who_grades_blind(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    shown = look(clinic, A)
    clinic.judge(B)
    assert look(clinic, A).revision > shown.revision
    require(clinic, shown, A)


def test_other_words_are_another_claim(clinic: Clinic) -> None:
    shown = look(clinic, A)
    with clinic.open_work() as work:
        reword_reading(work, work.claims.get_claim(shown.claim_id), "別の読み", B, clinic.now())
    with pytest.raises(VersionConflict, match="claim_changed"):
        require(clinic, shown, A)


def test_a_claim_that_was_dismissed_meanwhile_takes_no_grade(clinic: Clinic) -> None:
    shown = look(clinic, A)
    with clinic.open_work() as work:
        dismiss_claim(work, work.claims.get_claim(shown.claim_id), "意見", B, clinic.now())
    with pytest.raises(VersionConflict, match="claim_changed"):
        require(clinic, shown, A)


def test_a_key_for_the_view_is_none_for_the_decision(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    for who, grade in ((A, SupportGrade.SUPPORTED), (B, SupportGrade.OVERSTATED)):
        clinic.judge(who)
        clinic.grade(who, grade)
    shown = look(clinic, JUDGE)
    assert shown.part is Task.VIEWS
    clinic.write_view(JUDGE)
    with pytest.raises(VersionConflict, match="claim_changed"):
        require(clinic, shown, JUDGE)


def test_a_revision_that_was_shown_is_the_one_that_is_acted_on(clinic: Clinic) -> None:
    shown = look(clinic, A)
    clinic.judge(A)
    with clinic.open_work() as work, pytest.raises(VersionConflict, match="claim_changed"):
        require_revision(work, shown.claim_id, shown.revision)
