"""Whether a browser sent something from a page of this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection


def is_from_here(connection: HTTPConnection) -> bool:
    """Whether no other site sent this (a client that is no browser names no origin)."""
    site = connection.headers.get("sec-fetch-site", "same-origin")
    return site in ("same-origin", "none") and names_own_origin(connection)


def names_own_origin(connection: HTTPConnection) -> bool:
    """Whether the origin, where one is named, is the host and port that were asked."""
    origin = connection.headers.get("origin", "")
    if not origin:
        return True
    try:
        return urlsplit(origin).netloc == connection.headers.get("host", "")
    except ValueError:
        # No address at all, as "http://[".
        return False
