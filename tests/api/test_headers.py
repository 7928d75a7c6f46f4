"""What each answer of the served room tells the browser it may do with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from reviewer.accounts.tokens import COOKIE
from reviewer.api.headers import AnswerHeaders
from tests.api.test_sign_in import serve
from tests.journeys.room import serve_home
from tests.journeys.short_room import open_short_room
from tests.room_client import enter

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
