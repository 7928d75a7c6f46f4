"""The own account: who one is here, the password, the sign-ins, mails, and the own key for NCBI."""

from __future__ import annotations

import streamlit as st

from claims.errors import SettingsError
from reviewer.accounts.own_keys import OwnKey, find_own_key
from reviewer.accounts.passwords import SHORTEST_PASSWORD
from reviewer.accounts.signing_in import list_own_sign_ins
from reviewer.dashboard.actions.own_account import change_password, end_one, keep_key, remove_key, say_naming
from reviewer.dashboard.components.account import render_way_out_everywhere
from reviewer.dashboard.components.drawing import draw_html, draw_note, draw_title
from reviewer.dashboard.components.mailing import draw_mailing
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.practice import draw_way_to_practice
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import (
    get_application,
    get_locale,
    get_token,
    get_translate,
    get_user,
    signs_in_elsewhere,
)
from reviewer.dashboard.times import format_moment
from reviewer.error_messages import describe_error
from reviewer.labels import ROLE_LABELS
from reviewer.markup import Html, escape_markdown


def draw_own_account() -> None:
    """Draw what a person can change of their own account."""
    translate, user = get_translate(), get_user()
    draw_bar()
    roles = ", ".join(translate(ROLE_LABELS[role]) for role in user.roles)
    told = " · ".join(part for part in (user.name, roles, user.qualification, user.email) if part)
    draw_html(
        Html('<h1 class="konkyo heading">{}</h1><p class="konkyo"><b>{}</b> · {}</p>').format(
            translate("My account"), user.full_name, told
        )
    )
    draw_message()
    left, right = st.columns(2, gap="medium")
    with left:
        _draw_sign_ins()
    with right:
        draw_mailing()
        _draw_key()
        _draw_naming()
        _draw_practice()


def _draw_sign_ins() -> None:
    translate = get_translate()
    with st.container(border=True, key="own_sign_ins"):
        _draw_title(translate("Password and sign-ins"))
        _list_sign_ins()
        if signs_in_elsewhere():
            _draw_line(translate("You sign in elsewhere: change your password there."))
            draw_html(render_way_out_everywhere(translate))
            return
        with st.form("own_password_form", border=False):
            st.text_input(
                translate("Current password"),
                type="password",
                key=name_field("own_password"),
                autocomplete="current-password",
            )
            new = translate("New password (at least {shortest} characters)").format(
                shortest=SHORTEST_PASSWORD
            )
            for label, key in (
                (new, "own_new_password"),
                (translate("Repeat password"), "own_new_password_again"),
            ):
                st.text_input(label, type="password", key=name_field(key), autocomplete="new-password")
            st.form_submit_button(translate("Change the password"), on_click=change_password, type="primary")
        _draw_line(translate("You stay signed in here; every other sign-in ends."))
        draw_html(render_way_out_everywhere(translate))


def _list_sign_ins() -> None:
    """Draw each sign-in that is in force, with the button that ends it."""
    translate, application = get_translate(), get_application()
    with application.reading() as work:
        opened = list_own_sign_ins(work, get_user(), get_token(), application.secret, application.now())
    for one in opened:
        since = translate("Signed in {when}").format(when=format_moment(one.opened_at, get_locale()))
        told, action = st.columns([4, 2], vertical_alignment="center")
        draw_note(f"{since} · {translate('this browser')}" if one.is_here else since, told)
        if not one.is_here:
            action.button(translate("End"), key=f"end_sign_in_{one.id}", on_click=end_one, args=(one.id,))


def _draw_key() -> None:
    translate = get_translate()
    with st.container(border=True, key="own_ncbi_key"):
        _draw_title(translate("My API key for PubMed"))
        _draw_line(
            translate(
                "Searches that you start here use it, and its own 10 requests a second. "
                "It is stored encrypted and never displayed."
            )
        )
        kept = _draw_kept()
        with st.form("own_key_form", border=False):
            st.text_input(
                translate("API key from your NCBI account"),
                type="password",
                key=name_field("own_key"),
                autocomplete="off",
            )
            st.text_input(
                translate("E-mail sent to NCBI (blank: the site's)"),
                key=name_field("own_email"),
                autocomplete="email",
            )
            st.form_submit_button(
                translate("Replace key") if kept else translate("Save key"),
                on_click=keep_key,
                type="primary",
            )


def _draw_naming() -> None:
    translate, allowed = get_translate(), get_user().may_be_named
    with st.container(border=True, key="own_naming"):
        _draw_title(translate("My name in articles"))
        _draw_line(
            translate("You agreed: articles that you reviewed name you, with your qualification.")
            if allowed
            else translate("You did not agree: articles that you reviewed count you and do not name you.")
        )
        st.button(
            translate("Be named no more") if allowed else translate("Agree to be named"),
            key="say_naming",
            on_click=say_naming,
            args=(not allowed,),
        )


def _draw_practice() -> None:
    translate = get_translate()
    with st.container(border=True, key="own_practice"):
        _draw_title(translate("First steps"))
        _draw_line(translate("What your role does here, and a claim to try the keys on: nothing is stored."))
        draw_way_to_practice("practice_again")


def _draw_kept() -> bool:
    """Whether a key is kept; then its ending, the address with it, and the way to remove it are drawn."""
    translate, application = get_translate(), get_application()
    try:
        with application.work() as work:
            key = find_own_key(work, get_user(), application.secret)
    except SettingsError as error:
        st.error(escape_markdown(describe_error(error, translate)))
        key = OwnKey("")
    if key is None:
        _draw_line(translate("No key of yours is kept: your searches use the installation's."))
        return False
    told, action = st.columns([3, 2], vertical_alignment="center")
    ending = translate("Kept: a key that ends in {ending}").format(ending=key.ending) if key.ending else ""
    draw_html(Html('<p class="konkyo"><b>{}</b> {}</p>').format(ending, key.email), told)
    action.button(translate("Remove the key"), key="remove_key", on_click=remove_key, width="stretch")
    return True


def _draw_title(words: str) -> None:
    draw_title(words)


def _draw_line(words: str) -> None:
    draw_note(words)
