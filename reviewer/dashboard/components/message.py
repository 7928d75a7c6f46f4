"""The sentence that the last step left."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.components.markup import show_text
from reviewer.dashboard.session import take_message


def draw_message(standing: str = "") -> None:
    """Draw the sentence of the last step, which says what was saved or what is missing, else ``standing``."""
    kind, sentence = take_message() or ("standing", standing)
    if sentence:
        st.html(f'<p class="konkyo message {kind}" role="status">{show_text(sentence)}</p>')
