"""The page at which somebody whose password was chosen by another chooses their own, before anything else."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from claims.errors import KonkyoError, RuleRefused, SignInRefused
from reviewer.accounts.signing_in import change_own_password, find_unsettled
from reviewer.api.forms import STRICT, OpenApplication, choose_locale, local_place, read_form, read_token
from reviewer.api.origins import is_from_here
from reviewer.api.sign_in_page import render_new_password
from reviewer.bootstrap import Application

NEW_PASSWORD = "/new-password"


def list_password_routes(open_application: OpenApplication) -> list[Route]:
    """The routes; whoever has nothing to choose is led to the sign-in page."""

    async def show(request: Request) -> Response:
        return await run_in_threadpool(_show, open_application(), request)

    async def choose(request: Request) -> Response:
        if not is_from_here(request):
            return PlainTextResponse("cross-site form refused", status_code=403)
        form = await read_form(request)
        if form is None:
            return PlainTextResponse("this is no form of ours", status_code=413)
        return await run_in_threadpool(_choose, open_application(), request, form)

    return [Route(NEW_PASSWORD, show, methods=["GET"]), Route(NEW_PASSWORD, choose, methods=["POST"])]


def _show(application: Application, request: Request) -> Response:
    token = read_token(request)
    with application.work() as work:
        user = find_unsettled(work, token, application.secret, application.now())
    if user is None:
        return RedirectResponse("/sign-in", status_code=303)
    return _page(choose_locale(request), local_place(request.query_params.get("next", "")), user.name)


def _choose(application: Application, request: Request, form: Mapping[str, str]) -> Response:
    token, place = read_token(request), local_place(form.get("next", ""))
    current, new, again = (form.get(name, "") for name in ("password", "new", "again"))
    with application.work() as work:
        now = application.now()
        user = find_unsettled(work, token, application.secret, now)
        if user is None:
            return RedirectResponse("/sign-in", status_code=303)
        try:
            if new != again:
                raise RuleRefused("passwords_differ")
            change_own_password(work, user, current, new, token, application.secret, now)
        except (RuleRefused, SignInRefused) as refusal:
            return _page(choose_locale(request, form.get("lang", "")), place, user.name, refusal)
    return RedirectResponse(place, status_code=303)


def _page(locale: str, place: str, name: str, refusal: KonkyoError | None = None) -> Response:
    page = render_new_password(locale, place, name, refusal)
    return HTMLResponse(page, status_code=200 if refusal is None else 403, headers=STRICT)
