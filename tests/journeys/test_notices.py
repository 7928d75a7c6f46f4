"""Somebody is told in the room and by mail, comes by the link, and wants no more mails."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.records.assessment import SupportGrade
from claims.records.mailing import MailChoice
from reviewer.bootstrap import Application
from reviewer.workflow.assigning import assign_review, load_plan
from reviewer.workflow.mailing import find_mailing
from tests.journeys.room import open_browser, serve_home, settle, sign_in
from tests.journeys.short_room import grade_both, open_short_room
from tests.mail_server import Post, serve

WORDS = {
    "ja-JP": {
        "notices": "お知らせ（2）",
        "assigned": "このレビューの担当に割り当てられました。",
        "conflict": "裁定を待つ評価の不一致：1件",
        "at_once": "すぐに",
        "subject": "Konkyo：新しいお知らせ",
        "stopped": "メールの配信を停止しました",
    },
    "en-GB": {
        "notices": "Notices (2)",
        "assigned": "You were assigned to this review.",
        "conflict": "Conflicts that wait for a decision: 1",
        "at_once": "at once",
        "subject": "Konkyo: new notices",
        "stopped": "You get no more mails",
    },
}


def press(page: Page, key: str) -> None:
    page.locator(f"[class*='st-key-{key}'] button").first.click()
    settle(page)


def find_choice(application: Application) -> MailChoice:
    with application.work() as work:
        mailing = find_mailing(work, work.people.get_user("reviewer-a").id)
    assert mailing is not None
    return mailing.choice


def await_mail(post: Post, seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while not post.came and time.monotonic() < end:
        time.sleep(1)
    assert post.came


@pytest.mark.parametrize("locale", list(WORDS))
def test_an_adjudicator_is_told_of_a_conflict_and_comes_to_it(tmp_path: Path, locale: str) -> None:
    words = WORDS[locale]
    application = open_short_room(tmp_path)
    grade_both(application, 1, SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser(locale) as page:
        sign_in(page, url, "adjudicator")
        news = page.locator(".st-key-news")
        expect(page.locator(".st-key-room_news")).to_contain_text(words["notices"])
        expect(news).to_contain_text(words["assigned"])
        expect(news).to_contain_text(words["conflict"])
        page.locator("[class*='st-key-news_0'] button").click()
        settle(page)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("1")
        page.goto(url)
        settle(page)
        expect(news).not_to_contain_text(words["conflict"])
        press(page, "know_news")
        expect(news).to_have_count(0)
        expect(page.locator(".st-key-room_news")).to_have_count(0)
        # Who graded the claim is not told that somebody differs.
        sign_in(page, url, "reviewer-a")
        expect(news).to_contain_text(words["assigned"])
        expect(news).not_to_contain_text(words["conflict"])


@pytest.mark.parametrize("locale", list(WORDS))
def test_a_mail_leads_to_the_room_and_out_of_the_list(tmp_path: Path, locale: str) -> None:
    words, post = WORDS[locale], Post()
    application = open_short_room(tmp_path)
    with (
        serve(post) as smtp,
        serve_home(
            tmp_path,
            tmp_path / "serve.log",
            KONKYO_SMTP_HOST=smtp.host,
            KONKYO_SMTP_PORT=str(smtp.port),
            KONKYO_SMTP_SECURITY="none",
            KONKYO_MAIL_FROM=smtp.sender,
            KONKYO_ROOM_URL="{url}",
        ) as url,
        open_browser(locale) as page,
    ):
        sign_in(page, url, "reviewer-a")
        page.goto(f"{url}/?room=account")
        settle(page)
        form = page.locator(".st-key-own_mailing")
        form.locator("label").filter(has_text=words["at_once"]).click()
        form.locator("input[type=text]").fill("a@clinic.example")
        form.locator("button").last.click()
        settle(page)
        assert find_choice(application) is MailChoice.AT_ONCE
        reassign(application)
        await_mail(post)
        (message,) = post.messages
        assert words["subject"] in message["Subject"]
        text = message.get_content()
        assert "見本成分" not in text
        room, *_, stop = re.findall(r"https?://\S+", text)
        page.goto(room)
        settle(page)
        expect(page.locator(".st-key-bar")).to_contain_text("見本成分の話")
        with page.context.browser.new_context(locale=locale) as stranger:  # type: ignore[union-attr]
            leaving = stranger.new_page()
            leaving.goto(stop)
            leaving.locator("button").click()
            expect(leaving.locator("[role=status]")).to_contain_text(words["stopped"])
        assert find_choice(application) is MailChoice.NONE


def reassign(application: Application) -> None:
    """Take the first reviewer from the plan and put them there again, a while ago."""
    ago = application.now() - timedelta(minutes=10)
    with application.work() as work:
        editor, plan = work.people.get_user("editor"), load_plan(work, 1)
        mailing = find_mailing(work, work.people.get_user("reviewer-a").id)
        assert mailing is not None
        work.mails.choose(replace(mailing, chosen_at=ago))
        work.commit_passing()
    for reviewers in (("reviewer-b",), plan.reviewers):
        with application.work() as work:
            changed = replace(plan, reviewers=reviewers, needed=len(reviewers))
            assign_review(work, 1, changed, editor, ago)
