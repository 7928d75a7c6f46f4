"""What machines ask of the server without a sign-in: whether it lives, whether it is ready, its metrics."""

from __future__ import annotations

import asyncio
import hmac
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from claims.errors import KonkyoError
from claims.records.job import JobCounts
from reviewer.accounts.house_secret import check_house_secret
from reviewer.api.forms import OpenApplication
from reviewer.home import check_secret, fingerprint_secret
from reviewer.monitoring.metrics import Metrics

_log = logging.getLogger("konkyo.requests")

READY_SECONDS = 2.0
_NO_STORE = {"Cache-Control": "no-store"}


def list_health_routes(
    open_application: OpenApplication, metrics: Metrics, token: str, ready_seconds: float = READY_SECONDS
) -> list[Route]:
    """The routes. ``/metrics`` is not there without a ``token``, which whoever collects has to send.

    What ``/readyz`` tells are codes: no path, address or reason leaves the house by it.
    """
    readiness = _Readiness(open_application, ready_seconds)

    async def live(request: Request) -> Response:
        return PlainTextResponse("ok", headers=_NO_STORE)

    async def ready(request: Request) -> Response:
        missing = await readiness.list_missing()
        return JSONResponse(missing, status_code=503 if missing else 200, headers=_NO_STORE)

    async def collect(request: Request) -> Response:
        if not token:
            return PlainTextResponse("not here", status_code=404, headers=_NO_STORE)
        if not _bears(request, token):
            headers = {**_NO_STORE, "WWW-Authenticate": "Bearer"}
            return PlainTextResponse("send the token", status_code=401, headers=headers)
        metrics.tell_jobs(await _count_jobs(open_application, ready_seconds))
        body, media_type = metrics.write()
        return Response(body, headers={**_NO_STORE, "Content-Type": media_type})

    return [
        Route("/healthz", live, methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
        Route("/metrics", collect, methods=["GET"]),
    ]


async def _count_jobs(open_application: OpenApplication, seconds: float) -> JobCounts | None:
    """How many jobs wait and run in the house; ``None`` where the database does not say so in time."""

    def count() -> JobCounts:
        return open_application().checks.count_jobs()

    try:
        return await asyncio.wait_for(asyncio.to_thread(count), seconds)
    except (KonkyoError, TimeoutError) as error:
        _log.info("jobs are not counted: %s", error, extra={"event": "jobs_not_counted"})
        return None


def _bears(request: Request, token: str) -> bool:
    scheme, _, sent = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(sent.strip().encode(), token.encode())


class _Readiness:
    """Asks the house what it lacks: one look at a time, however many ask and however long it takes."""

    def __init__(self, open_application: OpenApplication, seconds: float) -> None:
        self._open_application = open_application
        self._seconds = seconds
        self._look: Future[list[str]] | None = None

    async def list_missing(self) -> list[str]:
        """The codes of what is missing; ``database_slow`` where that is not known in time."""
        if self._look is None or self._look.done():
            self._look = _start(self._list_missing)
        try:
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self._look)), self._seconds)
        except TimeoutError:
            return ["database_slow"]

    def _list_missing(self) -> list[str]:
        try:
            application = self._open_application()
        except KonkyoError as error:
            return [error.code]
        missing = []
        try:
            if not application.checks.is_current():
                missing.append("schema_other")
        except KonkyoError as error:
            missing.append(error.code)
        try:
            check_secret(application.settings, application.secret)
            with application.reading() as work:
                check_house_secret(work, fingerprint_secret(application.secret))
        except KonkyoError as error:
            missing.append(error.code)
        return missing


def _start(look: Callable[[], list[str]]) -> Future[list[str]]:
    """The look, begun in a thread that a server going down does not wait for."""
    future: Future[list[str]] = Future()

    def run() -> None:
        try:
            future.set_result(look())
        except BaseException as error:
            future.set_exception(error)
            raise

    threading.Thread(target=run, name="konkyo-ready", daemon=True).start()
    return future
