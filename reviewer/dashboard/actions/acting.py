"""Taking a step: who acts is asked in the transaction that stores it, and a refusal is kept for the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVarTuple

from claims.errors import KonkyoError, SignInRefused
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.tokens import ASKING_SIGN_IN, hash_token
from reviewer.dashboard.handed_out import let_fetch
from reviewer.dashboard.session import (
    get_application,
    get_token,
    keep_in_use,
    keep_refusal,
    require_signed_in,
    require_who_asks,
)
from reviewer.exports.exporting import export_report, export_table
from reviewer.exports.table import ExportRequest
from reviewer.rules.permissions import Permission, require_permission

Values = TypeVarTuple("Values")


def act(step: Callable[[UnitOfWork, *Values, User, datetime], object], *values: *Values) -> bool:
    """Whether the step was taken; the sentence of a refusal is kept for the page.

    Streamlit calls buttons and fragments before the page's script, so that what the page knew of the person
    may be over: the sign-in is looked up in the unit of work that the step writes in, and the step is handed
    the ``values``, that person and the time (ADR 0023).
    """

    def store() -> None:
        application = get_application()
        with application.work() as work:
            person = require_signed_in(work)
            keep_in_use(work)
            step(work, *values, person, application.now())

    return take_step(store)


def require_now(permission: Permission) -> None:
    """Return when who is signed in at this moment may do this: asked before what costs time is begun.

    Raises ``RoleRefused``, and ``SignInRefused`` when the sign-in has ended.
    """
    with get_application().reading() as work:
        require_permission(require_signed_in(work), permission)


def export_later(
    version_id: int, table: str, ending: str, locale: str, columns: str = "en"
) -> Callable[[], bytes]:
    """What makes the file of a table of the version once it is asked for, and notes who took it.

    ``columns`` is the language of their names.
    Raises what ``make_later`` and ``export_table`` raise.
    """
    time_zone = get_application().settings.time_zone

    def export(work: UnitOfWork, viewer: User, now: datetime) -> bytes:
        request = ExportRequest(version_id, viewer, time_zone, locale, columns)
        return export_table(work, table, request, now, ending)

    return make_later(export)


def report_later(version_id: int, ending: str, locale: str) -> Callable[[], bytes]:
    """What makes the whole report of the version once it is asked for, and notes who took it.

    Raises what ``make_later`` and ``export_report`` raise.
    """
    time_zone = get_application().settings.time_zone

    def export(work: UnitOfWork, viewer: User, now: datetime) -> bytes:
        return export_report(work, ending, ExportRequest(version_id, viewer, time_zone, locale), now)

    return make_later(export)


def make_later(make: Callable[[UnitOfWork, User, datetime], bytes]) -> Callable[[], bytes]:
    """What makes a file once it is asked for, from what is stored then.

    Streamlit makes a download outside of any session, for whichever socket names it: made is it for the
    sign-in alone that the button was drawn for, and that one alone fetches it. Raises ``SignInRefused`` when
    another asks, or when that one has ended, and what ``make`` raises.
    """
    application, token = get_application(), get_token()

    def made() -> bytes:
        asking = ASKING_SIGN_IN.get()
        if asking != hash_token(application.secret, token):
            raise SignInRefused("sign_in_changed")
        with application.exporting() as work:
            content = make(work, require_who_asks(work, token), application.now())
        let_fetch(content, asking)
        return content

    return made


def take_step(step: Callable[[], object]) -> bool:
    """Whether the step, which stores nothing, was taken; the sentence of a refusal is kept for the page."""
    try:
        step()
    except KonkyoError as error:
        keep_refusal(error)
        return False
    return True
