"""What the keys of grading do: a grade, view or decision, a judgement, and taking the last of them back."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import streamlit as st

from claims.records.assessment import BodyCertainty, CitationJudgement, JudgedCitation, SupportGrade
from claims.records.citation import Pmid
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.session import (
    get_basis,
    get_locale,
    get_translate,
    keep_basis,
    keep_message,
)
from reviewer.dashboard.steps import act
from reviewer.i18n import mark
from reviewer.labels import STEP_LABELS, grade_label
from reviewer.workflow.adjudicating import adjudicate, write_view
from reviewer.workflow.annotating import enter_guideline, override_level
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.drafting import keep_draft
from reviewer.workflow.grading import judge_citation, record_grade
from reviewer.workflow.opening import open_grade
from reviewer.workflow.parts import Part
from reviewer.workflow.undoing import undo_last_step

_SAVED = {
    Part.GRADES: mark("Saved: {grade}. j opens the next claim."),
    Part.VIEWS: mark("Your view: {grade}. The grades are open now: decide with the same keys."),
    Part.DECIDES: mark("Decided: {grade}. j opens the next claim."),
}


def give_grade(claim_id: int, part: Part, revision: int, grade: SupportGrade) -> None:
    """Record the grade, view or decision with the comment as it stands, or say which rule refuses it.

    ``revision`` is the claim's as it was read.
    """
    comment = str(st.session_state.get(f"comment_{claim_id}", ""))
    certainty = cast("BodyCertainty | None", st.session_state.get(f"certainty_{claim_id}"))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        work.drafts.remove(claim_id, user.name)
        if part is Part.VIEWS:
            write_view(work, claim_id, grade, comment, user, now)
        elif part is Part.DECIDES:
            adjudicate(work, claim_id, revision, grade, comment, user, now, certainty)
        else:
            record_grade(work, claim_id, grade, comment, user, now, certainty)

    if act(step):
        told = get_translate()(_SAVED[part]).format(grade=grade_label(grade, get_locale()))
        keep_message("saved", told)


def show_grade(claim_id: int, grader: str) -> None:
    """Tell what the grader gave to the claim; while that is blind, the refusal stands in the trail."""

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        given = open_grade(work, claim_id, grader, user, now)
        told = f"{grader}: {grade_label(given.grade, get_locale())} {given.comment}"
        keep_message("saved", told.strip())

    act(step)


def undo(claim_id: int) -> None:
    """Take back the last own step at the claim, and say which it was."""

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        taken = undo_last_step(work, claim_id, user, now)
        translate = get_translate()
        told = translate("Taken back: {step}.").format(step=translate(STEP_LABELS[taken.kind]))
        keep_message("saved", told)

    if act(step):
        keep_comment(claim_id)


def keep_comment(claim_id: int) -> None:
    """Keep the comment as it stands in its field: it outlives the page, the browser and the server."""
    text = str(st.session_state.get(f"comment_{claim_id}", ""))
    act(keep_draft, claim_id, text)


def declare(version_id: int) -> None:
    """Record what the reviewer declares for the article, or say what is missing."""
    qualification, interests = (
        str(st.session_state.get(f"declared_{field}", "")) for field in ("qualification", "interests")
    )

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        declare_interests(work, version_id, interests, qualification, user, now)

    act(step)


def judge(claim_id: int, pmid: Pmid, judgement: CitationJudgement, own: JudgedCitation | None) -> None:
    """Record the reviewer's judgement of one citation, or say why it is refused."""
    basis = get_basis(claim_id, pmid, own)

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        judge_citation(work, claim_id, pmid, judgement, basis, user, now)

    act(step)


def change_basis(claim_id: int, pmid: Pmid, own: JudgedCitation | None) -> None:
    """Note that the other was read for a citation; a judgement given already is recorded again with it."""
    keep_basis(claim_id, pmid, get_basis(claim_id, pmid, own).other)
    if own is not None:
        judge(claim_id, pmid, own.judgement, own)


def set_level(claim_id: int, pmid: Pmid) -> None:
    """Record the chosen evidence level of a citation with its reason, or say what is missing."""
    level, reason = (st.session_state.get(f"{field}_{claim_id}_{pmid}") for field in ("level", "reason"))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        override_level(work, claim_id, pmid, cast("int | None", level), str(reason or ""), user, now)

    if act(step):
        keep_message("saved", get_translate()("The level is yours now, with its reason."))


def enter_guideline_grade(claim_id: int) -> None:
    """Record the typed grade of a guideline with its source, or say what is missing."""
    grade, source = (str(st.session_state.get(f"guideline_{field}", "")) for field in ("grade", "source"))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        enter_guideline(work, claim_id, grade, source, user, now)

    if act(step):
        keep_message("saved", get_translate()("The guideline's grade is saved."))
