"""A search that takes its time: how far it is, the way to stop it, and its result without a reload."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.articles import parse_article
from reviewer.accounts.sample_people import add_sample_people, declare_sample_interests
from reviewer.bootstrap import open_application
from reviewer.settings import Settings
from reviewer.workflow.ingesting import ingest_article
from tests.databases import make_database
from tests.entrez_server import EntrezServer, sample_article
from tests.journeys.room import open_browser, serve_home, settle, sign_in

TEXT = """# 毛髪の話
ミノキシジルは毛髪の数を増やします。
フィナステリドは男性型脱毛症の進行を抑えます。
ビタミンDの不足は円形脱毛症と関連します。
"""
RECORDS = [
    sample_article(f"900000000{n}", f"SAMPLE {n}: minoxidil and hair", "A sample abstract on hair count.")
    for n in (1, 2)
]


@contextmanager
def serve_slow_source(home: Path) -> Iterator[tuple[str, EntrezServer]]:
    """A room with an article that nobody searched for, and PubMed's stand-in that takes its time."""
    application = open_application(Settings(home, make_database(home / "konkyo.db"), demo=True))
    with application.work() as work:
        people = {user.name: user for user in add_sample_people(work, application.now())}
    with application.work() as work:
        version = ingest_article(work, parse_article(TEXT), people["author"], application.now()).version
    with application.work() as work:
        declare_sample_interests(work, version.id, application.now())
    with (
        EntrezServer(RECORDS, find=lambda _: ("9000000001", "9000000002"), delay_seconds=0.5) as source,
        serve_home(
            home, home / "serve.log", KONKYO_ENTREZ_URL=source.base_url, NCBI_EMAIL="sample@clinic.example"
        ) as url,
    ):
        yield url, source


def visit(page: Page, url: str, place: str) -> None:
    page.goto(f"{url}/?{place}")
    settle(page)


def search_again(page: Page) -> None:
    """Start all searches of the claim that is open, from its dialog."""
    page.keyboard.press("l")
    settle(page)
    page.locator(".st-key-search_again button").click()


@pytest.mark.parametrize(
    ("locale", "progress", "ended", "found"),
    [
        ("ja-JP", "検索中", "検索が終わりました", "文献 1/2"),
        ("en-GB", "Searching: 0 of 1", "has ended", "Citation 1 of 2"),
    ],
)
def test_a_search_shows_its_progress_and_its_result_without_a_reload(
    tmp_path: Path, locale: str, progress: str, ended: str, found: str
) -> None:
    with serve_slow_source(tmp_path) as (url, _), open_browser(locale) as page:
        sign_in(page, url)
        visit(page, url, "claim=1")
        search_again(page)
        expect(page.locator(".st-key-progress")).to_contain_text(progress)
        expect(page.locator("body")).to_contain_text(ended, timeout=30_000)
        expect(page.locator(".st-key-judging .konkyo.where")).to_contain_text(found)
        expect(page.locator(".st-key-progress")).to_have_count(0)


def test_a_stopped_search_ends_at_once_and_can_be_taken_up_again(tmp_path: Path) -> None:
    with serve_slow_source(tmp_path) as (url, source), open_browser("en-GB") as page:
        sign_in(page, url)
        visit(page, url, "version=1")
        page.locator(".st-key-search_due button").click()
        expect(page.locator(".st-key-progress")).to_contain_text("Searching: 0 of 3")
        page.locator(".st-key-cancel_job button").click()
        expect(page.locator("body")).to_contain_text("What was found so far is kept", timeout=10_000)
        expect(page.locator(".st-key-search_due button")).to_contain_text("Search the remaining claims: 3")
        asked = len(source.seen)
        page.wait_for_timeout(1_500)
        assert len(source.seen) == asked
        page.locator(".st-key-search_due button").click()
        expect(page.locator("body")).to_contain_text("The search has ended.", timeout=30_000)
        visit(page, url, "claim=1")
        expect(page.locator(".st-key-judging .konkyo.where")).to_contain_text("Citation 1 of 2")


def test_stop_on_a_claim_ends_its_search_at_once_and_stores_no_failure(tmp_path: Path) -> None:
    with serve_slow_source(tmp_path) as (url, _), open_browser("en-GB") as page:
        sign_in(page, url)
        visit(page, url, "claim=1")
        search_again(page)
        page.locator(".st-key-cancel_job button").click()
        expect(page.locator("body")).to_contain_text("What was found so far is kept", timeout=10_000)
        expect(page.locator(".konkyo.absence")).to_contain_text("Not searched yet")
