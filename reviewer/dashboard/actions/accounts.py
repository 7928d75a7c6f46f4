"""What the accounts page's buttons do."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from claims.records.people import Role, User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.managing import add_user, change_password, change_roles, end_sign_ins
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, read_chosen, read_field, take_typed
from reviewer.dashboard.session import get_translate, keep_message

_FIELDS = ("new_name", "new_full_name", "new_qualification", "new_email", "new_password")


def add_account() -> None:
    """Make the account that the form describes; what was typed stays when it is refused."""
    name, full_name, qualification, email, password = map(read_field, _FIELDS)
    roles = tuple(Role(role) for role in read_chosen("new_roles", ()))

    def step(work: UnitOfWork, actor: User, now: datetime) -> None:
        add_user(work, actor, name, password, roles, now, full_name, qualification, email)

    if act(step):
        empty_fields(*_FIELDS, "new_roles")
        keep_message("saved", get_translate()("The account {name} is there.").format(name=name))


def change_account(user: User, active: bool) -> None:
    """Give the account the roles that are chosen, open or closed."""
    roles = tuple(Role(role) for role in st.session_state.get(f"roles_{user.id}", user.roles))

    def step(work: UnitOfWork, actor: User, now: datetime) -> None:
        change_roles(work, actor, user.name, roles, active, now)

    if act(step):
        keep_message("saved", get_translate()("Saved: {name}.").format(name=user.full_name))
    else:
        st.session_state[f"roles_{user.id}"] = list(user.roles)


def sign_out_everywhere(user: User) -> None:
    """End every sign-in of the account."""

    def step(work: UnitOfWork, actor: User, now: datetime) -> None:
        ended = end_sign_ins(work, actor, user.name, now)
        told = get_translate()("{name} is signed out; sign-ins ended: {count}")
        keep_message("saved", told.format(name=user.full_name, count=ended))

    act(step)


def give_password(user: User) -> None:
    """Give the account the typed password; its sign-ins end, and the field is empty either way."""
    password = take_typed(f"password_{user.id}")

    def step(work: UnitOfWork, actor: User, now: datetime) -> None:
        change_password(work, actor, user.name, password, now)

    if act(step):
        keep_message("saved", get_translate()("Saved: {name}.").format(name=user.full_name))
