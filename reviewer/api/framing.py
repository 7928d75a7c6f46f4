"""Requests whose end two servers would read differently: what follows would be another's request."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from reviewer.api.origins import note_kept_out


class OneEnd:
    """ASGI middleware: a request with both a length and a transfer coding is refused, and its line closed.

    RFC 9112, 6.1: a server may refuse it, and has to close the line once it has answered; uvicorn goes on.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        if scope["type"] == "http":
            named = {name.lower() for name, _ in scope["headers"]}
            if {b"content-length", b"transfer-encoding"} <= named:
                note_kept_out("two_ends")
                refusal = PlainTextResponse(
                    "a request has one end", status_code=400, headers={"Connection": "close"}
                )
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)
