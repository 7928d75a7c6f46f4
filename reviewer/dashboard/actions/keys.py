"""What the keys of the grading page do: each is placed on what the browser says was on the screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import streamlit as st

from claims.errors import KonkyoError, RuleRefused
from claims.records.adjudication import OwnView
from claims.records.assessment import Assessment, JudgedCitation
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.actions.claims import begin_flag
from reviewer.dashboard.actions.grading import (
    decide_conflict,
    give_grade,
    give_grade_on,
    save_and_go_on,
    take_grade_over,
    undo,
)
from reviewer.dashboard.actions.judging import change_basis, judge, put_rest_aside, quote
from reviewer.dashboard.actions.practising import practise
from reviewer.dashboard.grading_keys import GRADE_KEYS, JUDGEMENT_KEYS
from reviewer.dashboard.leaving import go, go_back, go_on
from reviewer.dashboard.page_registry import PRACTICE_ROOM
from reviewer.dashboard.presses import Press, read_press
from reviewer.dashboard.session import find_place, find_room, get_basis, keep_refusal, set_focus
from reviewer.rules.visibility import redact_for
from reviewer.workflow.permitting import load_dossier
from reviewer.workflow.practising import PRACTICE_CLAIM
from reviewer.workflow.repeats import find_repeats

KEYS_WIDGET = "room_keys"
LEAVING = frozenset({"way_j", "way_k", "way_number", "save_next"})


def take_press() -> None:
    """Do what was pressed, once however often it is sent; a refusal is kept for page and browser."""
    try:
        press = read_press(cast(Any, st.session_state[KEYS_WIDGET]).press)
    except KonkyoError as error:
        keep_refusal(error)
        return
    done = find_done()
    if done and done["tab"] == press.tab and press.seq <= done["seq"]:
        # The page is drawn again for it: what was told stays.
        if told := st.session_state.get("told_last"):
            st.session_state["message"] = told
        return
    st.session_state.pop("message", None)
    if find_room() == PRACTICE_ROOM and press.shown.claim_id == PRACTICE_CLAIM:
        practise(press)
    elif find_place("claim") != press.shown.claim_id:
        keep_refusal(RuleRefused("page_left"))
    elif not (press.again and _is_stored(press)):
        _place(press)
    kind, _ = st.session_state.get("message", ("", ""))
    st.session_state["told_last"] = st.session_state.get("message")
    stays = press.name in LEAVING and find_place("claim") == press.shown.claim_id
    st.session_state["done"] = {"tab": press.tab, "seq": press.seq, "refused": kind == "refused" or stays}


def find_done() -> dict[str, Any] | None:
    """The press that was dealt with last in this browser session, and whether it was refused."""
    return cast("dict[str, Any] | None", st.session_state.get("done"))


def _place(press: Press) -> None:
    """Take the step that the button of this name stands for."""
    shown, (kind, _, key) = press.shown, press.name.partition("_")
    if press.pmid:
        set_focus(shown.claim_id, press.pmid)
    if kind == "judge" and key in JUDGEMENT_KEYS:
        judge(shown, press.pmid, JUDGEMENT_KEYS[key], press.goes_to)
    elif press.name == "judge_rest":
        put_rest_aside(shown, press.pmids)
    elif kind == "basis":
        change_basis(shown, press.pmid)
    elif press.name == "quote" and press.span is not None:
        quote(shown, press.pmid, press.span)
    elif press.name == "flag_words" and press.span is not None:
        begin_flag(shown.claim_id, press.span)
    elif kind == "grade" and key in GRADE_KEYS:
        give_grade(shown, GRADE_KEYS[key], press.comment)
    elif press.name == "take_over":
        take_grade_over(shown, press.target, press.comment)
    elif press.name == "give_repeats":
        give_grade_on(shown)
    elif kind == "decide":
        decide_conflict(shown, GRADE_KEYS.get(press.choice), press.comment)
    elif kind == "undo":
        undo(shown)
    elif press.name == "save_next":
        save_and_go_on(shown, press.target, press.comment)
    elif press.name in ("way_j", "way_number"):
        go_on(shown.claim_id, press.target)
    elif press.name == "way_k":
        go_back(press.target)
    elif press.name == "to_queue" and press.target is not None:
        go(version=press.target)
    elif kind not in ("citation", "focus"):
        keep_refusal(RuleRefused("press_unreadable"))


def _is_stored(press: Press) -> bool:
    """Whether a press that is sent again arrived the first time, as far as what is stored tells."""
    kind, _, key = press.name.partition("_")
    claim_id = press.shown.claim_id
    stored: list[JudgedCitation | Assessment | OwnView] = []

    def look(work: UnitOfWork, user: User, _now: datetime) -> None:
        dossier = load_dossier(work, claim_id)
        if press.name == "judge_rest":
            own = [j for j in dossier.judgements if j.judged_by == user.name]
            stored.extend(own if {*press.pmids} <= {j.pmid for j in own} else [])
        elif kind == "judge":
            own = [j for j in dossier.judgements if (j.pmid, j.judged_by) == (press.pmid, user.name)]
            same = [j for j in own if j.judgement is JUDGEMENT_KEYS.get(key)]
            stored.extend(j for j in same if j.basis is get_basis(claim_id, press.pmid, j))
        elif kind == "grade":
            given = (dossier.find_grade(user.name), dossier.find_view(user.name))
            said = [one for one in given if one and one.grade is GRADE_KEYS.get(key)]
            stored.extend(one for one in said if one.comment == press.comment.strip())
        elif press.name == "take_over":
            own_grade = dossier.find_grade(user.name)
            taken = own_grade.taken_from if own_grade else None
            stored.extend([own_grade] if own_grade and taken and taken.claim_id == press.target else [])
        elif press.name == "give_repeats":
            repeats = find_repeats(work, redact_for(dossier, user), user)
            stored.extend(() if repeats.open else (one for each in repeats.given for one in each.grades))
        elif kind == "undo":
            raise RuleRefused("undo_unknown")

    return not act(look) or bool(stored)
