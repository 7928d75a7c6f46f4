"""What the buttons of the own account do: password, notices by mail, the own key for NCBI."""

from __future__ import annotations

from datetime import datetime

from claims.errors import RuleRefused
from claims.records.mailing import MailChoice
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.naming import set_naming
from reviewer.accounts.own_keys import keep_own_key, remove_own_key
from reviewer.accounts.signing_in import change_own_password, end_own_sign_in
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, read_chosen, read_field, take_typed
from reviewer.dashboard.session import get_application, get_locale, get_token, get_translate, keep_message
from reviewer.labels import MAIL_CHOICES
from reviewer.workflow.mailing import choose_mailing

_PASSWORDS = ("own_password", "own_new_password", "own_new_password_again")


def change_password() -> None:
    """Keep the new password; other sign-ins end, and what was typed is gone either way."""
    current, new, again = (take_typed(field) for field in _PASSWORDS)

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        if new != again:
            raise RuleRefused("passwords_differ")
        ended = change_own_password(work, user, current, new, get_token(), get_application().secret, now)
        told = get_translate()("The new password counts from now on. Other sign-ins ended: {count}")
        keep_message("saved", told.format(count=ended))

    act(step)


def end_one(number: int) -> None:
    """End this one of the person's sign-ins."""
    if act(lambda work, user, now: end_own_sign_in(work, user, number, now)):
        keep_message("saved", get_translate()("The sign-in is ended."))


def say_naming(allowed: bool) -> None:
    """Keep whether the person may be named in articles."""
    translate = get_translate()
    if act(lambda work, user, now: set_naming(work, user, user.name, allowed, now)):
        named, unnamed = (
            translate("You may be named in articles."),
            translate("You are named in none any more."),
        )
        keep_message("saved", named if allowed else unnamed)


def keep_key() -> None:
    """Keep the typed key sealed, with its address; the key that was typed is gone either way."""
    typed, email = take_typed("own_key"), read_field("own_email")

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        key = keep_own_key(work, user, typed, email, get_application().secret, now)
        told = get_translate()("Your key that ends in {ending} is kept, and used for your searches.")
        keep_message("saved", told.format(ending=key.ending))

    if act(step):
        empty_fields("own_email")


def remove_key() -> None:
    """Forget the person's key; their searches use the installation's again."""
    if act(remove_own_key):
        keep_message("saved", get_translate()("Your key is removed."))


def keep_mailing() -> None:
    """Keep where and when the person is told by mail; what was typed stays when it is refused."""
    address, choice = read_field("mail_address"), MailChoice(read_chosen("mail_choice", MailChoice.NONE))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        choose_mailing(work, user, address, choice, get_locale(), now)

    if act(step):
        translate = get_translate()
        told = translate("Saved: {name}.").format(name=translate(MAIL_CHOICES[choice]))
        keep_message("saved", told)
