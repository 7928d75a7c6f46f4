"""The gate: who is not signed in is led to the sign-in page, and gets nothing else from the server."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from claims.records.people import User
from reviewer.accounts.signing_in import find_signed_in, find_unsettled
from reviewer.accounts.tokens import ASKING_SIGN_IN, SIGN_IN_HEADER, hash_token
from reviewer.addresses import read_number
from reviewer.api.forms import OpenApplication, read_token
from reviewer.api.new_password import NEW_PASSWORD
from reviewer.api.origins import names_own_origin, note_kept_out
from reviewer.api.routes import IDENTITY, sign_in_address
from reviewer.api.sockets import POLICY_VIOLATION, serve_socket
from reviewer.api.uploads import HoldsFile, Uploads
from reviewer.notices.unsubscribing import PLACE as UNSUBSCRIBE
from reviewer.rules.permissions import WITH_FILES, Permission, may

# What the sign-in page, a health check and, with OIDC, the way to the provider and back need.
# An open page looks at Streamlit's host configuration before it connects again: else Streamlit lays
# an error over the page, and over the way to sign in.
_OPEN = {
    *("/sign-in", "/sign-in/elsewhere", "/sign-out", NEW_PASSWORD),
    # The link of a mail is signed, and stands for nobody's sign-in.
    UNSUBSCRIBE,
    *("/_stcore/health", "/_stcore/host-config", "/favicon.png", "/favicon.ico"),
    # What machines ask: the last answers who has its token alone.
    *("/healthz", "/readyz", "/metrics"),
}
_OPEN_ELSEWHERE = {"/auth/login", "/oauth2callback"}
_PAGE, _METRICS, _UPLOADS = "/", "/_stcore/metrics", "/_stcore/upload_file/"
_FILES = "/media/"
FindOpener = Callable[[str], str | None]
MayFetch = Callable[[str, str], bool]


def _find_no_opener(_: str) -> None:
    """Nobody has a session open."""


def _holds_no_file(_session_id: str, _file_id: str) -> bool:
    return False


def _fetches_nothing(_file_id: str, _sign_in: str) -> bool:
    return False


class SignInGate:
    """ASGI middleware. Every request and every frame of a socket is let in for a sign-in in force alone.

    ``find_opener`` tells for a Streamlit session which sign-in, by ``hash_token``, has it open,
    ``holds_file`` whether a file that was sent into it is still there, ``may_fetch`` whether a file that is
    handed out was made for a sign-in.
    """

    def __init__(
        self,
        app: ASGIApp,
        open_application: OpenApplication,
        find_opener: FindOpener = _find_no_opener,
        holds_file: HoldsFile = _holds_no_file,
        may_fetch: MayFetch = _fetches_nothing,
    ) -> None:
        self._app = app
        self._open_application = open_application
        self._find_opener = find_opener
        self._uploads = Uploads(holds_file)
        self._may_fetch = may_fetch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer with the way to the sign-in page."""
        if scope["type"] not in ("http", "websocket") or self._is_open(scope):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if scope["type"] == "websocket" and not names_own_origin(connection):
            # Cookies know no ports: a page at another port of this host would act as who is signed in.
            note_kept_out("foreign_origin")
            await _close_socket(send)
            return
        token = read_token(connection)
        user = await run_in_threadpool(self._find_user, token)
        if user is None:
            unsettled = await run_in_threadpool(self._is_unsettled, token)
            await _refuse(connection, receive, send, NEW_PASSWORD if unsettled else "/sign-in")
        elif scope["path"] == _PAGE and self._came_back(connection):
            # From the provider, where the person proved anew who they are: that is looked at there.
            await RedirectResponse("/sign-in", status_code=303)(scope, receive, send)
        elif not await run_in_threadpool(self._may_have, scope["path"], user, self._name(token)):
            note_kept_out("not_theirs", user.id)
            await PlainTextResponse("not yours", status_code=403)(scope, receive, send)
        else:
            app, named = self._app, _name_opener(scope, self._name(token))
            if scope["type"] == "http":
                if scope["path"].startswith(_UPLOADS) and scope["method"] == "PUT":
                    app = self._count_upload(user)
                await app(named, receive, send)
                return

            async def is_in_force() -> bool:
                return await run_in_threadpool(self._find_user, token) is not None

            ASKING_SIGN_IN.set(self._name(token))
            await serve_socket(app, named, receive, send, is_in_force)

    def _count_upload(self, user: User) -> ASGIApp:
        """The server for a file that the person sends, if it is not too much with what they sent before."""

        async def take(scope: Scope, receive: Receive, send: Send) -> None:
            place = _read_upload(scope["path"])
            told = HTTPConnection(scope).headers.get("content-length", "")
            size = read_number(told)
            if size is None:
                await PlainTextResponse("say how large the file is", status_code=411)(scope, receive, send)
            elif not self._uploads.begin(user.name, *place, size):
                note_kept_out("uploads_too_large", user.id)
                await PlainTextResponse(
                    "too many large files at once: remove one, then send this one", status_code=413
                )(scope, receive, send)
            else:
                try:
                    await self._app(scope, receive, send)
                finally:
                    self._uploads.end(*place)

        return take

    def _is_open(self, scope: Scope) -> bool:
        if scope["type"] != "http":
            return False
        elsewhere = scope["path"] in _OPEN_ELSEWHERE and self._open_application().settings.oidc is not None
        return scope["path"] in _OPEN or elsewhere

    def _find_user(self, token: str) -> User | None:
        application = self._open_application()
        with application.work() as work:
            return find_signed_in(work, token, application.secret, application.now())

    def _came_back(self, connection: HTTPConnection) -> bool:
        """Whether the browser has just come back from the provider."""
        has_identity = any(name.startswith(IDENTITY) for name in connection.cookies)
        return has_identity and self._open_application().settings.oidc is not None

    def _is_unsettled(self, token: str) -> bool:
        application = self._open_application()
        with application.work() as work:
            return find_unsettled(work, token, application.secret, application.now()) is not None

    def _name(self, token: str) -> str:
        return hash_token(self._open_application().secret, token) or ""

    def _may_have(self, path: str, user: User, sign_in: str) -> bool:
        """Figures of the server are for administrators, a file for whom it was made; into a session uploads
        who has it open and may do something that files are sent for.
        """
        if path.startswith(_FILES):
            return self._may_fetch(path.removeprefix(_FILES), sign_in)
        if path.startswith(_UPLOADS):
            session_id, _ = _read_upload(path)
            sends = any(may(user, permission) for permission in WITH_FILES)
            return sends and self._find_opener(session_id) == sign_in
        return not path.startswith(_METRICS) or may(user, Permission.READ_METRICS)


def _read_upload(path: str) -> tuple[str, str]:
    """The session and the id of the file that is sent or removed."""
    session_id, _, file_id = path.removeprefix(_UPLOADS).partition("/")
    return session_id, file_id


def _name_opener(scope: Scope, sign_in: str) -> Scope:
    """The request with the sign-in in our own header, to which Streamlit binds the session that it opens.

    What a client sent under that name is dropped: it would take over another's session.
    """
    name = SIGN_IN_HEADER.encode("ascii")
    headers = [(key, value) for key, value in scope["headers"] if key.lower() != name]
    return {**scope, "headers": [*headers, (name, sign_in.encode("ascii"))]}


async def _close_socket(send: Send) -> None:
    await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": "sign in"})


async def _refuse(connection: HTTPConnection, receive: Receive, send: Send, way_in: str) -> None:
    scope = connection.scope
    if scope["type"] == "websocket":
        await _close_socket(send)
    elif scope["path"] == _PAGE:
        query = f"?{connection.url.query}" if connection.url.query else ""
        await RedirectResponse(sign_in_address(_PAGE + query, way_in), status_code=303)(scope, receive, send)
    else:
        await PlainTextResponse("sign in first", status_code=403)(scope, receive, send)
