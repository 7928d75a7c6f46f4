"""What is done at the practice claim: it is kept in this session of the browser, and nowhere else."""

from __future__ import annotations

from typing import cast

import streamlit as st

from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.citation import Pmid
from claims.records.people import User
from reviewer.dashboard.actions.acting import act, take_step
from reviewer.dashboard.fields import forget_typed
from reviewer.dashboard.grading_keys import GRADE_KEYS, JUDGEMENT_KEYS
from reviewer.dashboard.page_registry import PRACTICE_ROOM
from reviewer.dashboard.presses import Press
from reviewer.dashboard.session import (
    get_application,
    get_locale,
    get_translate,
    keep_message,
    open_place,
    set_focus,
)
from reviewer.i18n import mark
from reviewer.labels import grade_label
from reviewer.rules.dossier import Dossier
from reviewer.workflow.practising import (
    PRACTICE_CLAIM,
    Practice,
    end_practice,
    is_practice_over,
    make_dossier,
)
from reviewer.workflow.showing import Shown

COMMENT_FIELD = f"comment_{PRACTICE_CLAIM}"
_CLAIM = mark("Agent X raises hair density in women with hair loss.")


def find_practice() -> Practice | None:
    """What was done at the practice claim in this session, ``None`` while it is not begun."""
    return cast("Practice | None", st.session_state.get("practice"))


def is_finished() -> bool:
    """Whether the practice claim was ended in this session and not begun again since."""
    return bool(st.session_state.get("practice_finished"))


def show_practice(practice: Practice, name: str = "") -> Dossier:
    """The practice claim in the language of the screen, as it stands for the account of this name."""
    return make_dossier(practice, get_translate()(_CLAIM), name, get_application().now())


def is_offered(viewer: User) -> bool:
    """Whether the practice is offered by itself: to who never finished it nor put it away."""
    if not st.session_state.get("practice_over"):
        with get_application().reading() as work:
            st.session_state["practice_over"] = is_practice_over(work, viewer)
    return not st.session_state["practice_over"]


def open_practice() -> None:
    """Open the practice where it was left; one that is finished begins anew."""
    if is_finished():
        st.session_state.pop("practice", None)
        st.session_state.pop("practice_finished")
    open_place(room=PRACTICE_ROOM)


def begin_practice() -> None:
    """Open the practice claim, untouched."""
    st.session_state["practice"] = Practice()


def put_away() -> None:
    """Offer the practice no more by itself, and go to "My work"."""
    if act(end_practice):
        open_place()
        told = get_translate()("The practice claim is in your account (My account) whenever you want it.")
        keep_message("saved", told)


def practise(press: Press) -> None:
    """Do at the practice claim what was pressed; a key that leads elsewhere says that there is one claim."""
    kind, _, key = press.name.partition("_")
    practice = find_practice() or Practice()
    if press.pmid:
        set_focus(PRACTICE_CLAIM, press.pmid)
    if kind == "judge" and key in JUDGEMENT_KEYS:
        judge(press.shown, press.pmid, JUDGEMENT_KEYS[key], press.goes_to)
    elif press.name == "judge_rest":
        put_rest_aside(press.pmids)
    elif kind == "grade" and key in GRADE_KEYS:
        _give(practice, GRADE_KEYS[key], press.comment)
    elif kind == "undo":
        undo()
    elif press.name == "save_next":
        finish()
    elif kind not in ("citation", "focus"):
        keep_message("saved", get_translate()("There is one claim to practise on: Enter ends it."))


def judge(shown: Shown, pmid: Pmid, judgement: CitationJudgement, goes_to: Pmid) -> None:
    """Judge a record and read the next."""
    _keep((find_practice() or Practice()).judge((pmid,), judgement))
    set_focus(shown.claim_id, goes_to or pmid)


def put_rest_aside(pmids: tuple[Pmid, ...]) -> None:
    """Judge these records not relevant, in one step."""
    _keep((find_practice() or Practice()).judge(pmids, CitationJudgement.NOT_RELEVANT))


def grade(_shown: Shown, given: SupportGrade) -> None:
    """Give the grade with the comment as it was left."""
    _give(find_practice() or Practice(), given, str(st.session_state.get(COMMENT_FIELD, "")))


def undo() -> None:
    """Take back the last step, if there was one."""
    practice, translate = find_practice(), get_translate()
    if practice is None or practice.former is None:
        keep_message("saved", translate("Nothing is left to take back."))
        return
    _keep(practice.former)
    taken = [pmid for pmid, _ in set(practice.judgements) - set(practice.former.judgements)]
    if taken:
        set_focus(PRACTICE_CLAIM, min(taken))
    keep_message("saved", translate("Taken back."))


def finish() -> None:
    """End the practice claim once it has a grade; it is not offered by itself from then on."""

    practice = find_practice()
    if practice is None or practice.grade is None:
        keep_message(
            "refused", get_translate()("Choose a grade first, 4 to 0: then Enter ends the practice.")
        )
    elif act(end_practice):
        st.session_state["practice_finished"] = True
        forget_typed(COMMENT_FIELD)


def _give(practice: Practice, given: SupportGrade, comment: str) -> None:
    """Give the grade, or say which rule of grading refuses it."""
    if take_step(lambda: _keep(practice.give(show_practice(practice), given, comment))):
        told = get_translate()("Grade: {grade}. Enter ends the practice claim.")
        keep_message("saved", told.format(grade=grade_label(given, get_locale())))


def _keep(practice: Practice) -> None:
    st.session_state["practice"] = practice
