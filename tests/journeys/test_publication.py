"""From a conflict to the reader and back: settled, returned, rewritten, graded anew, published, withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.records.assessment import SupportGrade
from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from tests.journeys.clinic import decide_conflict, expect_message, press
from tests.journeys.room import open_browser, serve_home, settle, sign_in
from tests.journeys.short_room import REVISED, grade_both, open_short_room

WORDS = {
    "ja-JP": {
        "conflict": "評価が分かれ裁定待ち：1件",
        "flag": "未解決の指摘がある：1件",
        "stale": "文面変更後、未再評価：1件",
        "kept": "変更なし 2, 言い換え 1",
        "refused": "コメント",
        "free": "妨げるものはありません",
        "taken": "取り出せます",
        "returned": "修正依頼中",
        "approved": "承認済み",
        "published": "公開済み",
        "withdrawn": "取り下げ",
    },
    "en-GB": {
        "conflict": "Conflict, awaiting adjudication: 1",
        "flag": "A flag is open: 1",
        "stale": "Graded before rewording: 1",
        "kept": "unchanged 2, reworded 1",
        "refused": "comment",
        "free": "Nothing stands in the way",
        "taken": "can be taken here",
        "returned": "Changes requested",
        "approved": "Approved",
        "published": "Published",
        "withdrawn": "Withdrawn",
    },
}


def visit(page: Page, url: str, place: str) -> None:
    page.goto(f"{url}/?{place}")
    settle(page)


def decide(page: Page, state: str, comment: str = "", password: str = "") -> None:
    """Press the editor's button that takes the version to ``state`` and say yes, signed with the ``password``
    if any. A question that was refused is still open."""
    if not page.locator(".st-key-confirm_decision").count():
        page.locator(f".st-key-decide_{state} button").click()
        settle(page)
    if password:
        # Nobody who came in by the demo's buttons knows it otherwise.
        expect(page.locator("[role=dialog]")).to_contain_text(password)
    for key, typed in (("decision_comment", comment), ("decision_password", password)):
        if typed:
            page.locator(f'[class*="st-key-{key}"] :is(textarea, input)').fill(typed)
            page.keyboard.press("Tab")
            settle(page)
    page.locator(".st-key-confirm_decision button").click()
    settle(page)


@pytest.mark.parametrize("locale", list(WORDS))
def test_an_article_goes_from_a_conflict_to_its_readers_and_back(tmp_path: Path, locale: str) -> None:
    words = WORDS[locale]
    application = open_short_room(tmp_path)
    grade_both(application, 1, SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED)
    grade_both(application, 2, SupportGrade.SUPPORTED, SupportGrade.SUPPORTED)
    grade_both(application, 3, SupportGrade.SUPPORTED, SupportGrade.SUPPORTED)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser(locale) as page:
        sign_in(page, url, "editor")
        visit(page, url, "room=editor&version=1")
        expect(page.locator("body")).to_contain_text(words["conflict"])
        expect(page.locator("body")).to_contain_text(words["flag"])
        expect(page.locator(".st-key-decide_approved button")).to_be_disabled()
        decide(page, "changes_requested")
        expect(page.locator(".konkyo.message.refused")).to_contain_text(words["refused"])
        decide(page, "changes_requested", "「必ず」は言い過ぎです。")
        expect(page.locator("h1")).to_contain_text(words["returned"])
        expect(page.locator(".st-key-confirm_decision")).to_have_count(0)
        sign_in(page, url, "adjudicator")
        visit(page, url, "claim=1")
        press(page, "3")
        decide_conflict(page, "3", "両者の根拠を読み比べました。")
        expect(page.locator(".konkyo .verdict")).to_be_visible()
        sign_in(page, url, "author")
        visit(page, url, "room=author&version=1")
        page.locator(".st-key-upload summary").click()
        page.locator(".st-key-upload_text textarea").fill(REVISED)
        page.keyboard.press("Tab")
        settle(page)
        page.locator(".st-key-bring_in button").click()
        expect_message(page, words["kept"])
        visit(page, url, "room=editor&version=2")
        expect(page.locator("[class*='st-key-obstacle_'] button")).to_have_count(1)
        expect(page.locator("body")).to_contain_text(words["stale"])
        for person in ("reviewer-a", "reviewer-b"):
            sign_in(page, url, person)
            visit(page, url, "version=2")
            press(page, "j")
            expect(page.locator(".konkyo.claim h3")).to_contain_text("2")
            press(page, "s", "4")
            expect(page.locator(".konkyo.message.saved")).to_be_visible()
        sign_in(page, url, "editor")
        visit(page, url, "room=editor&version=2")
        expect(page.locator(".st-key-decision")).to_contain_text(words["free"])
        decide(page, "approved", password=SAMPLE_PASSWORD)
        expect(page.locator("h1")).to_contain_text(words["approved"])
        decide(page, "published", password=SAMPLE_PASSWORD)
        expect(page.locator("h1")).to_contain_text(words["published"])
        expect(page.locator(".st-key-decision")).to_contain_text(words["taken"])
        decide(page, "withdrawn")
        expect(page.locator(".konkyo.message.refused")).to_contain_text(words["refused"])
        decide(page, "withdrawn", "撤回された研究に基づいていました。")
        expect(page.locator("h1")).to_contain_text(words["withdrawn"])
        expect(page.locator(".st-key-decision")).to_have_count(0)
        expect(page.locator("body")).to_contain_text("撤回された研究に基づいていました。")
