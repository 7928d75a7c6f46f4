"""Signing in over HTTP: a served application of the routes and the gate, and a plain client."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from claims.errors import SignInRefused
from claims.records.people import Role
from reviewer.accounts import signing_in
from reviewer.accounts.guessing import TRIES_OF_BOTH
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.passwords import verify_password
from reviewer.accounts.sample_people import add_sample_people
from reviewer.accounts.tokens import COOKIE
from reviewer.api import routes
from reviewer.api.gate import SignInGate
from reviewer.api.routes import Elsewhere, list_routes
from reviewer.bootstrap import Application, open_application
from reviewer.settings import Oidc, Settings
from tests.databases import make_database

PASSWORD = "a long password"


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    home = tmp_path_factory.mktemp("home")
    application = open_application(Settings(home, make_database(home / "konkyo.db")))
    with application.work() as work:
        add_user(work, OPERATOR, "sato", PASSWORD, (Role.REVIEWER,), application.now(), keeps_password=True)
    return application


@pytest.fixture(scope="module")
def site(application: Application) -> Iterator[str]:
    async def room(request: Request) -> PlainTextResponse:
        return PlainTextResponse("the review room")

    app = Starlette(
        routes=[*list_routes(lambda: application), Route("/", room), Route("/media/report.csv", room)],
        middleware=[Middleware(SignInGate, open_application=lambda: application)],
    )
    with serve(app) as place:
        yield place


@contextmanager
def serve(app: Starlette) -> Iterator[str]:
    """The address at which the application is served until the block ends."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        place.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{place.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def enter(client: requests.Session, site: str, password: str = PASSWORD, **fields: str) -> requests.Response:
    form = {"name": "sato", "password": password, **fields}
    return client.post(f"{site}/sign-in", data=form, allow_redirects=False, timeout=30)


def test_a_stranger_is_led_to_the_sign_in_page_and_back_to_the_place_asked_for(site: str) -> None:
    client = requests.Session()
    led = client.get(f"{site}/?claim=7&lang=en", timeout=10)
    assert led.url == f"{site}/sign-in?next=%2F%3Fclaim%3D7%26lang%3Den"
    assert 'name="next" value="/?claim=7&amp;lang=en"' in led.text
    back = enter(client, site, next="/?claim=7&lang=en")
    assert (back.status_code, back.headers["location"]) == (303, "/?claim=7&lang=en")
    assert client.get(f"{site}/?claim=7", timeout=10).text == "the review room"


def test_a_stranger_gets_no_file_of_the_room(site: str) -> None:
    assert requests.get(f"{site}/media/report.csv", timeout=10).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(site: str) -> None:
    cookie = enter(requests.Session(), site).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_cookies_of_a_site_by_https_go_by_https_alone(site: str, site_of_provider: str) -> None:
    client = requests.Session()
    client.headers["X-Forwarded-Proto"] = "https"
    sign_in = enter(client, site)
    away = client.get(f"{site_of_provider}/sign-in/elsewhere", allow_redirects=False, timeout=10)
    cookies = [answer.headers["set-cookie"].lower() for answer in (sign_in, away)]
    assert all("; secure" in cookie for cookie in cookies)


def test_over_https_the_cookie_has_a_name_that_no_other_host_can_set(site: str) -> None:
    client = requests.Session()
    client.headers["X-Forwarded-Proto"] = "https"
    (cookie,) = (one for one in enter(client, site).headers["set-cookie"].split(", ") if COOKIE in one)
    name, _, rest = cookie.partition("=")
    assert name == f"__Host-{COOKIE}"
    assert "; path=/" in rest.lower()
    assert "domain" not in rest.lower()
    token = rest.partition(";")[0]

    def ask(cookie: str) -> int:
        headers = {"X-Forwarded-Proto": "https", "Cookie": f"{cookie}={token}"}
        return requests.get(f"{site}/", headers=headers, timeout=10, allow_redirects=False).status_code

    assert [ask(name), ask(COOKIE)] == [200, 303], "another host may have set the name without prefix"


def test_a_forged_cookie_is_a_stranger(site: str) -> None:
    client = requests.Session()
    client.cookies.set(COOKIE, "IjEyMyI.forged")
    assert "/sign-in" in client.get(f"{site}/", timeout=10).url


@pytest.mark.parametrize(("language", "told"), [("ja", "パスワードが違います"), ("en", "password is wrong")])
def test_a_wrong_password_is_told_in_either_language(site: str, language: str, told: str) -> None:
    refused = enter(requests.Session(), site, "wrong", lang=language)
    assert refused.status_code == 403
    assert told in refused.text
    assert "set-cookie" not in refused.headers


