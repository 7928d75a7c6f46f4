"""Parts of a page that run without it: dialogs, and what is looked at again and again.

They run only while the sign-in is in force: when it has ended, the whole page is drawn, which says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Literal, TypeVarTuple

import streamlit as st

from reviewer.dashboard.session import find_user

Values = TypeVarTuple("Values")


def open_dialog(
    title: str,
    draw: Callable[[*Values], object],
    *values: *Values,
    width: Literal["small", "large"] = "small",
) -> None:
    """Open a dialog that ``draw`` fills, at first and after each step in it."""
    st.dialog(title, width=width)(_while_signed_in(draw))(*values)


def draw_every(seconds: float, draw: Callable[[*Values], object], *values: *Values) -> None:
    """Let ``draw`` draw a part of the page, and draw it anew every so many seconds."""
    st.fragment(_while_signed_in(draw), run_every=seconds)(*values)


def _while_signed_in(draw: Callable[[*Values], object]) -> Callable[[*Values], None]:
    @wraps(draw)
    def drawn(*values: *Values) -> None:
        if find_user() is None:
            st.rerun()
        draw(*values)

    return drawn
