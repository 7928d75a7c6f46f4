"""Mark-up, scripts and control characters in articles, abstracts, names and comments are shown as text."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import expect

from claims.articles import parse_article
from claims.records.claim import Extraction
from claims.records.people import Role
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import open_application
from reviewer.settings import Settings
from reviewer.workflow.assigning import declare_interests
from tests.databases import make_database
from tests.factories import make_audit_entry, make_citation, make_claim, make_evidence
from tests.journeys.clinic import press
from tests.journeys.room import open_browser, serve_home, settle

LINKS = "https://trap.example www.trap.example sato@trap.example [x](https://trap.example)"
HOSTILE = f"<script>window.hacked=1</script><img src=x onerror=window.hacked=1>\u202e**$x$** {LINKS}"
PASSWORD = "a long password"


def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    application = open_application(Settings(tmp_path, make_database(tmp_path / "konkyo.db")))
    sentence = f"見本成分{HOSTILE}は、毛包の血流を改善します。"
    article = parse_article(f"# {HOSTILE}\n{sentence}")
    assertion = make_claim(sentence, start=article.text.index(sentence))
    with application.work() as work:
        user = add_user(
            work,
            OPERATOR,
            "sato",
            PASSWORD,
            (Role.REVIEWER,),
            application.now(),
            HOSTILE,
            HOSTILE,
            keeps_password=True,
        )
    with application.work() as work:
        version = work.articles.add_version(article, application.now())
        (claim,) = work.claims.add_extraction(version.id, Extraction((assertion,)))
        work.searches.record_evidence(claim.id, make_evidence(1))
        work.citations.save([make_citation(1, title=HOSTILE, abstract=HOSTILE)])
        work.commit(make_audit_entry())
    with application.work() as work:
        declare_interests(work, version.id, HOSTILE, HOSTILE, user, application.now())
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("en-GB") as page:
        page.goto(f"{url}/sign-in")
        page.locator("#name").fill("sato")
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        settle(page)
        page.goto(f"{url}/?room={quote(LINKS + '![x](https://trap.example/x.png)')}")
        expect(page.locator("body")).to_contain_text("![x](https")
        expect(page.locator("a[href*='trap.example'], img[src*='trap.example']")).to_have_count(0)
        for place in ("", f"version={version.id}", f"claim={claim.id}"):
            page.goto(f"{url}/?{place}")
            settle(page)
            expect(page.locator("body")).to_contain_text("<script>window.hacked=1</script>")
            expect(page.locator("a[href*='trap.example']")).to_have_count(0)
        expect(page.locator(".konkyo .abstract").first).to_contain_text("<img src=x onerror")
        press(page, "m")
        page.keyboard.type("<img src=x onerror=window.hacked=1>")
        press(page, "Tab", "9")
        page.reload()
        settle(page)
        assert page.evaluate("window.hacked") is None
        assert "\u202e" not in page.locator(".konkyo.article").inner_text()
