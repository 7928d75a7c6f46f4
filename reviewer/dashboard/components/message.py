"""The sentence that the last step left."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.session import is_refused, take_message
from reviewer.markup import Html


def draw_message(standing: str = "", refused: str = "", place: str = "") -> None:
    """Draw the sentence of the last step, which says what was saved or what is missing, else ``standing``.

    ``refused`` stands until something else was said: a refusal that is still to be acted on. ``place``: what
    was done at this part of the page alone (``place_message``).
    """
    kind, sentence = take_message(place) or (("refused", refused) if refused else ("standing", standing))
    if sentence:
        draw_html(Html('<p class="konkyo message {}" role="status">{}</p>').format(kind, sentence))


def close_or_tell(*pressed: bool) -> None:
    """Close the dialog whose step was taken; one that was refused stays open and says why."""
    if not any(pressed):
        return
    if is_refused():
        draw_message()
    else:
        st.rerun()
