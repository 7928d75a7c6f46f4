"""The ladder of grades: one below the other with its criterion, and apart those outside the order."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from claims.records.assessment import SupportGrade
from reviewer.dashboard.actions.grading import give_grade
from reviewer.dashboard.grading_keys import GRADE_KEYS
from reviewer.dashboard.session import get_locale, get_translate
from reviewer.labels import GRADE_CRITERIA, grade_label
from reviewer.rules.tasks import Task
from reviewer.workflow.showing import Shown


def draw_ladder(
    shown: Shown,
    given: SupportGrade | None,
    is_next: bool,
    on_grade: Callable[[Shown, SupportGrade], None] = give_grade,
) -> None:
    """Draw the grades from 4 to 0 below one another, and apart from them the two outside the order.

    ``is_next``: a grade is what is left to do.
    """
    with st.container(key="ladder_next" if is_next else "ladder", gap="xsmall"):
        for key, grade in GRADE_KEYS.items():
            if grade.step is not None:
                _draw_grade(st.container(), key, grade, given, shown, on_grade)
        outside = [(key, grade) for key, grade in GRADE_KEYS.items() if grade.step is None]
        with st.container(key="outside"):
            for column, (key, grade) in zip(st.columns(len(outside), gap="xsmall"), outside, strict=True):
                _draw_grade(column, key, grade, given, shown, on_grade)


def _draw_grade(
    place: DeltaGenerator,
    key: str,
    grade: SupportGrade,
    given: SupportGrade | None,
    shown: Shown,
    on_grade: Callable[[Shown, SupportGrade], None],
) -> None:
    translate = get_translate()
    criterion = "" if grade.step is None else f" :small[{translate(GRADE_CRITERIA[grade])}]"
    place.button(
        f"{'✓ ' if grade is given else ''}**{grade_label(grade, get_locale())}**{criterion}",
        key=f"grade_{key}",
        help=None if criterion else translate(GRADE_CRITERIA[grade]),
        on_click=on_grade,
        args=(shown, grade),
        type="primary" if grade is given else "secondary",
        disabled=shown.part is Task.READS,
        width="stretch",
    )
