"""Words of a claim that the lexicon does not know, and the field in which a person adds their English."""

from __future__ import annotations

import streamlit as st

from claims.lexicon.tables import TermRole
from reviewer.dashboard.actions.searching import teach_term
from reviewer.dashboard.components.drawing import draw_text
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.session import get_translate
from reviewer.labels import TERM_ROLE_LABELS


def draw_teaching(unmapped: tuple[str, ...]) -> bool:
    """Draw the fields; whether the term was to be added. The next search uses it."""
    translate = get_translate()
    with st.expander(translate("Add a term to the lexicon"), expanded=False, key="teaching"):
        if unmapped:
            told = translate("Words without English: {words}").format(words=", ".join(unmapped))
            draw_text(told)
        st.session_state.setdefault(name_field("term"), unmapped[0] if unmapped else "")
        left, right = st.columns(2)
        left.text_input(translate("Term, as in the article"), key=name_field("term"))
        right.text_input(translate("In English; several with ;"), key=name_field("term_english"))
        left.text_input(translate("MeSH descriptor, where it has one"), key=name_field("term_mesh"))
        right.selectbox(
            translate("What it is"),
            list(TermRole),
            format_func=lambda role: translate(TERM_ROLE_LABELS[role]),
            key="term_role",
        )
        return st.button(translate("Add the term"), key="teach", on_click=teach_term)
