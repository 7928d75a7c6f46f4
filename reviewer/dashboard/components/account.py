"""Who is signed in, and the way out."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import streamlit as st

from reviewer.dashboard.components.drawing import draw_heading, draw_html, render_note
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.leaving import go
from reviewer.dashboard.page_registry import OWN_ROOM
from reviewer.dashboard.session import get_translate, get_user
from reviewer.i18n import Translate
from reviewer.labels import ROLE_LABELS
from reviewer.markup import Html, escape_markdown


def draw_account() -> None:
    """Draw the person's name; opened, it tells their roles and offers the way to their account and out."""
    user, translate = get_user(), get_translate()
    with st.popover(escape_markdown(user.full_name), width="stretch", key="account"):
        roles = ", ".join(translate(ROLE_LABELS[role]) for role in user.roles)
        told = (user.name, roles, user.qualification)
        draw_html(Html().join(render_note(line) for line in told if line))
        st.button(
            translate("My account"),
            key="to_own_account",
            on_click=go,
            kwargs={"room": OWN_ROOM},
            width="stretch",
        )
        draw_html(_render_way_out("/sign-out", translate("Sign out")) + render_way_out_everywhere(translate))


def draw_way_in() -> None:
    """Draw what somebody sees whose sign-in has ended: why the last step was refused, and the way in."""
    translate = get_translate()
    draw_message()
    draw_heading(translate("Sign in to review."))
    asked = st.query_params.to_dict()
    place = quote(f"/?{urlencode(asked)}" if asked else "/", safe="")
    way = Html('<a class="konkyo" href="/sign-in?next={}" target="_self">{}</a>')
    draw_html(way.format(place, translate("Sign in")))


def render_way_out_everywhere(translate: Translate) -> Html:
    """The button as HTML that ends every sign-in of the person, this one too."""
    return _render_way_out("/sign-out?everywhere=1", translate("Sign out everywhere"))


def _render_way_out(target: str, words: str) -> Html:
    button = Html("<button>{}</button>").format(words)
    return Html('<form class="konkyo way-out" method="post" action="{}">{}</form>').format(target, button)
