"""What a person declares before the first grade: qualification and interests, for the report."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.actions.grading import declare
from reviewer.dashboard.components.drawing import draw_title
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.session import get_translate, get_user


def draw_declaration(version_id: int) -> None:
    """Draw the two fields and the button that declares, in the place of the decision."""
    translate = get_translate()
    with st.container(key="declaration", gap="xsmall"):
        draw_title(translate("Before you grade this article"))
        draw_message(translate("It is asked once for each article, and stands in the report."))
        st.session_state.setdefault("declared_qualification", get_user().qualification)
        st.text_input(translate("Your qualification"), key="declared_qualification")
        st.text_area(
            translate("Your interests in the subject of this article"),
            key="declared_interests",
            placeholder=translate("Fees, shares, products, research money; or: none"),
            height=72,
        )
        st.button(translate("Declare"), key="declare", on_click=declare, args=(version_id,), type="primary")
