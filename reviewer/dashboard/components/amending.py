"""Claims by hand: what a person can make of the one before them, and of what was left out of the review."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from claims.records.assessment import ClaimStatus
from claims.records.claim import ClaimType
from claims.records.review import ReviewClaim
from reviewer.dashboard.actions.claims import (
    add_by_hand,
    dismiss,
    merge,
    reopen,
    restore,
    restore_dropped,
    retype,
    reword,
    split,
)
from reviewer.dashboard.components.drawing import draw_html, draw_text, draw_title
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.components.proposals import draw_proposals
from reviewer.dashboard.session import get_application, get_translate, get_user
from reviewer.labels import DROP_LABELS, TYPE_LABELS
from reviewer.markup import Html
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.loading import list_shown_claims, number_dropped
from reviewer.workflow.proposing import list_proposals


def draw_amending(claim: ReviewClaim, following: ReviewClaim | None) -> None:
    """Draw the steps; each closes the dialog. ``following`` is the claim after it, if there is one."""
    if claim.status is ClaimStatus.DISMISSED:
        told = get_translate()("Restore the claim")
        taken = [st.button(told, key="restore", on_click=restore, args=(claim,), type="primary")]
    else:
        taken = [
            _draw_waiting(claim),
            _draw_reading(claim),
            _draw_type(claim),
            _draw_grouping(claim, following),
            _draw_end(claim),
        ]
        if claim.status.is_settled and may(get_user(), Permission.REOPEN):
            taken.append(_draw_reopening(claim))
    close_or_tell(*taken)


def _draw_waiting(claim: ReviewClaim) -> bool:
    with get_application().reading() as work:
        waiting = [p for p in list_proposals(work, claim.version_id) if claim.id in p.claim_ids]
        numbers = {known.id: known.number for known in list_shown_claims(work, claim.version_id)}
    return draw_proposals(waiting, numbers)


def _draw_reading(claim: ReviewClaim) -> bool:
    translate = get_translate()
    draw_text(claim.claim.text)
    st.session_state.setdefault(f"reading_{claim.id}", claim.claim.read_as)
    st.text_area(
        translate("Stand-alone wording: what the claim says by itself"),
        key=f"reading_{claim.id}",
        persist_state="session",
        height=96,
        help=translate("The article's own words are not touched. A grade is flagged until it is given anew."),
    )
    return st.button(translate("Save the wording"), key="reword", on_click=reword, args=(claim,))


def _draw_type(claim: ReviewClaim) -> bool:
    translate = get_translate()
    st.session_state.setdefault(f"type_{claim.id}", claim.claim.type)
    kind, action = st.columns([3, 2], vertical_alignment="bottom")
    kind.selectbox(
        translate("Type"),
        list(ClaimType),
        format_func=lambda kind: translate(TYPE_LABELS[kind]),
        key=f"type_{claim.id}",
    )
    return action.button(
        translate("Save the type"), key="retype", on_click=retype, args=(claim,), width="stretch"
    )


def _draw_grouping(claim: ReviewClaim, following: ReviewClaim | None) -> bool:
    translate = get_translate()
    st.text_area(
        translate("Split: a stand-alone wording on each line; empty, each sentence becomes a claim"),
        key=f"readings_{claim.id}",
        persist_state="session",
        height=96,
    )
    apart, together = st.columns(2)
    parted = apart.button(translate("Split"), key="split", on_click=split, args=(claim,), width="stretch")
    joined = together.button(
        translate("Merge with the next claim"),
        key="merge",
        on_click=merge,
        args=(claim, following),
        disabled=following is None,
        width="stretch",
    )
    return parted or joined


def _draw_end(claim: ReviewClaim) -> bool:
    translate = get_translate()
    why, action = st.columns([3, 2], vertical_alignment="bottom")
    why.text_input(translate("Reason for excluding"), key=f"dismissal_{claim.id}", persist_state="session")
    return action.button(
        translate("Dismiss the claim"), key="dismiss", on_click=dismiss, args=(claim,), width="stretch"
    )


def _draw_reopening(claim: ReviewClaim) -> bool:
    translate = get_translate()
    why, action = st.columns([3, 2], vertical_alignment="bottom")
    why.text_input(
        translate("Why its grade can no longer stand"),
        key=f"reopening_{claim.id}",
        persist_state="session",
        help=translate("What was said of it before stays in the record and counts no longer."),
    )
    return action.button(
        translate("Open the claim again"), key="reopen", on_click=reopen, args=(claim,), width="stretch"
    )


def draw_by_hand(version_id: int) -> None:
    """Draw the fields for a new claim, and what is left out of the review with the way back."""
    translate = get_translate()
    with get_application().reading() as work:
        claims = list_shown_claims(work, version_id)
        dropped = [unit for unit in number_dropped(work, version_id).values() if unit.claim_id is None]
    taken = [_draw_adding(version_id)]
    draw_title(translate("Left out of the review"))
    for claim in claims:
        if claim.status is ClaimStatus.DISMISSED:
            why = translate("dismissed: {reason}").format(reason=claim.reason)
            taken.append(_draw_line(claim.claim.text, why, f"back_{claim.id}", restore, claim))
    for unit in dropped:
        why = translate(DROP_LABELS[unit.unit.reason])
        taken.append(_draw_line(unit.unit.text, why, f"unit_{unit.id}", restore_dropped, unit))
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
