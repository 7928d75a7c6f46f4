"""A socket that lasts as long as the sign-in it was opened with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY_VIOLATION = 1008
# How long a socket that nothing comes in by may outlast its sign-in; one look is a query by a unique key.
LOOK_SECONDS = 3.0


async def serve_socket(
    app: ASGIApp,
    scope: Scope,
    receive: Receive,
    send: Send,
    is_in_force: Callable[[], Awaitable[bool]],
    look_seconds: float = LOOK_SECONDS,
) -> None:
    """Serve the socket until ``is_in_force`` says no: asked before each frame, and while there is none.

    Then the frame is dropped and the socket closed with 1008; for the application the client is gone.
    """
    coming: asyncio.Future[Message] | None = None
    closed = False

    async def receive_in_force() -> Message:
        nonlocal coming, closed
        while True:
            coming = coming or asyncio.ensure_future(receive())
            await asyncio.wait({coming}, timeout=look_seconds)
            if coming.done() and coming.result()["type"] == "websocket.disconnect":
                return coming.result()
            if not await is_in_force():
                closed = True
                await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": "sign in"})
                return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
            if coming.done():
                message, coming = coming.result(), None
                return message

    async def send_while_open(message: Message) -> None:
        if not closed:
            await send(message)

    try:
        await app(scope, receive_in_force, send_while_open)
    finally:
        if coming is not None:
            coming.cancel()
