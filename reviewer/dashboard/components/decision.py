"""What is decided: the grade with its keys, the comment, the certainty, the way on. It never moves."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from claims.records.assessment import BodyCertainty, SupportGrade
from claims.records.draft import Draft
from claims.records.retrieval import SearchPlan
from reviewer.dashboard.actions.grading import (
    decide_conflict,
    enter_guideline_grade,
    find_choice,
    give_grade,
    keep_comment,
    undo,
)
from reviewer.dashboard.components.amending import draw_amending
from reviewer.dashboard.components.browser_scripts import draw_comment_key
from reviewer.dashboard.components.criteria import draw_criteria
from reviewer.dashboard.components.drawing import draw_text
from reviewer.dashboard.components.flags import draw_flagging
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.searches import draw_searching
from reviewer.dashboard.components.standing import describe_standing
from reviewer.dashboard.grading_keys import GRADE_KEYS
from reviewer.dashboard.leaving import find_refused, go_back, go_on
from reviewer.dashboard.session import get_locale, get_translate, get_user
from reviewer.labels import CERTAINTY_OF_BODY_LABELS, grade_label
from reviewer.rules.dossier import Dossier
from reviewer.rules.tasks import Task
from reviewer.workflow.showing import Shown
from reviewer.workflow.surroundings import Surroundings


def draw_decision(dossier: Dossier, shown: Shown, draft: Draft, names: Mapping[str, str]) -> None:
    """Draw the grades, the sentence of the last step, and the comment with what goes with it."""
    with st.container(key="decision", gap="xsmall"):
        _draw_grades(dossier, shown)
        standing = describe_standing(dossier, shown.part, get_user(), names, get_locale())
        refused = find_refused(dossier.claim.id)
        draw_message(standing, refused.sentence if refused is not None else "")
        _draw_comment(dossier, shown.part, draft)
        if shown.part is Task.DECIDES:
            _draw_decide(shown)
        _draw_actions(dossier, shown)


def draw_navigation(dossier: Dossier, plan: SearchPlan | None, around: Surroundings) -> None:
    """Draw the way to the claims before and after, and what can be looked up and changed on it."""
    translate = get_translate()
    before, after = around.before, around.after
    back, search, edit, criteria, onward = st.columns([0.75, 1, 1, 1.2, 0.75], gap="xsmall")
    back.button(
        "←",
        key="way_k",
        help=translate("Previous claim"),
        on_click=go_back,
        args=(before,),
        disabled=before is None,
        width="stretch",
    )
    if search.button(translate("search"), key="to_search", width="stretch"):
        open_dialog(translate("Searches"), draw_searching, dossier, plan, width="large")
    if edit.button(translate("edit"), key="to_edit", width="stretch"):
        open_dialog(translate("Claims by hand"), draw_amending, dossier.claim, around.following)
    if criteria.button(translate("criteria"), key="criteria", width="stretch"):
        open_dialog(translate("What the grades mean"), draw_criteria, width="large")
    onward.button(
        "→",
        key="way_j",
        help=translate("Next claim"),
        on_click=go_on,
        args=(dossier.claim.id, after),
        width="stretch",
    )


def _draw_grades(dossier: Dossier, shown: Shown) -> None:
    given = _find_given(dossier, shown.part)
    columns = [*st.columns(2, gap="xsmall"), *st.columns(3, gap="xsmall"), *st.columns(2, gap="xsmall")]
    for column, (key, grade) in zip(columns, GRADE_KEYS.items(), strict=True):
        column.button(
            grade_label(grade, get_locale()),
            key=f"grade_{key}",
            on_click=give_grade,
            args=(shown, grade),
            type="primary" if grade is given else "secondary",
            disabled=shown.part is Task.READS,
            width="stretch",
        )


def _find_given(dossier: Dossier, part: Task) -> SupportGrade | None:
    """The grade that is shown as given: the viewer's own, or the one chosen while they decide."""
    if part is Task.DECIDES:
        return find_choice(dossier.claim.id)
    own = dossier.find_grade(get_user().name)
    return own.grade if own is not None else None


def _draw_decide(shown: Shown) -> None:
    st.button(
        get_translate()("Decide"),
        key="decide",
        type="primary",
        on_click=decide_conflict,
        args=(shown, find_choice(shown.claim_id)),
        width="stretch",
    )


def _draw_actions(dossier: Dossier, shown: Shown) -> None:
    translate = get_translate()
    taking_back, comment, flagging, body = st.columns([0.85, 1.35, 0.9, 1.35], gap="xsmall")
    taking_back.button(
        translate("undo"),
        key="undo",
        on_click=undo,
        args=(shown,),
        width="stretch",
        help=translate("Take back your last step at this claim"),
    )
    with comment:
        draw_comment_key()
    if flagging.button(translate("flag"), key="to_flag", width="stretch"):
        open_dialog(translate("Raise a flag"), draw_flagging, dossier.claim)
    with body:
        _draw_body(dossier, shown)


def _draw_comment(dossier: Dossier, part: Task, draft: Draft) -> None:
    """Draw the field with what was being written, else with the comment of the own grade."""
    translate, claim_id = get_translate(), dossier.claim.id
    own = dossier.find_grade(get_user().name)
    given = own.comment if own is not None else ""
    with st.container(key="comment"):
        st.text_area(
            translate("Comment"),
            # Not set as state: what a browser that reconnects still holds in the field goes before it.
            value=given if draft.text is None else draft.text,
            key=f"comment_{claim_id}",
            height=72,
            placeholder=translate("Comment: kept as you leave the field, stored with the grade"),
            label_visibility="collapsed",
            disabled=part is Task.READS,
            persist_state="session",
            on_change=keep_comment,
            args=(claim_id, draft.given_before),
        )


def _draw_body(dossier: Dossier, shown: Shown) -> None:
    """Draw the fold; what is chosen is stored with the grade, and at once where there is one already."""
    translate, claim_id, part = get_translate(), dossier.claim.id, shown.part
    own = dossier.find_grade(get_user().name)
    given = own.body_certainty if own is not None else None
    st.session_state.setdefault(f"certainty_{claim_id}", given)
    with st.popover(translate("GRADE …"), width="stretch", key="body"):
        again = own is not None and part is Task.GRADES
        st.selectbox(
            translate("Certainty of the body of evidence (GRADE)"),
            [None, *BodyCertainty],
            format_func=lambda value: translate(CERTAINTY_OF_BODY_LABELS[value] if value else "not told"),
            key=f"certainty_{claim_id}",
            placeholder=translate("not told"),
            disabled=part is Task.READS,
            persist_state="session",
            on_change=give_grade if again else None,
            args=(shown, own.grade) if again and own else (),
        )
        if dossier.guideline is not None:
            told = translate("Guideline: {grade} ({source})").format(
                grade=dossier.guideline.grade, source=dossier.guideline.source
            )
            draw_text(told)
        st.text_input(translate("A guideline's grade, in its own scale"), key="guideline_grade")
        st.text_input(translate("Its source: society, year, question"), key="guideline_source")
        st.button(
            translate("Save the guideline's grade"),
            key="enter_guideline",
            on_click=enter_guideline_grade,
            args=(shown,),
        )
