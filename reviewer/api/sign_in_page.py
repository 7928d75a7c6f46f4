"""The sign-in page as HTML, in either language."""

from __future__ import annotations

from pathlib import Path
from string import Template
from urllib.parse import quote

from claims.errors import KonkyoError
from claims.records.people import User
from reviewer.accounts.passwords import SHORTEST_PASSWORD
from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from reviewer.error_messages import describe_error
from reviewer.i18n import Translate, translator
from reviewer.labels import ROLE_LABELS
from reviewer.markup import Html

_FOLDER = Path(__file__).parent
_PAGE = Template((_FOLDER / "sign_in.html").read_text(encoding="utf-8"))
_NEW_PASSWORD = Template((_FOLDER / "new_password_form.html").read_text(encoding="utf-8"))
_FORM = Template((_FOLDER / "sign_in_form.html").read_text(encoding="utf-8"))


def render_sign_in(
    locale: str,
    next_place: str,
    name: str = "",
    refusal: KonkyoError | None = None,
    sample_people: tuple[User, ...] = (),
    is_empty: bool = False,
    elsewhere: bool = False,
) -> Html:
    """The page; ``sample_people`` are offered as one button each, which only a demo does.

    ``is_empty``: nobody can sign in yet, and the page says how the first account is made. With ``elsewhere``
    it asks for no password and leads to the provider.
    """
    translate = translator(locale)
    ask = _offer_provider if elsewhere else _ask_password
    return _fill(
        locale,
        next_place,
        refusal,
        title=translate("Sign in"),
        lead=translate("Sign in to review."),
        first=_tell_first(translate) if is_empty else "",
        way=ask(locale, next_place, name, translate),
        people=_offer(sample_people, next_place, locale, translate),
    )


def render_new_password(locale: str, next_place: str, name: str, refusal: KonkyoError | None = None) -> Html:
    """The page that asks somebody for a password of their own, in place of one that another chose."""
    translate = translator(locale)
    new = translate("New password (at least {shortest} characters)").format(shortest=SHORTEST_PASSWORD)
    form = Html.fill(
        _NEW_PASSWORD,
        locale=locale,
        next=next_place,
        name=name,
        password_label=translate("Current password"),
        new_label=new,
        again_label=translate("Repeat password"),
        button=translate("Change the password"),
    )
    lead = translate("Your password was chosen by somebody else: choose one that you alone know.")
    return _fill(locale, next_place, refusal, title=translate("New password"), lead=lead, way=form)


def _fill(locale: str, next_place: str, refusal: KonkyoError | None, **parts: str) -> Html:
    translate = translator(locale)
    refused = Html('<p class="refused" role="alert">{}</p>')
    return Html.fill(
        _PAGE,
        locale=locale,
        refused="" if refusal is None else refused.format(describe_error(refusal, translate)),
        next_quoted=quote(next_place, safe=""),
        **{"first": "", "people": "", **parts},
    )


def _ask_password(locale: str, next_place: str, name: str, translate: Translate) -> Html:
    return Html.fill(
        _FORM,
        locale=locale,
        next=next_place,
        name=name,
        name_label=translate("Name"),
        password_label=translate("Password"),
        button=translate("Sign in"),
    )


def _offer_provider(_locale: str, next_place: str, _name: str, translate: Translate) -> Html:
    way = Html('<a class="elsewhere" href="/sign-in/elsewhere?next={}">{}</a>')
    return way.format(quote(next_place, safe=""), translate("Sign in"))


def _tell_first(translate: Translate) -> Html:
    told = translate("No account yet: on the server run `konkyo user add NAME --role admin`")
    return Html('<p class="first" role="note">{}<code>{}</code>{}</p>').format(*told.split("`"))


def _offer(people: tuple[User, ...], next_place: str, locale: str, translate: Translate) -> Html:
    if not people:
        return Html()
    return Html('<section class="people"><p>{}</p>{}</section>').format(
        translate("This is a demo. Come in as:"),
        Html().join(_offer_one(user, next_place, locale, translate) for user in people),
    )


def _offer_one(user: User, next_place: str, locale: str, translate: Translate) -> Html:
    roles = ", ".join(translate(ROLE_LABELS[role]) for role in user.roles)
    fields = {"name": user.name, "password": SAMPLE_PASSWORD, "next": next_place, "lang": locale}
    hidden = Html().join(
        Html('<input type="hidden" name="{}" value="{}">').format(*field) for field in fields.items()
    )
    return Html('<form method="post" action="/sign-in">{}<button>{} — {}</button></form>').format(
        hidden, user.full_name, roles
    )
