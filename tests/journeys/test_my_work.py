"""Everybody opens the room and sees what waits for them: reviewer, adjudicator, author, editor, admin."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.records.assessment import SupportGrade
from tests.journeys.room import open_browser, serve_home, settle, sign_in
from tests.journeys.short_room import grade_both, open_short_room

WORDS = {
    "ja-JP": {
        "grade": "評価する主張：1件",
        "conflict": "裁定する不一致：1件",
        "flags": "回答する指摘：",
        "returned": "差し戻された記事：1件",
        "due": "期限",
        "saved": "割り当てを保存しました",
        "fewer": "より少ない人数で確定した主張",
    },
    "en-GB": {
        "grade": "Claims to grade: 1",
        "conflict": "Conflicts to settle: 1",
        "flags": "Flags to answer: ",
        "returned": "Articles returned to you: 1",
        "due": "due",
        "saved": "The assignment is saved",
        "fewer": "Settled by fewer graders",
    },
}


def press(page: Page, key: str) -> None:
    page.locator(f"[class*='st-key-{key}'] button").first.click()
    settle(page)


@pytest.mark.parametrize("locale", list(WORDS))
def test_each_role_comes_from_the_first_page_to_its_work(tmp_path: Path, locale: str) -> None:
    words = WORDS[locale]
    application = open_short_room(tmp_path)
    grade_both(application, 1, SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED)
    grade_both(application, 2, SupportGrade.SUPPORTED, SupportGrade.SUPPORTED)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser(locale) as page:
        waits = page.locator(".st-key-my_work")
        sign_in(page, url, "reviewer-a")
        expect(waits).to_contain_text(words["grade"])
        press(page, "to_grade_")
        expect(page.locator(".konkyo.claim h3")).to_contain_text("3")
        sign_in(page, url, "adjudicator")
        expect(waits).to_contain_text(words["conflict"])
        press(page, "to_adjudicate_")
        expect(page.locator(".konkyo.claim h3")).to_contain_text("1")
        sign_in(page, url, "editor")
        page.goto(f"{url}/?room=editor&version=1")
        settle(page)
        press(page, "decide_changes_requested")
        page.locator('[class*="st-key-decision_comment"] textarea').fill("「必ず」を直してください。")
        page.keyboard.press("Tab")
        settle(page)
        press(page, "confirm_decision")
        sign_in(page, url, "author")
        expect(waits).to_contain_text(words["returned"])
        expect(waits).to_contain_text("「必ず」を直してください。")
        expect(page.locator("[class*='st-key-to_grade_']")).to_have_count(0)
        press(page, "to_revise_")
        expect(page.locator(".st-key-threads")).to_be_visible()
        sign_in(page, url, "admin")
        expect(page.locator("[class*='st-key-pile_']")).to_have_count(0)


@pytest.mark.parametrize("locale", list(WORDS))
def test_an_editor_assigns_from_the_row_and_is_told_what_one_settled(tmp_path: Path, locale: str) -> None:
    words = WORDS[locale]
    application = open_short_room(tmp_path)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser(locale) as page:
        sign_in(page, url, "editor")
        page.goto(f"{url}/?room=overview")
        settle(page)
        press(page, "assign_")
        page.locator(".st-key-plan_needed label").filter(has_text="1").last.click()
        settle(page)
        page.locator("[role=dialog] .st-key-assign button").click()
        settle(page)
        expect(page.locator(".konkyo.message.saved")).to_contain_text(words["saved"])
        grade_both(application, 2, SupportGrade.SUPPORTED)
        page.reload()
        settle(page)
        press(page, "assign_")
        page.locator(".st-key-plan_needed label").filter(has_text="2").last.click()
        settle(page)
        page.locator("[role=dialog] .st-key-assign button").click()
        settle(page)
        dialog = page.locator("[role=dialog]")
        expect(dialog).to_contain_text(words["saved"])
        expect(dialog).to_contain_text(words["fewer"])
        page.locator(".st-key-reopen_fewer button").click()
        settle(page)
        expect(dialog).to_have_count(0)
