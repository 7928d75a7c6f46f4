"""What the keys of grading do: a grade, view or decision, a judgement, and taking the last of them back."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import streamlit as st

from claims.errors import RuleRefused
from claims.records.assessment import (
    Assessment,
    Basis,
    BodyCertainty,
    CitationJudgement,
    JudgedCitation,
    SupportGrade,
)
from claims.records.citation import Pmid
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import forget_typed
from reviewer.dashboard.leaving import find_refused, forget_outcome, go_on, note_outcome
from reviewer.dashboard.session import (
    get_basis,
    get_locale,
    get_translate,
    is_refused,
    keep_basis,
    keep_message,
    set_focus,
)
from reviewer.dashboard.shown_citations import list_on_screen, list_unread
from reviewer.i18n import mark
from reviewer.labels import STEP_LABELS, grade_label
from reviewer.rules.tasks import Task
from reviewer.rules.visibility import redact_for
from reviewer.workflow.adjudicating import adjudicate, write_view
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.drafting import keep_draft, load_draft
from reviewer.workflow.grading import judge_citation, judge_rest, record_grade
from reviewer.workflow.overriding import enter_guideline, override_level
from reviewer.workflow.permitting import load_dossier
from reviewer.workflow.showing import Shown, require_shown
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
        taken = undo_last_step(work, claim_id, user, now)
        translate = get_translate()
        told = translate("Taken back: {step}.").format(step=translate(STEP_LABELS[taken.kind]))
        keep_message("saved", told)
        if taken.pmids:
            set_focus(claim_id, taken.pmids[0])

    def keep_given(work: UnitOfWork, user: User, now: datetime) -> None:
        given_before = load_draft(work, claim_id, user).given_before
        keep_draft(work, claim_id, read_comment(claim_id), given_before, user, now)

    if act(step):
        forget_outcome()
        act(keep_given)


def keep_comment(claim_id: int, given_before: int) -> None:
    """Keep the comment as it stands in its field: it outlives the page, the browser and the server.

    ``given_before``: as ``Draft`` counts, when the field was drawn.
    """
    act(keep_draft, claim_id, read_comment(claim_id), given_before)


def declare(version_id: int) -> None:
    """Record what the reviewer declares for the article, or say what is missing."""
    qualification, interests = (
        str(st.session_state.get(f"declared_{field}", "")) for field in ("qualification", "interests")
    )

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        declare_interests(work, version_id, interests, qualification, user, now)

    if act(step):
        forget_typed("declared_qualification", "declared_interests")


def judge(shown: Shown, pmid: Pmid, judgement: CitationJudgement, goes_to: Pmid) -> None:
    """Record the reviewer's judgement of one citation and read ``goes_to``, or say why it is refused."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        own = _find_own(work, claim_id, pmid, user)
        basis = get_basis(claim_id, pmid, own)
        passage = _choose_passage(work, claim_id, pmid, own, basis)
        judge_citation(work, claim_id, pmid, judgement, basis, user, now, passage)

    if note_outcome(claim_id, "judgement", act(step)):
        set_focus(claim_id, goes_to or pmid)


def put_rest_aside(shown: Shown, pmids: tuple[Pmid, ...]) -> None:
    """Record that these citations, which stood on the screen unjudged, are not relevant, in one step."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        judged = judge_rest(work, claim_id, pmids, user, now)
        told = get_translate()("{count} put aside as not relevant. u takes them back, all at once.")
        keep_message("saved", told.format(count=len(judged)))

    note_outcome(claim_id, "judgement", act(step))


def change_basis(shown: Shown, pmid: Pmid) -> None:
    """Note that the other was read for a citation; a judgement given already is recorded again with it."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        own = _find_own(work, claim_id, pmid, user)
        basis = get_basis(claim_id, pmid, own).other
        if own is not None:
            passage = _choose_passage(work, claim_id, pmid, own, basis)
            judge_citation(work, claim_id, pmid, own.judgement, basis, user, now, passage)
        keep_basis(claim_id, pmid, basis)

    note_outcome(claim_id, "judgement", act(step))


def keep_passage(shown: Shown, pmid: Pmid) -> None:
    """Note what of the full text was read: with the judgement given already, else with the next one."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        own = _find_own(work, claim_id, pmid, user)
        passage = read_passage(claim_id, pmid, own)
        if own is not None and own.basis is Basis.FULL_TEXT and passage.strip() != (own.passage or ""):
            judge_citation(work, claim_id, pmid, own.judgement, own.basis, user, now, passage)

    note_outcome(claim_id, "judgement", act(step))


def quote(shown: Shown, pmid: Pmid, span: tuple[int, int]) -> None:
    """Make the words of the abstract at ``span`` the reviewer's own rationale: with the judgement that they
    gave, else with the next one."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        abstract = load_dossier(work, claim_id).citations[pmid].abstract_text
        words, own = abstract[span[0] : span[1]].strip(), _find_own(work, claim_id, pmid, user)
        if not words:
            raise RuleRefused("quotation_not_in_abstract")
        if own is not None:
            basis = own.basis if own.basis is Basis.FULL_TEXT else Basis.ABSTRACT
            judge_citation(work, claim_id, pmid, own.judgement, basis, user, now, words)
        st.session_state[f"passage_{claim_id}_{pmid}"] = words
        keep_message("saved", get_translate()("Your rationale: “{words}”").format(words=words))

    note_outcome(claim_id, "judgement", act(step))


def _choose_passage(
    work: UnitOfWork, claim_id: int, pmid: Pmid, own: JudgedCitation | None, basis: Basis
) -> str:
    """The passage that goes with the basis: what was typed of a full text is none of an abstract."""
    passage = read_passage(claim_id, pmid, own).strip()
    of_abstract = not passage or passage in load_dossier(work, claim_id).citations[pmid].abstract_text
    return passage if of_abstract or basis is Basis.FULL_TEXT else ""


def read_passage(claim_id: int, pmid: Pmid, own: JudgedCitation | None) -> str:
    """The passage that was typed or selected, else the one that was kept with the judgement."""
    kept = own.passage if own is not None else None
    return str(st.session_state.get(f"passage_{claim_id}_{pmid}", kept or ""))


def _find_own(work: UnitOfWork, claim_id: int, pmid: Pmid, user: User) -> JudgedCitation | None:
    judged = load_dossier(work, claim_id).judgements
    return next((own for own in judged if (own.pmid, own.judged_by) == (pmid, user.name)), None)


def set_level(shown: Shown, pmid: Pmid) -> None:
    """Record the chosen evidence level of a citation with its reason, or say what is missing."""
    claim_id = shown.claim_id
    level, reason = (st.session_state.get(f"{field}_{claim_id}_{pmid}") for field in ("level", "reason"))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        override_level(work, claim_id, pmid, cast("int | None", level), str(reason or ""), user, now)

    if act(step):
        forget_typed(f"reason_{claim_id}_{pmid}")
        keep_message("saved", get_translate()("The level is yours now, with its reason."))


def enter_guideline_grade(shown: Shown) -> None:
    """Record the typed grade of a guideline with its source, or say what is missing."""
    grade, source = (str(st.session_state.get(f"guideline_{field}", "")) for field in ("grade", "source"))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        enter_guideline(work, shown.claim_id, grade, source, user, now)

    if act(step):
        forget_typed("guideline_grade", "guideline_source")
        keep_message("saved", get_translate()("The guideline's grade is saved."))
