"""What the keys of grading do: a grade, view or decision, and taking the last own step back."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import streamlit as st

from claims.errors import RuleRefused
from claims.records.assessment import (
    Assessment,
    BodyCertainty,
    SupportGrade,
    TakenBack,
)
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import forget_typed
from reviewer.dashboard.leaving import find_refused, forget_outcome, go_on, note_outcome
from reviewer.dashboard.session import (
    get_application,
    get_locale,
    get_translate,
    is_refused,
    keep_message,
    set_focus,
)
from reviewer.dashboard.shown_citations import list_on_screen, list_unread
from reviewer.i18n import mark
from reviewer.labels import STEP_LABELS, grade_label, tell_unblinded
from reviewer.rules.tasks import Task
from reviewer.rules.visibility import redact_for
from reviewer.workflow.adjudicating import adjudicate, write_view
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.drafting import keep_draft, load_draft
from reviewer.workflow.grading import record_grade
from reviewer.workflow.overriding import enter_guideline
from reviewer.workflow.permitting import load_dossier
from reviewer.workflow.repeats import give_to_repeats, take_back_given
from reviewer.workflow.showing import Shown, require_shown
from reviewer.workflow.taking_over import take_over
from reviewer.workflow.unblinding import open_grade
from reviewer.workflow.undoing import undo_last_step

_SAVED = {
    Task.GRADES: mark("Saved: {grade}. Enter opens the next claim."),
    Task.VIEWS: mark(
        "Your view: {grade}. Read what the others said, then choose the grade that is to stand."
    ),
    Task.DECIDES: mark("Chosen: {grade}. Write the reason into the comment, then press Decide (Enter)."),
}


def give_grade(shown: Shown, grade: SupportGrade, typed: str | None = None) -> None:
    """Record the grade or view with its comment, or say which rule refuses it.

    ``typed`` is the comment as it stood when the key fell, whether or not its field was left; ``None``: as
    it was left.
    Who decides on a conflict only chooses by it: deciding is a step of its own.
    """
    if shown.part is Task.DECIDES:
        st.session_state[f"choice_{shown.claim_id}"] = grade
        _tell_grade(shown.part, grade)
        return
    claim_id = shown.claim_id
    comment = read_comment(claim_id) if typed is None else typed
    certainty = _read_certainty(claim_id)

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        if grade is SupportGrade.UNSUPPORTED and shown.part is Task.GRADES:
            _warn_of_unread(work, claim_id, user)
        work.drafts.give(claim_id, user.name, now)
        if shown.part is Task.VIEWS:
            write_view(work, claim_id, grade, comment, user, now)
        else:
            record_grade(work, claim_id, grade, comment, user, now, certainty)

    if note_outcome(claim_id, "grade", act(step)):
        forget_typed(f"comment_{claim_id}")
        if shown.part is Task.VIEWS:
            st.session_state[f"comment_{claim_id}"] = ""
        _tell_grade(shown.part, grade)


def take_grade_over(shown: Shown, from_id: int | None, typed: str | None = None) -> None:
    """Make the grade that stands of that claim the own grade, and tell what it is; or say what forbids it.

    A comment that was typed already stays in place of the one that comes with the grade; ``typed`` as above.
    """
    claim_id, is_allowed = shown.claim_id, get_application().settings.takes_over
    comment = read_comment(claim_id) if typed is None else typed
    taken: list[Assessment] = []

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        work.drafts.give(claim_id, user.name, now)
        taken.append(take_over(work, claim_id, from_id or 0, is_allowed, user, now, comment))

    if note_outcome(claim_id, "grade", act(step)):
        forget_typed(f"comment_{claim_id}")
        st.session_state[f"comment_{claim_id}"] = taken[0].comment
        st.session_state[f"certainty_{claim_id}"] = taken[0].body_certainty
        told = get_translate()(
            "Taken over: {grade}. Look at it; u takes it back, Enter opens the next claim."
        )
        keep_message("saved", told.format(grade=grade_label(taken[0].grade, get_locale())))


def give_grade_on(shown: Shown) -> None:
    """Give the own grade to the other claims of the article in the same words, or say what forbids it."""
    numbers: list[str] = []

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        numbers.extend(map(str, give_to_repeats(work, shown.claim_id, user, now)))

    if note_outcome(shown.claim_id, "grade", act(step)):
        translate = get_translate()
        told = translate("Given to the same sentence in claim {numbers} too; u takes it back there.")
        keep_message("saved", told.format(numbers=translate(", ").join(numbers)))


def _warn_of_unread(work: UnitOfWork, claim_id: int, user: User) -> None:
    """Return when the viewer judged every citation on the page, or was told once that they did not."""
    dossier = redact_for(load_dossier(work, claim_id), user)
    findings = list_on_screen(dossier, user.name)
    unread, told = list_unread(findings, dossier, user.name), f"unread_told_{claim_id}"
    if unread and not st.session_state.get(told):
        st.session_state[told] = True
        raise RuleRefused("unread_citations", judged=len(findings) - len(unread), count=len(findings))


def save_and_go_on(shown: Shown, following: int | None, typed: str | None = None) -> None:
    """Store what was changed in the comment since the grade, and open the claim ``following`` this one.

    Who is to grade and did not is told so, and stays; ``typed`` as of ``give_grade``.
    """
    claim_id = shown.claim_id
    own: list[Assessment] = []

    def look(work: UnitOfWork, user: User, _now: datetime) -> None:
        given = load_dossier(work, claim_id).find_grade(user.name)
        own.extend([given] if given is not None else [])
        if given is None and shown.part in (Task.GRADES, Task.VIEWS):
            raise RuleRefused("grade_first")

    if find_refused(claim_id) is None:
        if not act(look):
            return
        comment = (read_comment(claim_id) if typed is None else typed).strip()
        if shown.part is Task.GRADES and own[0].comment != comment:
            give_grade(shown, own[0].grade, comment)
    if is_refused():
        return
    st.session_state.pop("message", None)
    go_on(claim_id, following)


def decide_conflict(shown: Shown, grade: SupportGrade | None, typed: str | None = None) -> None:
    """Record the chosen grade as the decision with its reason, or say what is missing; ``typed`` as above."""
    claim_id = shown.claim_id
    comment = read_comment(claim_id) if typed is None else typed
    certainty = _read_certainty(claim_id)

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        if grade is None:
            raise RuleRefused("decision_needs_grade")
        require_shown(work, shown, user)
        work.drafts.give(claim_id, user.name, now)
        adjudicate(work, claim_id, shown.revision, grade, comment, user, now, certainty)

    if note_outcome(claim_id, "grade", act(step)) and grade is not None:
        forget_typed(f"comment_{claim_id}")
        st.session_state.pop(f"choice_{claim_id}", None)
        told = get_translate()("Decided: {grade}. j opens the next claim.")
        keep_message("saved", told.format(grade=grade_label(grade, get_locale())))


def find_choice(claim_id: int) -> SupportGrade | None:
    """The grade that an adjudicator chose in this window and has not decided on."""
    return cast("SupportGrade | None", st.session_state.get(f"choice_{claim_id}"))


def read_comment(claim_id: int) -> str:
    """The comment as it stands in its field."""
    return str(st.session_state.get(f"comment_{claim_id}", ""))


def _read_certainty(claim_id: int) -> BodyCertainty | None:
    return cast("BodyCertainty | None", st.session_state.get(f"certainty_{claim_id}"))


def _tell_grade(part: Task, grade: SupportGrade) -> None:
    keep_message("saved", get_translate()(_SAVED[part]).format(grade=grade_label(grade, get_locale())))


def show_grade(claim_id: int, grader: str) -> None:
    """Tell what the grader gave to the claim; while that is blind, the refusal stands in the trail."""

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        given = open_grade(work, claim_id, grader, user, now)
        full_name = work.people.get_user(grader).full_name
        told = f"{full_name}: {grade_label(given.grade, get_locale())} {given.comment}"
        keep_message("saved", told.strip())

    act(step)


def undo(shown: Shown) -> None:
    """Take back the last own step at the claim, and say which it was."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        translate = get_translate()
        if count := take_back_given(work, claim_id, user, now):
            keep_message("saved", translate("Taken back from other claims: {count}.").format(count=count))
            return
        taken = undo_last_step(work, claim_id, user, now)
        told = translate("Taken back: {step}.").format(step=translate(STEP_LABELS[taken.kind]))
        keep_message("saved", f"{told} {tell_unblinded(translate)}" if taken.unsealed else told)
        if taken.pmids:
            set_focus(claim_id, taken.pmids[0])
        if taken.taken_from is not None and not taken.taken_from.changed:
            _forget_taken_comment(claim_id, taken)

    def keep_given(work: UnitOfWork, user: User, now: datetime) -> None:
        given_before = load_draft(work, claim_id, user).given_before
        keep_draft(work, claim_id, read_comment(claim_id), given_before, None, user, now)

    if act(step):
        forget_outcome()
        act(keep_given)


