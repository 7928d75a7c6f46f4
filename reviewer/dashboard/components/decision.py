"""What is decided: the grade with its keys, the comment, the way on. It never moves."""

from __future__ import annotations

import streamlit as st

from claims.records.assessment import Assessment, SupportGrade
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.moving import draw_comment_key
from reviewer.dashboard.session import get_locale, get_translate, open_place
from reviewer.dashboard.steps import grade_claim
from reviewer.i18n import tell_moment
from reviewer.labels import grade_label

GRADE_KEYS = {
    "4": SupportGrade.SUPPORTED,
    "3": SupportGrade.PARTIALLY_SUPPORTED,
    "2": SupportGrade.OVERSTATED,
    "1": SupportGrade.UNSUPPORTED,
    "0": SupportGrade.CONTRADICTED,
    "9": SupportGrade.CANNOT_JUDGE,
    "8": SupportGrade.NOT_CHECKABLE,
}


def draw_decision(claim_id: int, own: Assessment | None, neighbours: tuple[int | None, int | None]) -> None:
    """Draw the grades, the message of the last step, the comment and the way to the neighbours."""
    with st.container(key="decision", gap="xsmall"):
        _draw_grades(claim_id, own)
        _draw_standing(own)
        _draw_comment(claim_id, own)
        _draw_way(neighbours)


def _draw_grades(claim_id: int, own: Assessment | None) -> None:
    columns = [*st.columns(2, gap="xsmall"), *st.columns(3, gap="xsmall"), *st.columns(2, gap="xsmall")]
    for column, (key, grade) in zip(columns, GRADE_KEYS.items(), strict=True):
        column.button(
            grade_label(grade, get_locale()),
            key=f"grade_{key}",
            shortcut=key,
            on_click=grade_claim,
            args=(claim_id, grade),
            type="primary" if own is not None and own.grade is grade else "secondary",
            width="stretch",
        )


def _draw_standing(own: Assessment | None) -> None:
    translate = get_translate()
    if own is None:
        standing = translate("You have not graded this claim yet.")
    else:
        standing = translate("Your grade: {grade}, {date}").format(
            grade=grade_label(own.grade, get_locale()), date=tell_moment(own.graded_at, get_locale())
        )
    draw_message(standing)


def _draw_comment(claim_id: int, own: Assessment | None) -> None:
    translate = get_translate()
    field = f"comment_{claim_id}"
    st.session_state.setdefault(field, own.comment if own else "")
    with st.container(key="comment"):
        st.text_area(
            translate("Comment"),
            key=field,
            height=72,
            placeholder=translate("Comment, stored with the grade"),
            label_visibility="collapsed",
            persist_state="session",
        )


def _draw_way(neighbours: tuple[int | None, int | None]) -> None:
    translate = get_translate()
    before, after = neighbours
    back, comment, onward = st.columns(3, gap="xsmall")
    for column, claim_id, key, label in (
        (back, before, "k", translate("← previous")),
        (onward, after, "j", translate("next →")),
    ):
        column.button(
            label,
            key=f"way_{key}",
            shortcut=key,
            on_click=open_place,
            kwargs={"claim": claim_id or 0},
            disabled=claim_id is None,
            width="stretch",
        )
    with comment:
        draw_comment_key()
