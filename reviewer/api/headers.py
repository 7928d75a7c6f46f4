"""What each answer tells the browser it may do with it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit's page has a script of its own in it, its charts are compiled, its components come as blobs.
# Nothing is loaded from, or sent to, another place than this site.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Where an answer says nothing else itself.
_ELSE = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"}
# Scripts and styles, named after their content.
_KEPT = "/static/"
_A_YEAR = "max-age=31536000"


class AnswerHeaders:
    """ASGI middleware: each answer, whoever gives it, has the headers that protect who reads it.

    A browser keeps nothing but scripts and styles, and gives no answer to a page of another site. Over HTTPS,
    as the proxy tells, it is to stay with HTTPS.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and put the headers on the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", ())))
                headers.update(_ALWAYS)
                # Streamlit lets pages of any site read some of its files.
                del headers["Access-Control-Allow-Origin"]
                for name, value in _ELSE.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith(_KEPT):
                    headers["Cache-Control"] = "no-store"
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = _A_YEAR
                message = {**message, "headers": headers.raw}
            await send(message)

        await self._app(scope, receive, send_protected)
