"""What an author types in the inbox is on the server within two seconds, whichever field it is."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from claims.records.assessment import SupportGrade
from claims.records.flag import AnswerKind
from reviewer.bootstrap import Application
from reviewer.workflow.drafting import load_field_drafts
from reviewer.workflow.flagging import raise_flag
from tests.journeys.room import open_browser, serve_home, settle, sign_in
from tests.journeys.short_room import grade_both, open_short_room

ANSWER, REPLY = "見本成分は毛を太くする可能性があります。", "出典はこれでよいですか @reviewer-a"


def flag(application: Application) -> None:
    grade_both(application, 2, SupportGrade.OVERSTATED, SupportGrade.OVERSTATED)
    with application.work() as work:
        who = work.people.get_user("reviewer-a")
        raise_flag(work, 2, "言い過ぎです", who, application.now())


def open_card(page: Page, url: str) -> None:
    page.goto(f"{url}/?room=author&version=1&card=2")
    settle(page)


def expect_drafts(page: Page) -> None:
    expect(page.locator(".st-key-rewrite_2 textarea")).to_have_value(ANSWER)
    expect(page.locator(".st-key-reply_2 textarea")).to_have_value(REPLY)


def test_typed_answers_survive_a_reload_another_browser_and_a_sign_out(tmp_path: Path) -> None:
    application = open_short_room(tmp_path)
    flag(application)
    with serve_home(tmp_path, tmp_path / "serve.log") as url:
        with open_browser("ja-JP") as page:
            sign_in(page, url, "author")
            open_card(page, url)
            page.locator(".st-key-reply_2 textarea").fill(REPLY)
            page.locator(".st-key-rewrite_2 textarea").fill("")
            with page.expect_response(lambda answer: "field=rewrite" in answer.url, timeout=4_000) as kept:
                page.locator(".st-key-rewrite_2 textarea").type(ANSWER)
            assert kept.value.status == 204
            with application.reading() as work:
                drafts = load_field_drafts(work, 2, work.people.get_user("author"))
            assert drafts[AnswerKind.REWRITE].text == ANSWER
            page.reload()
            settle(page)
            expect_drafts(page)
            sign_in(page, url, "editor")
            open_card(page, url)
            expect(page.locator(".st-key-reply_2 textarea")).to_have_value("")
        with open_browser("en-GB") as page:
            sign_in(page, url, "author")
            open_card(page, url)
            expect_drafts(page)
            page.locator(".st-key-answer_2 button").click()
            settle(page)
            page.reload()
            settle(page)
            expect(page.locator(".st-key-rewrite_2 textarea")).to_have_value(ANSWER)
            with application.reading() as work:
                drafts = load_field_drafts(work, 2, work.people.get_user("author"))
            assert drafts[AnswerKind.REWRITE].text is None
            assert drafts[AnswerKind.REPLY].text == REPLY
