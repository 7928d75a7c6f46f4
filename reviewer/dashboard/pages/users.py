"""The accounts: who has which role, new ones, other roles, closing."""

from __future__ import annotations

import streamlit as st

from claims.records.people import Role, User
from reviewer.accounts.managing import load_accounts, load_left
from reviewer.accounts.passwords import SHORTEST_PASSWORD
from reviewer.dashboard.actions.accounts import (
    add_account,
    change_account,
    give_password,
    sign_out_everywhere,
)
from reviewer.dashboard.components.drawing import (
    draw_heading,
    draw_html,
    draw_note,
    draw_text,
    draw_title,
)
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.mailing import draw_failed_mails
from reviewer.dashboard.components.message import close_or_tell, draw_message
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import get_application, get_translate, get_user
from reviewer.labels import ROLE_LABELS
from reviewer.markup import Html, escape_markdown


def draw_users() -> None:
    """Draw the accounts by name, the closed ones last, and the form for a new one."""
    translate = get_translate()
    draw_bar()
    draw_heading(translate("Accounts"))
    draw_message()
    draw_failed_mails()
    with get_application().reading() as work:
        users = load_accounts(work, get_user())
    with st.expander(translate("New account"), key="new_account"):
        _draw_form()
    for user in users:
        _draw_user(user)


def _draw_form() -> None:
    translate = get_translate()
    with st.form("new_account_form", clear_on_submit=False, border=False):
        left, right = st.columns(2)
        left.text_input(translate("Name (a–z, 0–9; never changes)"), key=name_field("new_name"))
        right.text_input(translate("Full name"), key=name_field("new_full_name"))
        left.text_input(translate("Qualification"), key=name_field("new_qualification"))
        right.text_input(translate("E-mail (to sign in elsewhere)"), key=name_field("new_email"))
        left.multiselect(
            translate("Roles"),
            list(Role),
            format_func=_name_role,
            key=name_field("new_roles"),
            placeholder=translate("No role yet"),
        )
        right.text_input(
            translate("Password (at least {shortest} characters)").format(shortest=SHORTEST_PASSWORD),
            type="password",
            key=name_field("new_password"),
        )
        st.form_submit_button(translate("Make the account"), on_click=add_account, type="primary")


def _draw_user(user: User) -> None:
    translate = get_translate()
    with st.container(border=True, key=f"user_{user.id}"):
        who, roles, action, password = st.columns([3, 4, 1.4, 1.6], vertical_alignment="center")
        closed = "" if user.active else f" · {translate('closed')}"
        told = f"{user.name}{closed}" + (f" · {user.qualification}" if user.qualification else "")
        draw_title(user.full_name, who, note=told)
        roles.multiselect(
            f"{translate('Roles')}: {escape_markdown(user.full_name)}",
            list(Role),
            default=list(user.roles),
            format_func=_name_role,
            key=f"roles_{user.id}",
            on_change=change_account,
            args=(user, user.active),
            placeholder=translate("No role yet"),
            label_visibility="collapsed",
        )
        pressed = action.button(
            translate("Close") if user.active else translate("Open again"),
            key=f"{'close' if user.active else 'reopen'}_{user.id}",
            on_click=None if user.active else change_account,
            args=() if user.active else (user, True),
            width="stretch",
        )
        if pressed and user.active:
            open_dialog(translate("Close the account"), _draw_closing, user)
        with password.popover(translate("Password"), width="stretch", key=f"password_menu_{user.id}"):
            st.text_input(
                translate("New password (at least {shortest} characters)").format(shortest=SHORTEST_PASSWORD),
                type="password",
                key=name_field(f"password_{user.id}"),
            )
            st.button(
                translate("Give this password"), key=f"give_{user.id}", on_click=give_password, args=(user,)
            )
            st.button(
                translate("Sign out everywhere"),
                key=f"sign_out_{user.id}",
                on_click=sign_out_everywhere,
                args=(user,),
            )


def _draw_closing(user: User) -> None:
    """Ask once before the account is closed, with what the person leaves."""
    translate, application = get_translate(), get_application()
    with application.reading() as work:
        left = load_left(work, get_user(), user, application.now())
    told = translate(
        "Close the account of {name}? It can be opened again; what they did stays in the record."
    )
    draw_text(told.format(name=user.full_name))
    figures = (
        translate("sign-ins that end now: {count}").format(count=left.sign_ins),
        translate("claims and flags that wait for them: {count}").format(count=left.waiting),
    )
    rows = Html().join(map(Html("<li>{}</li>").format, figures))
    draw_html(Html('<ul class="konkyo figures">{}</ul>').format(rows))
    if left.waiting:
        draw_note(translate("Assign somebody else on the board: nobody takes their place by itself."))
    pressed = st.button(
        translate("Close the account"),
        key="confirm_closing",
        type="primary",
        on_click=change_account,
        args=(user, False),
    )
    close_or_tell(pressed)


def _name_role(role: Role) -> str:
    return get_translate()(ROLE_LABELS[role])
