"""The head of the room's page: its own name, and a script that hears keys before anything is drawn."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reviewer.markup import Html

_HEAD = Html("<head>")
# Streamlit's page bears Streamlit's name until the first page is drawn.
# Somebody's files, which may be pages, and go out as they came in.
_FILES = "/media/"
_TITLE = Html("<title>{}</title>")


class PageHead:
    """ASGI middleware: in the page that Streamlit serves ``script`` runs first, and ``title`` is its name.

    Whoever opens a claim and types at once is faster than a page on a busy machine: its buttons are drawn up
    to half a second before it can hear their keys. All other answers pass as they are.
    """

    def __init__(self, app: ASGIApp, title: str, script: str) -> None:
        self._app = app
        self._title = _TITLE.format(title)
        self._head = _HEAD + Html.run_script(script)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and write the head of the page."""
        if scope["type"] != "http" or not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        parts: list[bytes] = []

        async def send_headed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    body = self._write_head(b"".join(parts))
                    MutableHeaders(raw=start["headers"])["Content-Length"] = str(len(body))
                    await send(start)
                    await send({"type": "http.response.body", "body": body})

        await self._app(_without_coding(scope), receive, send_headed)

    def _write_head(self, page: bytes) -> bytes:
        former = _TITLE.format("Streamlit").encode()
        if former not in page:
            return page
        return page.replace(_HEAD.encode(), self._head.encode(), 1).replace(former, self._title.encode(), 1)


def _asks_for_page(scope: Scope) -> bool:
    is_file = scope["path"].startswith(_FILES)
    return scope["method"] == "GET" and not is_file and "text/html" in Headers(scope=scope).get("accept", "")


def _is_page(start: Message) -> bool:
    headers = Headers(raw=list(start["headers"]))
    return start["status"] == 200 and headers.get("content-type", "").startswith("text/html")


def _without_coding(scope: Scope) -> Scope:
    """The request as one that takes no compressed answer, and none that it has kept."""
    kept = (b"accept-encoding", b"if-none-match", b"if-modified-since")
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in kept]}
