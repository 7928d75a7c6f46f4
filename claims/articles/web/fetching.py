"""One page or file of the web, within limits of time, size and redirects."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

import requests
from urllib3.exceptions import HTTPError

from claims.articles.reading import MAX_PACKED_BYTES, parse_document
from claims.articles.web.addresses import check_address, is_public
from claims.articles.web.connecting import CheckedAdapter, MayConnect
from claims.errors import ArticleError
from claims.network import find_cause, find_certificates, find_way_out
from claims.records.article import Document

_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; konkyo; reads one article for its review)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "ja,en;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
_CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How long, how far and how much: ``total_seconds`` bounds everything, answers that drip as well."""

    connect_seconds: float = 4.0
    read_seconds: float = 6.0
    total_seconds: float = 10.0
    redirects: int = 5
    body_bytes: int = MAX_PACKED_BYTES


@dataclass(frozen=True, slots=True)
class _Answer:
    url: str
    content_type: str
    body: bytes


def fetch_document(
    url: str, may_connect: MayConnect = is_public, limits: FetchLimits | None = None
) -> Document:
    """The article at an http(s) address, with the page as it came. Its origin is the address in the end.

    Every machine asked, after redirects too, must satisfy ``may_connect``; neither proxies nor stored
    passwords of this machine are used. Raises ``ArticleError``: ``article_url_unusable``,
    ``article_url_private``, ``article_url_unreachable``, ``article_url_proxy``, ``article_url_certificate``,
    ``article_url_timeout``, ``article_url_status``, ``article_url_redirects``, ``article_too_large``, and
    those of ``parse_document``; ``SettingsError`` for certificates that are not there.
    """
    answer = _fetch(check_address(url), may_connect, limits or FetchLimits())
    try:
        return parse_document(answer.body, answer.url, answer.content_type)
    except ArticleError as error:
        raise ArticleError(error.code, **{"file": answer.url, **error.values}) from error


def _fetch(url: str, may_connect: MayConnect, limits: FetchLimits) -> _Answer:
    with requests.Session() as session:
        adapter = CheckedAdapter(may_connect)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        session.trust_env = False
        session.verify = find_certificates()
        session.headers.update(_HEADERS)
        with _deadline(adapter, limits.total_seconds) as is_over:
            try:
                answer = _follow(session, url, limits)
            except (requests.RequestException, HTTPError, OSError) as error:
                if is_over() or isinstance(error, requests.Timeout):
                    raise ArticleError("article_url_timeout", url=url) from error
                raise _type_failure(url, error) from error
            if is_over():
                raise ArticleError("article_url_timeout", url=url)
        return answer


def _type_failure(url: str, error: Exception) -> ArticleError:
    """What hindered the connection: the certificate, the lack of a direct way out, or something else."""
    if untrusted := find_cause(error, ssl.SSLCertVerificationError):
        return ArticleError("article_url_certificate", url=url, reason=untrusted.verify_message)
    if proxy := find_way_out(url).proxy:
        return ArticleError("article_url_proxy", url=url, proxy=proxy)
    return ArticleError("article_url_unreachable", url=url, reason=type(error).__name__)


@contextmanager
def _deadline(adapter: CheckedAdapter, seconds: float) -> Iterator[Callable[[], bool]]:
    """Close the connections when the time is over; what is given tells whether it is."""
    end = time.monotonic() + seconds
    timer = threading.Timer(seconds, adapter.abort)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: time.monotonic() >= end
    finally:
        timer.cancel()


def _follow(session: requests.Session, url: str, limits: FetchLimits) -> _Answer:
    """The answer at the end of the redirects, each of which is checked like the first address."""
    for _ in range(limits.redirects + 1):
        timeout = (limits.connect_seconds, limits.read_seconds)
        with session.get(url, stream=True, allow_redirects=False, timeout=timeout) as response:
            if response.is_redirect:
                url = check_address(urljoin(url, response.headers["location"]))
                session.cookies.clear()
                continue
            if response.status_code != requests.codes.ok:
                raise ArticleError("article_url_status", url=url, status=response.status_code)
            return _Answer(url, response.headers.get("content-type", ""), _read_body(response, limits))
    raise ArticleError("article_url_redirects", url=url, limit=limits.redirects)


def _read_body(response: requests.Response, limits: FetchLimits) -> bytes:
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > limits.body_bytes:
            raise ArticleError("article_too_large", bytes=len(body), limit=limits.body_bytes)
    return bytes(body)
