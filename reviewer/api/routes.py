"""The routes of signing in and out, and the one that keeps what is written while it is typed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from claims.errors import KonkyoError, NotFound, RoleRefused, RuleRefused, SignInRefused
from claims.records.flag import AnswerKind
from db.unit_of_work import UnitOfWork
from reviewer.accounts.elsewhere import confirm_elsewhere, sign_in_elsewhere
from reviewer.accounts.passwords import MOST_AT_ONCE
from reviewer.accounts.sample_people import list_sample_people
from reviewer.accounts.signing_in import find_signed_in, note_use, sign_in, sign_out
from reviewer.addresses import read_number
from reviewer.api.forms import (
    STRICT,
    OpenApplication,
    choose_locale,
    is_encrypted,
    local_place,
    name_cookie,
    read_form,
    read_token,
    read_up_to,
)
from reviewer.api.new_password import list_password_routes
from reviewer.api.origins import is_from_here
from reviewer.api.sign_in_page import render_sign_in
from reviewer.api.unsubscribing import list_unsubscribing_routes
from reviewer.bootstrap import Application
from reviewer.error_messages import describe_error
from reviewer.settings import AGAIN, SIGN_IN_LASTS, Oidc
from reviewer.workflow.drafting import keep_draft

# Where to go after signing in elsewhere, and how the cookies of an identity from there begin.
_PLACE, IDENTITY = "konkyo_place", "_streamlit_user"
_AWAY_SECONDS = 600
_log = logging.getLogger("konkyo.sign_in")
_MOST_OF_A_DRAFT = 200_000
_STATUS: Mapping[type[KonkyoError], int] = {NotFound: 404, RoleRefused: 403, RuleRefused: 413}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where people sign in elsewhere (OIDC): the way there, and what their cookies tell of who came back."""

    make_address: Callable[[bool], str]
    read_identity: Callable[[Mapping[str, str]], Mapping[str, object]]


def list_routes(open_application: OpenApplication, elsewhere: Elsewhere | None = None) -> list[Route]:
    """The routes; the house is opened at the first request. ``elsewhere`` is needed where that is set up."""

    async def show(request: Request) -> Response:
        return await run_in_threadpool(_show, open_application(), request, elsewhere)

    # No more threads wait for a look at a password than there are places for it: the gate needs some, too.
    proving = asyncio.Semaphore(MOST_AT_ONCE)

    async def enter(request: Request) -> Response:
        if not is_from_here(request):
            return PlainTextResponse("cross-site form refused", status_code=403)
        form = await read_form(request)
        if form is None:
            return PlainTextResponse("this is no form of ours", status_code=413)
        async with proving:
            return await run_in_threadpool(_enter, open_application(), request, form)

    async def go(request: Request) -> Response:
        return _go_elsewhere(open_application(), request, elsewhere)

    async def tell(request: Request) -> Response:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})

    async def leave(request: Request) -> Response:
        return await run_in_threadpool(_leave, open_application(), request)

    async def keep(request: Request) -> Response:
        return await run_in_threadpool(
            _keep, open_application(), request, await read_up_to(request, _MOST_OF_A_DRAFT)
        )

    return [
        Route("/drafts/{claim_id}", keep, methods=["PUT"]),
        Route("/sign-in", show, methods=["GET"]),
        Route("/sign-in", enter, methods=["POST"]),
        Route("/sign-in/elsewhere", go, methods=["GET"]),
        # The gate answers for who is not.
        Route("/signed-in", tell, methods=["GET"]),
        Route("/sign-out", leave, methods=["POST"]),
        *list_password_routes(open_application),
        *list_unsubscribing_routes(open_application),
    ]


def _show(application: Application, request: Request, elsewhere: Elsewhere | None) -> Response:
    """The page; who just came back from elsewhere is let in, or told why not."""
    locale, place = choose_locale(request), local_place(request.query_params.get("next", ""))
    oidc = application.settings.oidc
    identity = elsewhere.read_identity(request.cookies) if elsewhere and oidc else {}
    if oidc is None or not identity:
        response = _page(application, locale, place, breaks_glass="password" in request.query_params)
    else:
        try:
            response = _take_back(application, request, identity, oidc, place)
        except SignInRefused as refusal:
            _note_refused_sign_in(application, refusal)
            response = _page(application, locale, place, refusal=refusal)
    for name in request.cookies:
        if name == name_cookie(request, _PLACE) or name.startswith(IDENTITY):
            response.delete_cookie(name, secure=is_encrypted(request))
    return response


def _take_back(
    application: Application, request: Request, identity: Mapping[str, object], oidc: Oidc, place: str
) -> Response:
    """Let in who came back from the provider, or note that they proved anew who they are."""
    back, secret, now = (
        request.cookies.get(name_cookie(request, _PLACE), place),
        application.secret,
        application.now(),
    )
    with application.work() as work:
        if identity.get("provider") == AGAIN:
            confirm_elsewhere(work, identity, oidc, read_token(request), secret, now)
            return RedirectResponse(local_place(unquote(back)), status_code=303)
        token = sign_in_elsewhere(work, identity, oidc, secret, now, application.settings.idle)
        return _let_in(work, application, request, token, back)


