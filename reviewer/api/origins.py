"""Whether a browser sent something from a page of this site."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

_BY_TLS = ("https", "wss")
_log = logging.getLogger("konkyo.gate")


def is_from_here(connection: HTTPConnection) -> bool:
    """Whether no other site sent this (a client that is no browser names no origin)."""
    site = connection.headers.get("sec-fetch-site", "same-origin")
    is_own = site in ("same-origin", "none") and names_own_origin(connection)
    if not is_own:
        note_kept_out("foreign_origin")
    return is_own


def note_kept_out(code: str, person: int = 0) -> None:
    """Log what was not let in, by its code and the number of the account that sent it, 0 for none."""
    _log.warning("kept out: %s", code, extra={"event": "kept_out", "code": code, "person": person})


def names_own_origin(connection: HTTPConnection) -> bool:
    """Whether the origin, where one is named, is the host and port that were asked, and as safe as they are.

    A page without TLS sends nothing to a server that is asked by TLS, as itself or a trusted proxy tells
    (X-Forwarded-Proto); where a proxy tells nothing of it, both pass.
    """
    origin = connection.headers.get("origin", "")
    if not origin:
        return True
    try:
        page = urlsplit(origin)
        is_safe = page.scheme == "https" or connection.url.scheme not in _BY_TLS
        return is_safe and page.netloc == connection.headers.get("host", "")
    except ValueError:
        # No address at all, as "http://[".
        return False
