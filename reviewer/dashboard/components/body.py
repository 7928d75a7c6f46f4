"""What goes with a grade: the certainty of the body of evidence, and a guideline's grade with its source."""

from __future__ import annotations

import streamlit as st

from claims.records.assessment import BodyCertainty
from reviewer.dashboard.actions.grading import enter_guideline_grade, give_grade
from reviewer.dashboard.components.drawing import draw_text
from reviewer.dashboard.session import get_translate, get_user
from reviewer.labels import CERTAINTY_OF_BODY_LABELS
from reviewer.rules.dossier import Dossier
from reviewer.rules.tasks import Task
from reviewer.workflow.showing import Shown


def draw_body(dossier: Dossier, shown: Shown) -> None:
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
