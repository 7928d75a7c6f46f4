"""Signing in at an OpenID Connect provider: the verified address names the account, or nobody comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from playwright.sync_api import expect

from claims.records.people import Role
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import open_application
from reviewer.settings import Settings
from tests.databases import make_database
from tests.journeys.room import open_browser, serve_home
from tests.oidc_server import CLIENT_ID, CLIENT_SECRET, provide_identity
from tests.room_client import is_kept_out

ADDRESS = "sato@clinic.example"
GUARDED = (
    "/_stcore/metrics",
    "/media/report.csv",
    "/_stcore/upload_file/a/b",
    "/auth/logout",
)


def read_status(url: str, path: str, form: dict[str, str] | None = None) -> int:
    """The answer to somebody who has no cookie."""
    return requests.request(
        "GET" if form is None else "POST", url + path, data=form, allow_redirects=False, timeout=60
    ).status_code


@pytest.mark.parametrize(
    ("email", "verified", "told"),
    [
        (ADDRESS, True, "Dr. Sato"),
        ("stranger@elsewhere.example", True, "There is no account for stranger@elsewhere.example"),
        (ADDRESS, False, "There is no account for sato@clinic.example"),
        (ADDRESS, "false", "There is no account for sato@clinic.example"),
        (ADDRESS, "true", "There is no account for sato@clinic.example"),
    ],
)
def test_the_verified_address_names_the_account(
    tmp_path: Path, email: str, verified: object, told: str
) -> None:
    application = open_application(Settings(tmp_path, make_database(tmp_path / "konkyo.db")))
    with application.work() as work:
        add_user(
            work,
            OPERATOR,
            "sato",
            "a long password",
            (Role.REVIEWER,),
            application.now(),
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
        assert [is_kept_out(url), *(read_status(url, path) for path in GUARDED)] == [
            True,
            *[403] * len(GUARDED),
        ]
        page.locator("a.elsewhere").click()
        expect(page.locator("body")).to_contain_text(told, timeout=30_000)
        assert not any(cookie["name"].startswith("_streamlit_user") for cookie in page.context.cookies())
        if told == "Dr. Sato":
            page.reload()
            expect(page.locator("body")).to_contain_text(told, timeout=30_000)
            assert read_status(url, "/sign-in", {"name": "sato", "password": "a long password"}) == 403
