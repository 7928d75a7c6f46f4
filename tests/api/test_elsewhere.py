"""The whole way to a provider and back, by HTTP: which tokens let in, and which do not."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from claims.records.people import Role
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.tokens import COOKIE
from reviewer.bootstrap import open_application
from reviewer.settings import Oidc, Settings, oidc_secrets
from tests.databases import make_database
from tests.journeys.room import serve_home
from tests.oidc_server import CLIENT_ID, CLIENT_SECRET, run_provider

ADDRESS, PASSWORD = "sato@clinic.example", "three owls read slowly"
Provider = Any


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Provider]]:
    """A served room whose people sign in at a provider, and the provider."""
    home: Path = tmp_path_factory.mktemp("elsewhere")
    application = open_application(Settings(home, make_database(home / "konkyo.db")))
    with application.work() as work:
        for name, email in (("sato", ADDRESS), ("glass", ""), ("mori", "")):
            roles, now = (Role.REVIEWER,), application.now()
            add_user(work, OPERATOR, name, PASSWORD, roles, now, email=email, keeps_password=True)
    with (
        run_provider(ADDRESS) as (metadata_url, provider),
        serve_home(
            home,
            home / "serve.log",
            KONKYO_OIDC_METADATA_URL=metadata_url,
            KONKYO_OIDC_CLIENT_ID=CLIENT_ID,
            KONKYO_OIDC_CLIENT_SECRET=CLIENT_SECRET,
            KONKYO_OIDC_PUBLIC_URL="{url}",
            KONKYO_OIDC_BREAK_GLASS="glass",
        ) as url,
    ):
        yield url, provider


def come_in(place: tuple[str, Provider], said: dict[str, object], signs: bool = True) -> requests.Session:
    """A browser after the way to the provider, whose token says this."""
    url, provider = place
    provider.said, provider.signs = said, signs
    client = requests.Session()
    client.get(f"{url}/sign-in/elsewhere?next=/", timeout=60)
    return client


def test_who_the_provider_proved_comes_in_and_the_request_is_bound_to_this_browser(
    place: tuple[str, Provider],
) -> None:
    client = come_in(place, {})
    assert COOKIE in client.cookies
    assert not [name for name in client.cookies.get_dict() if name.startswith("_streamlit_user")]
    assert place[1].asked["code_challenge_method"] == "S256"
    assert len(place[1].asked["nonce"]) > 15
    answer = requests.Session()
    back = f"{place[0]}/oauth2callback?code=code&state={place[1].asked['state']}"
    answer.get(back, timeout=60)
    assert COOKIE not in answer.cookies, "an answer that another browser asked for"


def test_who_is_to_sign_is_asked_anew_by_the_provider_and_stays_signed_in(
    place: tuple[str, Provider],
) -> None:
    client, (url, provider) = come_in(place, {}), place
    cookie = client.cookies[COOKIE]
    back = client.get(f"{url}/sign-in/elsewhere?again=1&next=/%3Froom%3Deditor", timeout=60)
    assert (provider.asked["prompt"], provider.asked["max_age"]) == ("login", "0")
    assert (back.status_code, back.url) == (200, f"{url}/?room=editor")
    assert client.cookies[COOKIE] == cookie
    provider.said = {"sub": "another"}
    refused = client.get(f"{url}/sign-in/elsewhere?again=1&next=/%3Froom%3Deditor&lang=en", timeout=60)
    assert refused.status_code == 403
    assert client.cookies[COOKIE] == cookie


@pytest.mark.parametrize(
    "said",
    [
        {"aud": "another client"},
        {"iss": "https://other.example"},
        {"nonce": "of another request"},
        {"exp": int(time.time()) - 3_600, "iat": int(time.time()) - 7_200},
        {"email_verified": "true", "sub": "another"},
    ],
    ids=["audience", "issuer", "nonce", "expired", "unverified"],
)
def test_a_token_that_is_not_for_us_and_for_now_lets_nobody_in(
    place: tuple[str, Provider], said: dict[str, object]
) -> None:
    assert COOKIE not in come_in(place, said).cookies


def test_a_token_that_nobody_signed_lets_nobody_in(place: tuple[str, Provider]) -> None:
    assert COOKIE not in come_in(place, {}, signs=False).cookies


def test_passwords_are_for_the_one_account_that_breaks_the_glass(place: tuple[str, Provider]) -> None:
    url = place[0]
    assert 'type="password"' not in requests.get(f"{url}/sign-in", timeout=60).text
    assert 'type="password"' in requests.get(f"{url}/sign-in?password", timeout=60).text

    def enter(name: str) -> requests.Response:
        form = {"name": name, "password": PASSWORD}
        return requests.post(f"{url}/sign-in", form, allow_redirects=False, timeout=60)

    refused = [enter(name) for name in ("mori", "nobody")]
    assert [(answer.status_code, COOKIE in answer.cookies) for answer in refused] == [(403, False)] * 2
    assert COOKIE in enter("glass").cookies


def test_the_cookie_on_the_way_is_signed_by_the_house_and_not_by_the_clients_secret() -> None:
    oidc = Oidc("https://provider.example", "client", "https://konkyo.example", CLIENT_SECRET)
    settings = Settings(Path("home"), "sqlite:///x.db", oidc=oidc)
    secrets = [oidc_secrets(settings, letter * 32) or {} for letter in "ab"]
    keys = {told["auth"]["cookie_secret"] for told in secrets}
    assert len(keys) == 2, "another house, another key"
    assert not keys & {CLIENT_SECRET, hashlib.sha256(CLIENT_SECRET.encode()).hexdigest()}
