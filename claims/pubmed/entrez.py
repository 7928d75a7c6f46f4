"""One conversation with NCBI's E-utilities: budget, limits, retries, and typed errors for each failure."""

from __future__ import annotations

import random
import re
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import requests
from urllib3.exceptions import NewConnectionError, ReadTimeoutError

from claims.errors import SourceBusy, SourceError
from claims.network import WayOut, find_cause
from claims.pubmed.answers import find_reported, raise_reported
from claims.pubmed.connections import open_session
from claims.search.ports import Clock, RequestBudget, RequestWatch
from claims.search.stopping import STOP, raise_if

Answer = TypeVar("Answer")

MAX_RETRIES = 3
_FIRST_PAUSE_SECONDS = 1.0
_BLOCK_PAUSE_SECONDS = 10.0
_LONGEST_PAUSE_SECONDS = 60.0
_CHUNK_BYTES = 1 << 16
_PROXY_WANTS_PASSWORD = 407
_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: (\d{3})")

_WORTH_RETRYING = frozenset(
    {
        "source_rate_limited",
        "source_unavailable",
        "source_timeout",
        "source_truncated",
        "source_nonsense",
        "source_ids_missing",
        "source_backend_failed",
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much of an answer is waited for. ``total_seconds`` bounds one answer that drips."""

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    total_seconds: float = 120.0
    body_bytes: int = 32 * 1024 * 1024


class Unwatched:
    """A ``RequestWatch`` for which nobody listens."""

    def hear(self, program: str, outcome: str) -> None:
        """Leave it at that."""


@dataclass(frozen=True)
class Entrez:
    """E-utilities under ``base_url`` for one caller, whose threads may all ask at once.

    Everything goes by POST: key and e-mail stay out of addresses, and so out of logs and error messages.
    """

    base_url: str
    tool: str
    email: str = field(repr=False)
    api_key: str = field(repr=False)
    budget: RequestBudget
    clock: Clock
    way_out: WayOut
    limits: Limits = Limits()
    watch: RequestWatch = field(default_factory=Unwatched, repr=False)
    jitter: Callable[[], float] = field(default=random.random, repr=False)
    _own: threading.local = field(default_factory=threading.local, repr=False)

    def ask(self, program: str, parameters: dict[str, str], read: Callable[[bytes], Answer]) -> Answer:
        """What ``read`` makes of the program's answer, after at most three retries with growing pauses.

        ``program`` is ``esearch`` or ``efetch``. Raises ``SourceError``: the last one when none helped;
        ``WorkStopped`` when the work that asks was given up meanwhile.
        """
        attempt = 0
        while True:
            try:
                answer = read(self._fetch(program, parameters))
            except SourceError as error:
                self.watch.hear(program, error.code)
                raise_if(STOP.get())
                pause_seconds = self._pause_after(error, attempt)
                if (
                    error.code not in _WORTH_RETRYING
                    or attempt == MAX_RETRIES
                    or pause_seconds > _LONGEST_PAUSE_SECONDS
                ):
                    raise self._without_secrets(error) from None
            else:
                self.watch.hear(program, "answered")
                return answer
            attempt += 1
            self.clock.sleep(pause_seconds)

    def _pause_after(self, error: SourceError, attempt: int) -> float:
        """Seconds to wait before asking again; once NCBI has had enough, all who share the budget wait."""
        pause_seconds = _FIRST_PAUSE_SECONDS * (1 << attempt) * (0.75 + self.jitter() / 2)
        asked = error.values.get("retry_after_seconds")
        if isinstance(asked, float):
            pause_seconds = max(pause_seconds, asked)
        is_block_page = error.code == "source_blocked" or error.values.get("reason") == "html"
        if is_block_page:
            pause_seconds = max(pause_seconds, _BLOCK_PAUSE_SECONDS)
        if is_block_page or isinstance(error, SourceBusy):
            self.budget.pause(min(pause_seconds, _LONGEST_PAUSE_SECONDS))
        return pause_seconds

    def _fetch(self, program: str, parameters: dict[str, str]) -> bytes:
        form = {**parameters, "tool": self.tool, "email": self.email}
        if self.api_key:
            form["api_key"] = self.api_key
        try:
            with self._session().post(
                f"{self.base_url.rstrip('/')}/{program}.fcgi",
                data=form,
                timeout=(self.limits.connect_seconds, self.limits.read_seconds),
                stream=True,
                allow_redirects=False,
            ) as response:
                body = self._read_body(response)
        except requests.Timeout:
            raise SourceError("source_timeout") from None
        except requests.ConnectionError as error:
            raise self._type_failure(error) from None
        except requests.RequestException as error:
            raise SourceError("source_truncated", reason=type(error).__name__) from None
        if self.way_out.proxy and response.status_code == _PROXY_WANTS_PASSWORD:
            raise SourceError("source_proxy_password", proxy=self.way_out.proxy)
        _check_status(response, body)
        return body

    def _type_failure(self, error: requests.ConnectionError) -> SourceError:
        """What hindered the connection; never with the words of the error, which repeat the addresses."""
        if untrusted := find_cause(error, ssl.SSLCertVerificationError):
            return SourceError("source_certificate_untrusted", reason=untrusted.verify_message)
        if not isinstance(error, requests.exceptions.ProxyError):
            return SourceError(_connection_code(error))
        refused = _TUNNEL_REFUSED.search(str(error))
        if refused is None:
            return SourceError("source_proxy_unreachable", proxy=self.way_out.proxy)
        if int(refused[1]) == _PROXY_WANTS_PASSWORD:
            return SourceError("source_proxy_password", proxy=self.way_out.proxy)
        return SourceError("source_proxy_refused", proxy=self.way_out.proxy)

    def _session(self) -> requests.Session:
        """One session a thread: a session is not made to be shared, and keeps its connection open."""
        if not hasattr(self._own, "session"):
            self._own.session = open_session(self.budget, self.way_out)
        session: requests.Session = self._own.session
        return session

    def _read_body(self, response: requests.Response) -> bytes:
        started = self.clock.monotonic()
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_content(_CHUNK_BYTES):
            size += len(chunk)
            if size > self.limits.body_bytes:
                raise SourceError("source_too_large", limit_bytes=self.limits.body_bytes)
            if self.clock.monotonic() - started > self.limits.total_seconds:
                raise SourceError("source_timeout")
            chunks.append(chunk)
        return b"".join(chunks)

    def _without_secrets(self, error: SourceError) -> SourceError:
        """The same error; NCBI may repeat what it was sent, and that is blacked out."""
        secrets = [secret for secret in (self.api_key, self.email) if secret]
        values = {name: _black_out(value, secrets) for name, value in error.values.items()}
        return type(error)(error.code, **values)


def _black_out(value: object, secrets: list[str]) -> object:
    if not isinstance(value, str):
        return value
    for secret in secrets:
        value = value.replace(secret, "***")
    return value


def _connection_code(error: requests.ConnectionError) -> str:
    """Nobody there at all, or gone in the middle of it: only the second may be better the next moment."""
    if error.args and isinstance(error.args[0], ReadTimeoutError):
        return "source_timeout"
    cause = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(cause, NewConnectionError) or isinstance(error, requests.exceptions.SSLError):
        return "source_unreachable"
    return "source_truncated"


def _check_status(response: requests.Response, body: bytes) -> None:
    """Raise what an HTTP status other than 200 means, by its body's own words where it has some."""
    status = response.status_code
    if status == 200:
        return
    if status == 429:
        raise SourceBusy("source_rate_limited", **_retry_after(response))
    if status >= 500:
        raise SourceError("source_unavailable", status=status, **_retry_after(response))
    if status == 403:
        raise SourceError("source_blocked", status=status)
    if status in (400, 414):
        raise_reported(find_reported(body) or f"HTTP {status}")
    raise SourceError("source_unusable", status=status)


def _retry_after(response: requests.Response) -> dict[str, float]:
    """The pause that the answer asks for, in seconds or until a moment (RFC 9110, 10.2.3), where it does.

    The moment is told by the other side's clock, and compared with the ``Date`` of the same answer: whether
    this machine's clock is right does not matter. Without one nothing can be said of it.
    """
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal() and len(text) < 6:
        return {"retry_after_seconds": float(text)}
    until, answered = _read_moment(text), _read_moment(response.headers.get("Date", ""))
    if until is None or answered is None:
        return {}
    return {"retry_after_seconds": max(0.0, (until - answered).total_seconds())}


def _read_moment(text: str) -> datetime | None:
    """An HTTP date, ``None`` for anything else."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
