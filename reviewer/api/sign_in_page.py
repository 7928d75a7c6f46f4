"""The sign-in page as HTML, in either language."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from claims.errors import KonkyoError
from claims.records.people import User
from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from reviewer.error_messages import describe_error
from reviewer.i18n import Translate, translator
from reviewer.labels import ROLE_LABELS

_PAGE = Template(Path(__file__).with_name("sign_in.html").read_text(encoding="utf-8"))
_FORM = Template(Path(__file__).with_name("sign_in_form.html").read_text(encoding="utf-8"))


def render_sign_in(
    locale: str,
    next_place: str,
    name: str = "",
    refusal: KonkyoError | None = None,
    sample_people: tuple[User, ...] = (),
    is_empty: bool = False,
    elsewhere: bool = False,
) -> str:
    """The page; ``sample_people`` are offered as one button each, which only a demo does.

    ``is_empty``: nobody can sign in yet, and the page says how the first account is made. With ``elsewhere``
    it asks for no password and leads to the provider.
    """
    translate = translator(locale)
    refused = (
        ""
        if refusal is None
        else f'<p class="refused" role="alert">{escape(describe_error(refusal, translate))}</p>'
    )
    return _PAGE.substitute(
        locale=locale,
        title=escape(translate("Sign in")),
        lead=escape(translate("Sign in to review.")),
        first=f'<p class="first" role="note">{_tell_first(translate)}</p>' if is_empty else "",
        refused=refused,
        next_quoted=quote(next_place, safe=""),
        way=_offer_provider(next_place, translate)
        if elsewhere
        else _ask_password(locale, next_place, name, translate),
        people=_offer(sample_people, next_place, locale, translate),
    )


def _ask_password(locale: str, next_place: str, name: str, translate: Translate) -> str:
    return _FORM.substitute(
        locale=locale,
        next=escape(next_place),
        name=escape(name),
        name_label=escape(translate("Name")),
        password_label=escape(translate("Password")),
        button=escape(translate("Sign in")),
    )


def _offer_provider(next_place: str, translate: Translate) -> str:
    place = quote(next_place, safe="")
    return f'<a class="elsewhere" href="/sign-in/elsewhere?next={place}">{escape(translate("Sign in"))}</a>'


def _tell_first(translate: Translate) -> str:
    told = translate("No account yet: on the server run `konkyo user add NAME --role admin`")
    before, command, after = escape(told).split("`")
    return f"{before}<code>{command}</code>{after}"


def _offer(people: tuple[User, ...], next_place: str, locale: str, translate: Translate) -> str:
    if not people:
        return ""
    return (
        f'<section class="people"><p>{escape(translate("This is a demo. Come in as:"))}</p>'
        + "".join(_offer_one(user, next_place, locale, translate) for user in people)
        + "</section>"
    )


def _offer_one(user: User, next_place: str, locale: str, translate: Translate) -> str:
    roles = ", ".join(translate(ROLE_LABELS[role]) for role in user.roles)
    fields = {"name": user.name, "password": SAMPLE_PASSWORD, "next": next_place, "lang": locale}
    hidden = "".join(
        f'<input type="hidden" name="{key}" value="{escape(value)}">' for key, value in fields.items()
    )
    shown = f"{escape(user.full_name)} — {escape(roles)}"
    return f'<form method="post" action="/sign-in">{hidden}<button>{shown}</button></form>'
