"""The gate: who is not signed in is led to the sign-in page, and gets nothing else from the server."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from reviewer.accounts.signing_in import find_signed_in
from reviewer.accounts.tokens import COOKIE
from reviewer.api.routes import OpenHouse, sign_in_address

# What the sign-in page, a health check and Streamlit's own sign-in elsewhere need.
_OPEN = ("/sign-in", "/sign-out", "/_stcore/health", "/favicon", "/auth/", "/oauth2callback")
_PAGE = "/"
_POLICY_VIOLATION = 1008


class SignInGate:
    """ASGI middleware. Where signing in elsewhere (OIDC) is set up, the script itself keeps the gate."""

    def __init__(self, app: ASGIApp, open_house: OpenHouse) -> None:
        self._app = app
        self._open_house = open_house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer with the way to the sign-in page."""
        if scope["type"] not in ("http", "websocket") or scope["path"].startswith(_OPEN):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if await run_in_threadpool(self._may_enter, connection):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": "sign in"})
        elif scope["path"] == _PAGE:
            query = f"?{connection.url.query}" if connection.url.query else ""
            await RedirectResponse(sign_in_address(_PAGE + query), status_code=303)(scope, receive, send)
        else:
            await PlainTextResponse("sign in first", status_code=403)(scope, receive, send)

    def _may_enter(self, connection: HTTPConnection) -> bool:
        house = self._open_house()
        if house.settings.oidc is not None:
            return True
        token = connection.cookies.get(COOKIE, "")
        if not token:
            return False
        with house.work() as work:
            return find_signed_in(work, token, house.secret, house.now()) is not None
