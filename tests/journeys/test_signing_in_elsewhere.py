"""Signing in at an OpenID Connect provider: the verified address names the account, or nobody comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from claims.records.people import Role
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import open_house
from reviewer.settings import Settings
from tests.databases import make_database
from tests.journeys.room import open_browser, serve_home, settle
from tests.oidc_server import CLIENT_ID, CLIENT_SECRET, provide_identity

ADDRESS = "sato@clinic.example"


@pytest.mark.parametrize(
    ("email", "verified", "told"),
    [
        (ADDRESS, True, "Dr. Sato"),
        ("stranger@elsewhere.example", True, "There is no account for stranger@elsewhere.example"),
        (ADDRESS, False, "There is no account for sato@clinic.example"),
    ],
)
def test_the_verified_address_names_the_account(
    tmp_path: Path, email: str, verified: bool, told: str
) -> None:
    house = open_house(Settings(tmp_path, make_database(tmp_path / "konkyo.db")))
    with house.work() as work:
        add_user(
            work,
            OPERATOR,
            "sato",
            "a long password",
            (Role.REVIEWER,),
            house.now(),
            "Dr. Sato",
            email=ADDRESS,
        )
    with (
        provide_identity(email, verified) as metadata_url,
        serve_home(
            tmp_path,
            tmp_path / "serve.log",
            KONKYO_OIDC_METADATA_URL=metadata_url,
            KONKYO_OIDC_CLIENT_ID=CLIENT_ID,
            KONKYO_OIDC_CLIENT_SECRET=CLIENT_SECRET,
            KONKYO_OIDC_PUBLIC_URL="{url}",
        ) as url,
        open_browser("en-GB") as page,
    ):
        page.goto(url)
        settle(page)
        page.locator(".st-key-sign_in button").click()
        expect(page.locator("body")).to_contain_text(told)
        page.reload()
        expect(page.locator("body")).to_contain_text(told)