def _forget_taken_comment(claim_id: int, taken: TakenBack) -> None:
    """Another's words are no draft of one's own."""
    if read_comment(claim_id).strip() == taken.comment:
        st.session_state[f"comment_{claim_id}"] = ""


def keep_comment(claim_id: int, given_before: int) -> None:
    """Keep the comment as it stands in its field: it outlives the page, the browser and the server.

    ``given_before``: as ``Draft`` counts, when the field was drawn.
    """
    act(keep_draft, claim_id, read_comment(claim_id), given_before, None)


def declare(version_id: int) -> None:
    """Record what the reviewer declares for the article, or say what is missing."""
    qualification, interests = (
        str(st.session_state.get(f"declared_{field}", "")) for field in ("qualification", "interests")
    )

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        declare_interests(work, version_id, interests, qualification, user, now)

    if act(step):
        forget_typed("declared_qualification", "declared_interests")


def enter_guideline_grade(shown: Shown) -> None:
    """Record the typed grade of a guideline with its source, or say what is missing."""
    grade, source = (str(st.session_state.get(f"guideline_{field}", "")) for field in ("grade", "source"))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        enter_guideline(work, shown.claim_id, grade, source, user, now)

    if act(step):
        forget_typed("guideline_grade", "guideline_source")
        keep_message("saved", get_translate()("The guideline's grade is saved."))
