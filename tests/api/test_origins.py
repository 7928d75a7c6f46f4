"""What counts as our own origin: the host and port that were asked, by TLS where they were asked by TLS."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import HTTPConnection
from starlette.types import Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from reviewer.api.origins import names_own_origin

HOST = "review.example"
PROXY = "127.0.0.1"


def is_own(origin: str, proto: str, kind: str = "websocket", sender: str = PROXY) -> bool:
    """What is answered behind a proxy that says so, through the server's own reading of its headers."""
    told: list[bool] = []

    async def ask(scope: Scope, _receive: Receive, _send: Send) -> None:
        told.append(names_own_origin(HTTPConnection(scope)))

    async def receive() -> Message:
        return {}

    async def send(_message: Message) -> None:
        return None

    headers = [(b"host", HOST.encode()), (b"origin", origin.encode())]
    if proto:
        headers.append((b"x-forwarded-proto", proto.encode()))
    scope = {
        "type": kind,
        "scheme": "ws" if kind == "websocket" else "http",
        "path": "/",
        "query_string": b"",
        "server": (HOST, 80),
        "client": (sender, 1),
        "headers": headers,
    }
    server = ProxyHeadersMiddleware(ask, trusted_hosts=[PROXY])  # type: ignore[arg-type]
    asyncio.run(server(scope, receive, send))  # type: ignore[arg-type]
    return told[0]


@pytest.mark.parametrize("kind", ["websocket", "http"])
def test_a_page_without_tls_sends_nothing_to_a_site_with_tls(kind: str) -> None:
    assert is_own(f"https://{HOST}", "https", kind)
    assert not is_own(f"http://{HOST}", "https", kind)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_tells_nothing_or_has_no_tls_keeps_nobody_out(scheme: str) -> None:
    assert is_own(f"{scheme}://{HOST}", "")
    assert is_own(f"http://{HOST}", "http")


def test_the_word_of_a_proxy_that_is_not_trusted_does_not_count() -> None:
    assert is_own(f"http://{HOST}", "https", sender="192.0.2.1")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", f"https://{HOST}:8443", "null", "http://["])
def test_another_host_or_port_is_another_site(origin: str) -> None:
    assert not is_own(origin, "https")
