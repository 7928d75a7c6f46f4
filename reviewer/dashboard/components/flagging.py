"""The flags of the claim in front: those of the rules and of people, and the way to raise one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.flag import Flag, FlagReason
from claims.records.review import ReviewClaim
from reviewer.dashboard.components.markup import show_text
from reviewer.dashboard.session import get_translate
from reviewer.dashboard.steps_of_claims import flag
from reviewer.i18n import Translate
from reviewer.labels import FLAG_ADVICE, FLAG_LABELS


def render_flags(flags: Sequence[Flag], translate: Translate) -> str:
    """The open flags in short as HTML: why, on which words, and what would help.

    Those on the wording stand with the claim's own words.
    """
    shown = (flag for flag in flags if flag.is_open and flag.reason is not FlagReason.WORDING_RISK)
    return "".join(_render_flag(flag, translate) for flag in shown)


def draw_flagging(claim: ReviewClaim) -> None:
    """Draw the fields of a flag; raising it closes the dialog."""
    translate = get_translate()
    st.html(f'<p class="konkyo">{show_text(claim.claim.text)}</p>')
    st.text_area(translate("What is wrong with these words"), key=f"flag_{claim.id}", height=96)
    st.text_input(translate("What would be better"), key=f"suggestion_{claim.id}")
    if st.button(translate("Raise the flag"), key="flag", type="primary", on_click=flag, args=(claim.id,)):
        st.rerun()


def _render_flag(flag: Flag, translate: Translate) -> str:
    words = f" “{flag.words}”" if flag.words else ""
    advice = flag.suggestion or translate(FLAG_ADVICE.get(flag.reason, ""))
    told = f"⚑ {translate(FLAG_LABELS[flag.reason])}{words}"
    help_ = f'<span class="place">→ {show_text(advice)}</span>' if advice else ""
    return f'<p class="caution">{show_text(told)} {help_}</p>'
