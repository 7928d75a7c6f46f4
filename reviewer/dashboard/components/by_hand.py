"""Claims that people bring in or back: dismissed ones, dropped units, sentences that nobody took."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from claims.records.assessment import ClaimStatus
from reviewer.dashboard.actions.claims import add_by_hand, restore, restore_dropped
from reviewer.dashboard.components.drawing import draw_html, draw_title
from reviewer.dashboard.session import get_application, get_translate
from reviewer.labels import DROP_LABELS
from reviewer.markup import Html


def draw_by_hand(version_id: int) -> None:
    """Draw the fields for a new claim, and what is left out of the review with the way back."""
    translate = get_translate()
    with get_application().reading() as work:
        claims = work.claims.list_claims(version_id)
        dropped = [unit for unit in work.claims.list_dropped(version_id) if unit.claim_id is None]
    taken = [_draw_adding(version_id)]
    draw_title(translate("Left out of the review"))
    for claim in claims:
        if claim.status is ClaimStatus.DISMISSED:
            why = translate("dismissed: {reason}").format(reason=claim.reason)
            taken.append(_draw_line(claim.claim.text, why, f"back_{claim.id}", restore, claim))
    for unit in dropped:
        why = translate(DROP_LABELS[unit.unit.reason])
        taken.append(_draw_line(unit.unit.text, why, f"unit_{unit.id}", restore_dropped, unit.id))
    if any(taken):
        st.rerun()


def _draw_adding(version_id: int) -> bool:
    translate = get_translate()
    st.text_input(translate("A new claim: how its first sentence begins"), key="first_words")
    st.text_input(translate("How its last sentence begins, where it has several"), key="last_words")
    return st.button(
        translate("Add the claim"), key="add_claim", type="primary", on_click=add_by_hand, args=(version_id,)
    )


def _draw_line(text: str, why: str, key: str, step: Callable[..., None], *args: object) -> bool:
    words, action = st.columns([5, 1.3], vertical_alignment="center")
    draw_html(Html('<p class="konkyo">{}</p><p class="konkyo place">{}</p>').format(text, why), words)
    return action.button(get_translate()("Restore"), key=key, on_click=step, args=args, width="stretch")
