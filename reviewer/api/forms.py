"""What the pages before the room share: reading their forms, their language, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import HTTPConnection, Request

from reviewer.accounts.tokens import COOKIE, PREFIX
from reviewer.bootstrap import Application
from reviewer.i18n import LOCALES

OpenApplication = Callable[[], Application]
_MOST_OF_A_FORM = 20_000
# Of a page that runs no script and that nobody keeps.
STRICT = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
}


async def read_up_to(request: Request, most: int) -> bytes:
    """What was sent; of more than ``most`` bytes no more than shows that it is."""
    read = b""
    async for part in request.stream():
        read += part
        if len(read) > most:
            break
    return read


async def read_form(request: Request) -> dict[str, str] | None:
    """The fields as a browser writes our forms, ``None`` for anything else or more than that."""
    sent = await read_up_to(request, _MOST_OF_A_FORM)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or len(sent) > _MOST_OF_A_FORM:
        return None
    return dict(parse_qsl(sent.decode("utf-8", "replace"), keep_blank_values=True))


def name_cookie(connection: HTTPConnection, name: str = COOKIE) -> str:
    """What a browser knows our cookie by: over HTTPS under a name that no other host can set.

    A room on http://127.0.0.1 could not set that one.
    """
    return f"{PREFIX}{name}" if is_encrypted(connection) else name


def is_encrypted(connection: HTTPConnection) -> bool:
    """Whether the browser speaks HTTPS, as the server or its proxy tells."""
    return connection.url.scheme in ("https", "wss")


def read_token(connection: HTTPConnection) -> str:
    """The token of this browser's sign-in, "" where it has none."""
    return connection.cookies.get(name_cookie(connection), "")


def choose_locale(request: Request, asked: str = "") -> str:
    """The language asked for, else the browser's first that we have, else Japanese."""
    wanted = [asked, request.query_params.get("lang", ""), request.headers.get("accept-language", "")[:2]]
    return next((locale for locale in wanted if locale in LOCALES), LOCALES[0])


def local_place(place: str) -> str:
    """A path of this site; anything else becomes the first page, so that no link leads elsewhere."""
    parts = urlsplit(place.replace("\\", "/"))
    is_local = place.startswith("/") and not place.startswith("//") and not parts.netloc and not parts.scheme
    return place if is_local and place.isprintable() else "/"
