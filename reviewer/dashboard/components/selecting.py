"""What is done to several claims of a queue at once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.assessment import ClaimStatus
from claims.records.people import User
from claims.records.review import ReviewClaim
from reviewer.dashboard.actions.claims import assign_all, dismiss_all, reopen_all
from reviewer.dashboard.actions.searching import search_all_again
from reviewer.dashboard.components.drawing import draw_html, draw_note
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.session import get_translate, get_user
from reviewer.markup import Html
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.queueing import Selection

_KEY = "chosen_"


def find_chosen() -> frozenset[int]:
    """The claims that are chosen, in whichever list."""
    return frozenset(
        int(key.removeprefix(_KEY))
        for key, is_chosen in st.session_state.items()
        if is_chosen is True and isinstance(key, str) and key.removeprefix(_KEY).isdecimal()
    )


def draw_selection(selection: Selection) -> None:
    """Draw what can be done to the chosen claims of a list, as soon as one is chosen."""
    translate, user, chosen, ids = get_translate(), get_user(), selection.chosen, selection.listed
    if not chosen:
        return
    with st.container(key="selection", horizontal=True, gap="small", vertical_alignment="center"):
        told = translate("Chosen: {count}").format(count=len(chosen))
        draw_html(Html('<p class="konkyo"><b>{}</b></p>').format(told))
        st.button(
            translate("Choose all {count} of the list").format(count=len(ids)),
            key="choose_all",
            on_click=_choose,
            args=(ids, True),
            disabled=len(chosen) == len(ids),
        )
        st.button(translate("Choose none"), key="choose_none", on_click=_choose, args=(ids, False))
        if may(user, Permission.SEARCH):
            st.button(
                translate("Search them again"),
                key="search_chosen",
                on_click=search_all_again,
                args=(chosen,),
            )
        if may(user, Permission.EDIT_CLAIMS):
            with st.popover(translate("Dismiss them …"), key="dismiss_menu"):
                st.text_input(translate("Reason for excluding"), key=name_field("dismissal_of_chosen"))
                st.button(
                    translate("Dismiss {count}").format(count=len(chosen)),
                    key="dismiss_chosen",
                    on_click=dismiss_all,
                    args=(chosen,),
                )
        if may(user, Permission.ASSIGN):
            with st.popover(translate("Assign them …"), key="assign_menu"):
                _draw_assigning(chosen, selection.reviewers)
        if may(user, Permission.REOPEN):
            with st.popover(translate("Have them graded anew …"), key="reopen_menu"):
                _draw_reopening(chosen)


def _draw_assigning(chosen: Sequence[ReviewClaim], reviewers: Sequence[User]) -> None:
    """Draw who of the article's reviewers grades the chosen claims, or where they are to be named first."""
    translate = get_translate()
    if not reviewers:
        draw_note(
            translate("Anybody grades this article. Name its reviewers first: on the board, under “Assign”.")
        )
        return
    names = {user.name: user.full_name for user in reviewers}
    st.multiselect(
        translate("Who grades these claims"),
        list(names),
        format_func=names.__getitem__,
        key="reviewers_of_chosen",
        placeholder=translate("All reviewers of the article"),
    )
    draw_note(
        translate(
            "They wait for these people alone. Grades that were given go on counting; with nobody named they"
            " wait for all reviewers of the article again."
        )
    )
    st.button(
        translate("Assign {count}").format(count=len(chosen)),
        key="assign_chosen",
        on_click=assign_all,
        args=(chosen,),
    )


def _draw_reopening(chosen: Sequence[ReviewClaim]) -> None:
    """Draw what becomes of the grades that the chosen claims have, and the step that takes them up again."""
    translate = get_translate()
    settled = sum(claim.status.is_settled for claim in chosen)
    begun = sum(claim.status in (ClaimStatus.IN_REVIEW, ClaimStatus.CONFLICT) for claim in chosen)
    told = translate("Settled: {settled} · begun: {begun} · not graded: {ungraded}")
    draw_note(told.format(settled=settled, begun=begun, ungraded=len(chosen) - settled - begun))
    draw_note(
        translate(
            "What is settled goes to the reviewers of the article again; its grades so far stay in the record"
            " and count no longer. What is not settled waits for them already and stays as it is."
        )
    )
    st.text_input(translate("Reason"), key=name_field("reopening_of_chosen"))
    st.button(
        translate("Have {count} graded anew").format(count=settled),
        key="reopen_chosen",
        on_click=reopen_all,
        args=(chosen,),
        disabled=not settled,
    )


def _choose(claim_ids: Sequence[int], is_chosen: bool) -> None:
    for claim_id in claim_ids:
        st.session_state[f"{_KEY}{claim_id}"] = is_chosen
