"""What is done to several claims of a queue at once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from reviewer.dashboard.actions.claims import dismiss_all
from reviewer.dashboard.actions.searching import search_all_again
from reviewer.dashboard.components.drawing import draw_html
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


def _choose(claim_ids: Sequence[int], is_chosen: bool) -> None:
    for claim_id in claim_ids:
        st.session_state[f"{_KEY}{claim_id}"] = is_chosen
