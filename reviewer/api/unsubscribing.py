"""No more mails: the page that a link of a mail opens, and the one request of a mail program (RFC 8058)."""

from __future__ import annotations

import logging
from pathlib import Path
from string import Template

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from reviewer.api.forms import STRICT, OpenApplication, choose_locale
from reviewer.bootstrap import Application
from reviewer.i18n import translator
from reviewer.markup import Html
from reviewer.notices.unsubscribing import PLACE, is_signed, read_account
from reviewer.workflow.mailing import find_mailing, stop_mailing

_PAGE = Template(Path(__file__).with_name("unsubscribe.html").read_text(encoding="utf-8"))
_log = logging.getLogger("konkyo.mail")


def list_unsubscribing_routes(open_application: OpenApplication) -> list[Route]:
    """The routes. A link that is looked at changes nothing: mail programs open links by themselves."""

    async def show(request: Request) -> Response:
        return await run_in_threadpool(_show, open_application(), request)

    async def stop(request: Request) -> Response:
        # The link alone says who asks: no cookie is read, and another site gains nothing by sending it.
        return await run_in_threadpool(_stop, open_application(), request)

    return [Route(PLACE, show, methods=["GET"]), Route(PLACE, stop, methods=["POST"])]


def _show(application: Application, request: Request) -> Response:
    if _find_account(application, request) is None:
        return _refuse(request)
    translate = translator(choose_locale(request))
    button = Html('<form method="post"><button>{}</button></form>').format(translate("Send me no more mails"))
    return _page(
        request, translate("Notices by mail"), translate("You get notices of Konkyo by mail."), button
    )


def _stop(application: Application, request: Request) -> Response:
    account_id = _find_account(application, request)
    if account_id is None:
        return _refuse(request)
    with application.work() as work:
        stop_mailing(work, account_id, application.now())
    _log.info("no more mails", extra={"event": "mail_unsubscribed", "person": account_id})
    translate = translator(choose_locale(request))
    told = translate("You get no more mails from now on. Under My account you can choose them again.")
    return _page(request, translate("Notices by mail"), told)


def _find_account(application: Application, request: Request) -> int | None:
    """Whose link this is, ``None`` where it is nobody's: altered, or of an address that is theirs no more."""
    token = request.query_params.get("token", "")
    account_id = read_account(token)
    if account_id is None:
        return None
    with application.reading() as work:
        mailing = find_mailing(work, account_id)
    if mailing is None or not is_signed(token, account_id, mailing.address, application.secret):
        return None
    return account_id


def _refuse(request: Request) -> Response:
    translate = translator(choose_locale(request))
    told = translate("This link holds no longer: sign in, and choose under My account when you get mails.")
    return _page(request, translate("Notices by mail"), told, status=404)


def _page(request: Request, title: str, told: str, way: Html | str = "", status: int = 200) -> Response:
    page = Html.fill(_PAGE, locale=choose_locale(request), title=title, told=told, way=way)
    return HTMLResponse(page, status_code=status, headers={**STRICT, "Referrer-Policy": "no-referrer"})
