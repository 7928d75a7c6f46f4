"""What each answer of the served room tells the browser it may do with it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

import reviewer.dashboard
from reviewer.accounts.tokens import COOKIE
from reviewer.api.headers import AnswerHeaders
from reviewer.api.page_head import PageHead
from tests.api.test_sign_in import serve
from tests.journeys.room import serve_home
from tests.journeys.short_room import open_short_room
from tests.room_client import enter, open_tab

EARLY = Path(reviewer.dashboard.__file__).with_name("browser") / "early.js"
STATIC = "/static/js/index.js"
PLACES = ("/", "/sign-in", "/media/none.csv", "/signed-in", "/healthz", "/_stcore/host-config", "/nowhere")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = open_short_room(tmp_path_factory.mktemp("home")).settings.home
    with serve_home(home, home / "serve.log") as url:
        yield url


@pytest.fixture(scope="module")
def cookie(url: str) -> str:
    return enter(url, "reviewer-a")


def ask(url: str, place: str, cookie: str = "", method: str = "GET", origin: str = "") -> requests.Response:
    cookies, headers = {COOKIE: cookie} if cookie else None, {"Origin": origin} if origin else None
    return requests.request(
        method, url + place, cookies=cookies, headers=headers, timeout=30, allow_redirects=False
    )


def read_policy(answer: requests.Response) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["content-security-policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("place", PLACES)
def test_every_answer_is_protected_whoever_asks(url: str, cookie: str, place: str) -> None:
    for answer in (ask(url, place), ask(url, place, cookie)):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert read_policy(answer)["frame-ancestors"] == ["'none'"]


def test_the_room_loads_and_sends_nothing_elsewhere(url: str, cookie: str) -> None:
    policy = read_policy(ask(url, "/", cookie))
    assert policy["object-src"] == policy["base-uri"] == ["'none'"]
    said = {value for name, values in policy.items() for value in values if name != "frame-ancestors"}
    assert said <= {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}


def test_the_sign_in_page_runs_no_script_at_all(url: str) -> None:
    assert read_policy(ask(url, "/sign-in"))["default-src"] == ["'none'"]


@pytest.mark.parametrize("place", PLACES)
def test_a_browser_keeps_no_answer(url: str, cookie: str, place: str) -> None:
    assert ask(url, place, cookie).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("origin", ["http://localhost:9999", "https://elsewhere.example", "null"])
@pytest.mark.parametrize("place", PLACES)
def test_no_answer_is_for_a_page_of_another_site(url: str, cookie: str, place: str, origin: str) -> None:
    assert "access-control-allow-origin" not in ask(url, place, cookie, origin=origin).headers


@pytest.mark.parametrize("place", ["/", "/sign-in", "/healthz", "/_stcore/host-config"])
def test_nothing_is_traced(url: str, cookie: str, place: str) -> None:
    assert ask(url, place, cookie, "TRACE").status_code == 405


def test_no_other_page_may_send_the_room_messages(url: str, cookie: str) -> None:
    assert ask(url, "/_stcore/host-config", cookie).json()["allowedOrigins"] == []


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_the_page_hears_keys_before_it_draws_anything_and_bears_our_name(
    url: str, cookie: str, coding: str
) -> None:
    asked = {"Accept": "text/html,*/*;q=0.8", "Accept-Encoding": coding}
    page = requests.get(f"{url}/?claim=1", headers=asked, cookies={COOKIE: cookie}, timeout=30)
    assert len(page.content) == int(page.headers["content-length"])
    first, *others = page.text.split("<script")[1:]
    assert EARLY.read_text(encoding="utf-8") in first
    assert "/static/js/" in "".join(others)
    assert "<title>Konkyo 根拠</title>" in page.text
    assert "<title>Streamlit" not in page.text


def test_what_is_no_page_is_left_as_it_is(url: str, cookie: str) -> None:
    asked = {"Accept": "text/html"}
    for place in ("/healthz", "/_stcore/host-config", "/sign-in"):
        answer = requests.get(url + place, headers=asked, cookies={COOKIE: cookie}, timeout=30)
        assert "konkyoEarly" not in answer.text
        assert answer.text == ask(url, place, cookie).text


def test_a_file_that_looks_like_the_page_goes_out_as_it_came_in() -> None:
    page = "<html><head><title>Streamlit</title></head><body>\u8aac\u660e</body></html>"

    async def answer(request: Request) -> HTMLResponse:
        return HTMLResponse(page)

    head = Middleware(PageHead, title="K", script="1")
    app = Starlette(routes=[Route("/{place:path}", answer)], middleware=[head])
    with serve(app) as site:
        asked = {"Accept": "text/html"}
        assert requests.get(f"{site}/media/a.html", headers=asked, timeout=10).text == page
        assert "<script>1</script><title>K</title>" in requests.get(site, headers=asked, timeout=10).text


def test_over_https_the_browser_is_to_stay_there_and_scripts_may_be_kept() -> None:
    async def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse(
            "a page", headers={"Cache-Control": "max-age=60", "Access-Control-Allow-Origin": "*"}
        )

    app = Starlette(routes=[Route("/{place:path}", page)], middleware=[Middleware(AnswerHeaders)])
    with serve(app) as site:
        # As a proxy on the same machine tells that it was asked by HTTPS.
        asked = requests.get(f"{site}/", headers={"X-Forwarded-Proto": "https"}, timeout=10)
        assert asked.headers["strict-transport-security"] == "max-age=31536000"
        assert "strict-transport-security" not in ask(site, "/").headers
        assert ask(site, STATIC).headers["cache-control"] == "max-age=60"
        assert "access-control-allow-origin" not in ask(site, STATIC).headers


def test_every_text_says_how_it_is_written(url: str, cookie: str) -> None:
    places = [*PLACES, "/sign-out", "/new-password", "/static/none.js", "/_stcore/health", "/_stcore/metrics"]
    answers = [ask(url, place, who) for place in places for who in ("", cookie)]
    written = {answer.headers.get("content-type", "") for answer in answers if answer.content}
    assert any(kind.startswith("text/html") for kind in written)
    # JSON is UTF-8 by its own rule (RFC 8259, 8.1).
    loose = [kind for kind in written if kind.startswith("text/") and "charset=utf-8" not in kind.lower()]
    assert not loose
    assert "" not in written


def test_what_is_taken_away_is_a_file_and_never_a_page(url: str) -> None:
    author = enter(url, "editor")
    with open_tab(url, author) as tab:
        assert tab.open("version=1&lang=en")
        place = tab.download()
    assert place
    answer = ask(url, place, author)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Content-Length: +5\r\n",
    ],
)
def test_a_request_whose_end_can_be_read_in_two_ways_is_not_followed_by_another(
    url: str, head: bytes
) -> None:
    parts = urlsplit(url)
    sent = b"POST /sign-in HTTP/1.1\r\nHost: %b\r\n" % parts.netloc.encode() + head
    hidden = b"GET /healthz HTTP/1.1\r\nHost: %b\r\n\r\n" % parts.netloc.encode()
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as line:
        line.settimeout(5)
        line.sendall(sent + b"\r\n0\r\n\r\n" + hidden)
        came = b""
        with suppress(TimeoutError):
            while part := line.recv(65_536):
                came += part
    assert came.count(b"HTTP/1.1") <= 1
    assert came.startswith(b"HTTP/1.1 4")