def test_a_stranger_does_not_learn_which_accounts_there_are(
    application: Application, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with application.work() as work:
        add_user(work, OPERATOR, "tanaka", PASSWORD, (Role.REVIEWER,), application.now(), keeps_password=True)
    looked_at: list[str] = []

    def look(password: str, password_hash: str | None) -> bool:
        looked_at.append(password)
        return verify_password(password, password_hash)

    monkeypatch.setattr(signing_in, "verify_password", look)
    told = {
        name: [enter(requests.Session(), site, "wrong", name=name) for _ in range(TRIES_OF_BOTH + 1)]
        for name in ("tanaka", "nobody")
    }
    pages = {answer.text.replace(name, "NAME") for name, answers in told.items() for answer in answers}
    assert len(pages) == 1
    assert {answer.status_code for answers in told.values() for answer in answers} == {403}
    assert len(looked_at) == 2 * TRIES_OF_BOTH, "a try takes as long whoever is named"
    locked = enter(requests.Session(), site, name="tanaka")
    assert (locked.status_code, locked.text.replace("tanaka", "NAME")) == (403, *pages)


def test_the_address_behind_a_proxy_is_the_clients(application: Application, site: str) -> None:
    with application.work() as work:
        add_user(work, OPERATOR, "suzuki", PASSWORD, (Role.REVIEWER,), application.now(), keeps_password=True)

    def come_by(forwarded: str, password: str) -> int:
        client = requests.Session()
        client.headers["X-Forwarded-For"] = forwarded
        return enter(client, site, password, name="suzuki").status_code

    # What the client itself wrote stands before what the proxy added, and is nobody's word.
    guesses = [come_by(f"203.0.113.{number}, 192.0.2.9", "wrong") for number in range(TRIES_OF_BOTH)]
    assert guesses == [403] * TRIES_OF_BOTH
    assert [come_by("192.0.2.9", PASSWORD), come_by("192.0.2.10", PASSWORD)] == [403, 303]


def test_who_was_given_a_password_gets_nothing_before_they_chose_their_own(
    application: Application, site: str
) -> None:
    with application.work() as work:
        add_user(work, OPERATOR, "kato", PASSWORD, (Role.REVIEWER,), application.now())
    client = requests.Session()
    enter(client, site, name="kato")
    led = client.get(f"{site}/?claim=7&lang=en", timeout=10)
    assert led.url == f"{site}/new-password?next=%2F%3Fclaim%3D7%26lang%3Den"
    assert client.get(f"{site}/media/report.csv", timeout=10).status_code == 403
    assert client.put(f"{site}/drafts/1", "a draft", timeout=10).status_code == 403

    def choose(**fields: str) -> requests.Response:
        typed = {"password": PASSWORD, "next": "/?claim=7", "lang": "en", **fields}
        return client.post(f"{site}/new-password", typed, allow_redirects=False, timeout=30)

    own = "seven carps swim upstream"
    for fields, told in (
        ({"new": own, "again": own + "x"}, "typed in two ways"),
        ({"new": PASSWORD, "again": PASSWORD}, "present password"),
        ({"new": "password1234", "again": "password1234"}, "easily guessed"),
        ({"password": "wrong", "new": own, "again": own}, "not your present password"),
    ):
        refused = choose(**fields)
        assert (refused.status_code, told in refused.text) == (403, True)
    client.headers["Origin"] = "https://elsewhere.example"
    assert choose(new=own, again=own).status_code == 403
    client.headers.pop("Origin")
    chosen = choose(new=own, again=own)
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/?claim=7")
    assert client.get(f"{site}/?claim=7", timeout=10).text == "the review room"
    assert choose(new=own, again=own).headers["location"] == "/sign-in", "there is nothing to choose any more"


def test_signing_out_ends_the_sign_in_on_the_server_too(site: str) -> None:
    client = requests.Session()
    enter(client, site)
    token = client.cookies[COOKIE]
    client.post(f"{site}/sign-out", timeout=10)
    client.cookies.set(COOKIE, token)
    assert "/sign-in" in client.get(f"{site}/", timeout=10).url


def test_a_form_of_another_site_is_refused(site: str) -> None:
    other_port = {"Origin": "http://127.0.0.1:9"}
    unreadable = {"Origin": "http://["}
    elsewhere = {"Origin": "https://elsewhere.example"}
    for headers in (elsewhere, other_port, unreadable, {"Sec-Fetch-Site": "cross-site"}):
        client = requests.Session()
        client.headers.update(headers)
        assert enter(client, site).status_code == 403
        assert client.post(f"{site}/sign-out", timeout=10).status_code == 403


def test_what_is_no_form_of_ours_is_not_read(site: str) -> None:
    name = {"name": "sato", "password": PASSWORD}
    huge = enter(requests.Session(), site, "p" * 100_000)
    with_file = requests.post(f"{site}/sign-in", name, files={"file": b"x" * 1_000}, timeout=10)
    as_json = requests.post(f"{site}/sign-in", json=name, timeout=10)
    assert [answer.status_code for answer in (huge, with_file, as_json)] == [413] * 3


def test_many_who_sign_in_at_once_keep_nobody_out_of_the_room(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = requests.Session()
    enter(inside, site)
    goes_on = threading.Event()

    def prove_slowly(*_: object) -> str:
        goes_on.wait(60)
        raise SignInRefused("sign_in_wrong", minutes=15)

    monkeypatch.setattr(routes, "sign_in", prove_slowly)
    with ThreadPoolExecutor(60) as strangers:
        tries = [strangers.submit(enter, requests.Session(), site, "wrong") for _ in range(60)]
        try:
            time.sleep(1)
            assert inside.get(f"{site}/", timeout=10).text == "the review room"
            assert not any(one.done() for one in tries)
        finally:
            goes_on.set()
        assert {one.result().status_code for one in tries} == {403}


@pytest.fixture(scope="module")
def site_of_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose people sign in at a provider; what its cookie says is what the provider said."""
    home = tmp_path_factory.mktemp("elsewhere")
    oidc = Oidc("https://provider.example", "client", "https://konkyo.example", "secret")
    application = open_application(Settings(home, make_database(home / "konkyo.db"), oidc=oidc))
    with application.work() as work:
        roles = (Role.REVIEWER,)
        add_user(
            work,
            OPERATOR,
            "sato",
            PASSWORD,
            roles,
            application.now(),
            email="sato@clinic.example",
            keeps_password=True,
        )

    def read_identity(cookies: Mapping[str, str]) -> Mapping[str, object]:
        said = cookies.get("_streamlit_user", "")
        email = said.split(":")[0]
        told = {"iss": "https://provider.example", "sub": email, "email": email}
        return {**told, "email_verified": True, "nonce": said} if said else {}

    app = Starlette(
        routes=list_routes(lambda: application, Elsewhere(lambda _: "/auth/login", read_identity)),
        middleware=[Middleware(SignInGate, open_application=lambda: application)],
    )
    with serve(app) as place:
        yield place


def come_back(site: str, said: str, **headers: str) -> requests.Response:
    cookies = {"_streamlit_user": said}
    return requests.get(
        f"{site}/sign-in", {"lang": "en"}, cookies=cookies, headers=headers, allow_redirects=False, timeout=10
    )


@pytest.mark.parametrize("fetch_site", ["same-origin", "cross-site"])
def test_what_the_provider_said_is_taken_once(site_of_provider: str, fetch_site: str) -> None:
    said = f"sato@clinic.example:{fetch_site}"
    first = come_back(site_of_provider, said)
    assert first.status_code == 303
    signed_in = {COOKIE: first.cookies[COOKIE]}
    requests.post(f"{site_of_provider}/sign-out?everywhere=1", cookies=signed_in, timeout=10)
    again = come_back(site_of_provider, said, **{"Sec-Fetch-Site": fetch_site})
    assert again.status_code == 403
    assert COOKIE not in again.cookies
    assert "was used already: sign in once more" in again.text
    assert come_back(site_of_provider, f"{said}:later").status_code == 303


def test_who_was_refused_comes_in_by_a_sign_in_of_their_own_alone(site_of_provider: str) -> None:
    stranger = "stranger@clinic.example:1"
    assert "There is no account" in come_back(site_of_provider, stranger).text
    assert "was used already" in come_back(site_of_provider, stranger).text


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:x", ""],
)
def test_the_way_back_never_leads_elsewhere(site: str, elsewhere: str) -> None:
    assert enter(requests.Session(), site, next=elsewhere).headers["location"] == "/"


def test_what_was_typed_comes_back_as_text(site: str) -> None:
    page = enter(requests.Session(), site, "wrong", name='"><script>x</script>').text
    assert "<script>" not in page


@pytest.mark.parametrize(("locale", "told"), [("en", "No account yet"), ("ja", "アカウントがまだありません")])
def test_where_nobody_can_sign_in_yet_the_page_says_how_the_first_account_is_made(
    application: Application, site: str, tmp_path: Path, locale: str, told: str
) -> None:
    command = "<code>konkyo user add NAME --role admin</code>"
    asked = {"lang": locale}
    assert told not in requests.get(f"{site}/sign-in", asked, timeout=10).text
    empty = open_application(Settings(tmp_path, make_database(tmp_path / "konkyo.db")))
    app = Starlette(routes=list_routes(lambda: empty))
    with serve(app) as place:
        page = requests.get(f"{place}/sign-in", asked, timeout=10).text
    assert told in page
    assert command in page
    assert str(tmp_path) not in page, "a stranger learns nothing of the machine"


def test_a_setting_makes_no_house_name_its_people(tmp_path: Path) -> None:
    """``KONKYO_DEMO=1`` offers the sample people alone, who are in the demo's home."""
    home = tmp_path / "home"
    settings = Settings(home, make_database(home / "konkyo.db"), demo=True)
    application = open_application(settings)
    with application.work() as work:
        add_user(work, OPERATOR, "sato", PASSWORD, (Role.REVIEWER,), application.now(), "Dr. Sato")
    with serve(Starlette(routes=list_routes(lambda: application))) as place:
        page = requests.get(f"{place}/sign-in", timeout=30).text
        assert "sato" not in page.lower()
        with application.work() as work:
            add_sample_people(work, application.now())
        page = requests.get(f"{place}/sign-in", timeout=30).text
    assert "Reviewer A (sample)" in page
    assert "sato" not in page.lower()
