"""The ways to the first steps: the offer to who is new here, and the button for who wants them again."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.actions.practising import find_practice, is_offered, open_practice, put_away
from reviewer.dashboard.components.drawing import draw_text
from reviewer.dashboard.session import get_translate, get_user


def draw_offer() -> None:
    """Draw the way to the first steps for who never took them nor put them away."""
    if not is_offered(get_user()):
        return
    translate = get_translate()
    with st.container(border=True, key="practice_offer", gap="xsmall"):
        words = translate("New here? Four short steps with a practice claim, about three minutes.")
        draw_text(words)
        with st.container(horizontal=True, gap="small"):
            told = translate("Begin") if find_practice() is None else translate("Go on")
            st.button(told, key="open_practice", on_click=open_practice, type="primary")
            st.button(translate("Do not show again"), key="put_practice_away", on_click=put_away)


def draw_way_to_practice(key: str) -> bool:
    """Whether the button was pressed that opens the first steps again, or where they were left."""
    return st.button(get_translate()("First steps, with a practice claim"), key=key, on_click=open_practice)