def _go_elsewhere(application: Application, request: Request, elsewhere: Elsewhere | None) -> Response:
    if elsewhere is None or application.settings.oidc is None:
        return PlainTextResponse("sign in here", status_code=404)
    response = RedirectResponse(elsewhere.make_address("again" in request.query_params), status_code=303)
    place = local_place(request.query_params.get("next", ""))
    response.set_cookie(
        name_cookie(request, _PLACE),
        quote(place, safe=""),
        max_age=_AWAY_SECONDS,
        httponly=True,
        samesite="lax",
        secure=is_encrypted(request),
    )
    return response


def _enter(application: Application, request: Request, form: Mapping[str, str]) -> Response:
    place, locale = local_place(form.get("next", "")), choose_locale(request, form.get("lang", ""))
    oidc = application.settings.oidc
    if oidc is not None and not oidc.break_glass:
        return PlainTextResponse("sign in at the provider", status_code=403)
    only = oidc.break_glass if oidc else ""
    name = form.get("name", "")
    try:
        with application.work() as work:
            address = request.client.host if request.client else ""
            password = form.get("password", "")
            secret, idle = application.secret, application.settings.idle
            token = sign_in(work, name, password, address, secret, application.now(), only, idle)
            return _let_in(work, application, request, token, place)
    except SignInRefused as refusal:
        _note_refused_sign_in(application, refusal)
        # An account that is locked is one that there is: strangers are told the same of every name.
        told = SignInRefused("sign_in_wrong", minutes=refusal.values["minutes"])
        return _page(application, locale, place, name, told, breaks_glass=True)


def _note_refused_sign_in(application: Application, refusal: SignInRefused) -> None:
    application.metrics.count_refused_sign_in(refusal.code)
    told = {"event": "sign_in_refused", "code": refusal.code}
    _log.info("sign-in refused: %s", refusal.code, extra=told)


def _let_in(work: UnitOfWork, application: Application, request: Request, token: str, place: str) -> Response:
    """Lead to ``place`` with the new sign-in; the one that this browser had before ends, in every tab."""
    sign_out(work, read_token(request), application.secret, application.now())
    response = RedirectResponse(local_place(unquote(place)), status_code=303)
    response.set_cookie(
        name_cookie(request),
        token,
        max_age=int(SIGN_IN_LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=is_encrypted(request),
    )
    return response


def _leave(application: Application, request: Request) -> Response:
    if not is_from_here(request):
        return PlainTextResponse("cross-site form refused", status_code=403)
    everywhere = request.query_params.get("everywhere") == "1"
    with application.work() as work:
        sign_out(work, read_token(request), application.secret, application.now(), everywhere)
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(name_cookie(request), httponly=True, samesite="lax", secure=is_encrypted(request))
    return response


def _keep(application: Application, request: Request, text: bytes) -> Response:
    """Keep what is being typed at a claim, for who is signed in."""
    if not is_from_here(request):
        return PlainTextResponse("cross-site request refused", status_code=403)
    if len(text) > _MOST_OF_A_DRAFT:
        return PlainTextResponse("the draft is too long", status_code=413)
    with application.work() as work:
        user = find_signed_in(work, read_token(request), application.secret, application.now())
        if user is None:
            return PlainTextResponse("sign in first", status_code=403)
        claim_id = read_number(request.path_params["claim_id"])
        given = read_number(request.query_params.get("given", "0"))
        fields = {"": None, **{kind.value: kind for kind in AnswerKind}}
        field = request.query_params.get("field", "")
        if claim_id is None or given is None or field not in fields:
            return PlainTextResponse("no such claim", status_code=404)
        try:
            written = text.decode("utf-8", "replace")
            note_use(
                work, read_token(request), application.secret, application.now(), application.settings.idle
            )
            kept = keep_draft(work, claim_id, written, given, fields[field], user, application.now())
        except KonkyoError as refusal:
            status = _STATUS.get(type(refusal), 503)
            application.metrics.count_refusal(refusal.code)
            _log.info(
                "draft refused: %s",
                refusal.code,
                extra={"event": "refused", "code": refusal.code, "person": user.id},
            )
            return PlainTextResponse(describe_error(refusal), status_code=status)
    return Response(status_code=204) if kept else PlainTextResponse("it was given", status_code=409)


def _page(
    application: Application,
    locale: str,
    place: str,
    name: str = "",
    refusal: SignInRefused | None = None,
    breaks_glass: bool = False,
) -> Response:
    """The page; with a provider it asks for a password where that is wanted and an account may use one."""
    oidc = application.settings.oidc
    elsewhere = oidc is not None and not (breaks_glass and oidc.break_glass)
    with application.work() as work:
        people = work.people.list_users()
    # Of a house that is taken for the demo by a setting nobody is named.
    offered = list_sample_people(people) if application.settings.demo and not elsewhere else ()
    page = render_sign_in(locale, place, name, refusal, offered, is_empty=not people, elsewhere=elsewhere)
    return HTMLResponse(page, status_code=200 if refusal is None else 403, headers=STRICT)


def sign_in_address(place: str, way_in: str = "/sign-in") -> str:
    """Where to sign in, or do what else ``way_in`` asks for, to come back to ``place``."""
    return f"{way_in}?next={quote(place, safe='')}"
