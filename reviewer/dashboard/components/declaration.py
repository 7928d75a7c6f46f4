"""What a reviewer declares before the first grade: qualification and interests, for the report."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.session import get_translate, get_user
from reviewer.dashboard.steps import declare


def draw_declaration(version_id: int) -> None:
    """Draw the two fields and the button that declares."""
    translate = get_translate()
    with st.container(key="declaration"):
        st.text_input(
            translate("Your qualification"), value=get_user().qualification, key="declared_qualification"
        )
        st.text_area(
            translate("Your interests in the subject of this article"),
            key="declared_interests",
            placeholder=translate("For instance: none"),
            height=72,
        )
        st.button(translate("Declare"), key="declare", on_click=declare, args=(version_id,), type="primary")
