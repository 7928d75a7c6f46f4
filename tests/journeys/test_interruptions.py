"""What outlives a closed browser and a server that went down, and who is kept out."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction
from reviewer.accounts.signing_in import open_sign_in
from reviewer.accounts.tokens import COOKIE
from reviewer.audit_labels import ACTION_LABELS
from reviewer.settings import SIGN_IN_LASTS
from tests.factories import make_audit_entry
from tests.journeys.clinic import expect_message, press
from tests.journeys.room import open_browser, serve_home, settle, sign_in
from tests.journeys.short_room import grade_both, open_short_room


def test_a_grade_and_a_comment_outlive_the_browser_and_the_server(tmp_path: Path) -> None:
    open_short_room(tmp_path)
    with serve_home(tmp_path, tmp_path / "first.log") as url, open_browser("en-GB") as page:
        sign_in(page, url)
        page.goto(f"{url}/?claim=1")
        settle(page)
        press(page, "s", "4", "j", "m")
        page.keyboard.type("half a thought")
        press(page, "Tab")
        page.close()
    with serve_home(tmp_path, tmp_path / "second.log") as url, open_browser("en-GB") as page:
        sign_in(page, url)
        page.goto(f"{url}/?claim=1")
        settle(page)
        expect_message(page, "Your grade: Supported")
        press(page, "j")
        expect(page.locator(".st-key-comment textarea")).to_have_value("half a thought")


def test_a_sign_in_outlives_the_server_and_the_open_page_comes_back_to_its_claim(tmp_path: Path) -> None:
    open_short_room(tmp_path)
    with open_browser("en-GB") as page:
        with serve_home(tmp_path, tmp_path / "first.log") as url:
            sign_in(page, url)
            page.goto(f"{url}/?claim=2")
            settle(page)
        with serve_home(tmp_path, tmp_path / "second.log") as url:
            page.goto(f"{url}/?claim=2")
            settle(page)
            expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 2")


def test_an_expired_cookie_leads_to_the_sign_in_page_and_from_there_to_the_claim(tmp_path: Path) -> None:
    application = open_short_room(tmp_path)
    with application.work() as work:
        reviewer = work.people.get_user("reviewer-a")
        token = open_sign_in(work, reviewer, application.secret, application.now() - SIGN_IN_LASTS)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("en-GB") as page:
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": url}])
        page.goto(f"{url}/?claim=2")
        expect(page.locator("#password")).to_be_visible()
        page.locator('.people form:has(input[value="reviewer-a"]) button').click()
        settle(page)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 2")


def test_a_link_to_a_blind_grade_is_refused_and_the_editor_reads_of_it(tmp_path: Path) -> None:
    application = open_short_room(tmp_path)
    grade_both(application, 1, SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("en-GB") as page:
        sign_in(page, url, "reviewer-b")
        page.goto(f"{url}/?claim=1&grade_of=reviewer-a")
        settle(page)
        expect(page.locator(".konkyo.message.refused")).to_contain_text("still blind")
        expect(page.locator("body")).not_to_contain_text("reviewer-a の理由")
        sign_in(page, url, "editor")
        page.goto(f"{url}/?room=audit")
        settle(page)
        row = page.locator("table.konkyo tr").filter(has_text=ACTION_LABELS[AuditAction.ACCESS_REFUSED])
        expect(row).to_contain_text("reviewer-b")
        expect(row).to_contain_text("claim:1")


def test_a_page_whose_sign_in_ended_says_so_keeps_what_was_typed_and_goes_on(tmp_path: Path) -> None:
    application = open_short_room(tmp_path)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("en-GB") as page:
        sign_in(page, url)
        page.goto(f"{url}/?claim=2")
        settle(page)
        press(page, "m")
        page.keyboard.type("half a thought")
        page.wait_for_timeout(2_000)
        with application.work() as work:
            work.people.end_all_sign_ins(work.people.get_user("reviewer-a"))
            work.commit(make_audit_entry())
        told = page.locator("#konkyo-signed-out")
        expect(told).to_contain_text("Your sign-in has ended", timeout=30_000)
        field = page.locator(".st-key-comment textarea")
        expect(field).to_have_value("half a thought")
        with page.context.expect_page() as opened:
            told.locator("a").click()
        opened.value.locator('.people form:has(input[value="reviewer-a"]) button').click()
        expect(opened.value.locator(".konkyo.claim h3")).to_contain_text("Claim 2", timeout=30_000)
        opened.value.close()
        expect(told).to_have_count(0, timeout=90_000)
        settle(page)
        expect(field).to_have_value("half a thought")
        press(page, "s", "4", "j", "k")
        expect_message(page, "Your grade: Supported")
        expect(field).to_have_value("half a thought")
