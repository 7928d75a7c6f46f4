"""What is decided: the grade with its keys, the comment, the way on. It never moves."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from claims.records.assessment import SupportGrade
from claims.records.retrieval import SearchPlan
from reviewer.dashboard.components.amending import draw_amending
from reviewer.dashboard.components.body import draw_body
from reviewer.dashboard.components.comment import draw_comment
from reviewer.dashboard.components.criteria import draw_criteria
from reviewer.dashboard.components.flagging import draw_flagging
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.moving import draw_comment_key
from reviewer.dashboard.components.searches import draw_searching
from reviewer.dashboard.components.standing import tell_standing
from reviewer.dashboard.session import get_locale, get_translate, get_user, open_place
from reviewer.dashboard.steps_of_grading import give_grade, undo
from reviewer.labels import grade_label
from reviewer.workflow.dossier import Dossier
from reviewer.workflow.parts import Part
from reviewer.workflow.queueing import Queue

GRADE_KEYS = {
    "4": SupportGrade.SUPPORTED,
    "3": SupportGrade.PARTIALLY_SUPPORTED,
    "2": SupportGrade.OVERSTATED,
    "1": SupportGrade.UNSUPPORTED,
    "0": SupportGrade.CONTRADICTED,
    "9": SupportGrade.CANNOT_JUDGE,
    "8": SupportGrade.NOT_CHECKABLE,
}


def draw_decision(dossier: Dossier, part: Part, draft: str | None, names: Mapping[str, str]) -> None:
    """Draw the grades, the sentence of the last step, and the comment with what goes with it."""
    with st.container(key="decision", gap="xsmall"):
        _draw_grades(dossier, part)
        draw_message(tell_standing(dossier, part, get_user(), names, get_locale()))
        draw_comment(dossier, part, draft)
        _draw_actions(dossier, part)


def draw_way(dossier: Dossier, plan: SearchPlan | None, queue: Queue) -> None:
    """Draw the way to the claims before and after, and what can be looked up and changed on it."""
    translate = get_translate()
    before, after = queue.find_neighbours(dossier.claim.id)
    back, search, edit, criteria, onward = st.columns([0.75, 1, 1, 1.2, 0.75], gap="xsmall")
    _draw_step(back, before, "k", "←", translate("Previous claim"))
    if search.button(translate("search"), key="to_search", shortcut="l", width="stretch"):
        open_dialog(translate("Searches"), draw_searching, dossier, plan, width="large")
    if edit.button(translate("edit"), key="to_edit", shortcut="w", width="stretch"):
        open_dialog(translate("Claims by hand"), draw_amending, dossier.claim, queue.find_claim(after))
    if criteria.button(translate("criteria"), key="criteria", shortcut="g", width="stretch"):
        open_dialog(translate("What the grades mean"), draw_criteria, width="large")
    _draw_step(onward, after, "j", "→", translate("Next claim"))


def _draw_step(column: DeltaGenerator, claim_id: int | None, key: str, label: str, told: str) -> None:
    column.button(
        label,
        key=f"way_{key}",
        shortcut=key,
        help=told,
        on_click=open_place,
        kwargs={"claim": claim_id or 0},
        disabled=claim_id is None,
        width="stretch",
    )


def _draw_grades(dossier: Dossier, part: Part) -> None:
    given = _find_given(dossier, part)
    columns = [*st.columns(2, gap="xsmall"), *st.columns(3, gap="xsmall"), *st.columns(2, gap="xsmall")]
    for column, (key, grade) in zip(columns, GRADE_KEYS.items(), strict=True):
        column.button(
            grade_label(grade, get_locale()),
            key=f"grade_{key}",
            shortcut=key,
            on_click=give_grade,
            args=(dossier.claim.id, part, dossier.claim.revision, grade),
            type="primary" if grade is given else "secondary",
            disabled=part is Part.READS,
            width="stretch",
        )


def _find_given(dossier: Dossier, part: Part) -> SupportGrade | None:
    """The grade that is shown as given: the viewer's own, or their view while they decide."""
    name = get_user().name
    said = dossier.find_view(name) if part is Part.DECIDES else dossier.find_grade(name)
    return said.grade if said is not None else None


def _draw_actions(dossier: Dossier, part: Part) -> None:
    translate = get_translate()
    taking_back, comment, flagging, body = st.columns([0.85, 1.35, 0.9, 1.35], gap="xsmall")
    taking_back.button(
        translate("undo"),
        key="undo",
        shortcut="u",
        on_click=undo,
        args=(dossier.claim.id,),
        width="stretch",
        help=translate("Take back your last step at this claim"),
    )
    with comment:
        draw_comment_key()
    if flagging.button(translate("flag"), key="to_flag", shortcut="f", width="stretch"):
        open_dialog(translate("Raise a flag"), draw_flagging, dossier.claim)
    with body:
        draw_body(dossier, part)
