"""The flags of the claim in front: those of the rules and of people, and the way to raise one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.flag import Flag, FlagReason
from claims.records.review import ReviewClaim
from reviewer.dashboard.actions.claims import flag
from reviewer.dashboard.components.drawing import draw_text
from reviewer.dashboard.components.flags import render_flag
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.session import get_translate
from reviewer.i18n import translator
from reviewer.markup import Html


def render_flags(flags: Sequence[Flag], locale: str) -> Html:
    """The open flags as HTML, each with what was said to it.

    Those on the wording that nobody answered yet stand with the claim's own words.
    """
    shown = (flag for flag in flags if flag.answers or flag.reason is not FlagReason.WORDING_RISK)
    return Html().join(render_flag(flag, translator(locale), locale) for flag in shown if flag.is_open)


def draw_flagging(claim: ReviewClaim) -> None:
    """Draw the fields of a flag; raising it closes the dialog."""
    translate = get_translate()
    draw_text(claim.claim.text)
    st.text_area(
        translate("What is wrong with these words"),
        key=name_field(f"flag_{claim.id}"),
        height=96,
        persist_state="session",
    )
    st.text_input(
        translate("What would be better"), key=name_field(f"suggestion_{claim.id}"), persist_state="session"
    )
    raised = st.button(
        translate("Raise the flag"), key="flag", type="primary", on_click=flag, args=(claim.id,)
    )
    close_or_tell(raised)
