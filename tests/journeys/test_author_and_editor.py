"""From a flag to publication: the author answers and revises, the untouched stays, the editor decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.room import ROOT, open_browser, settle, sign_in

SAMPLE = ROOT / "samples" / "article_ja.md"


def visit(page: Page, url: str, place: str) -> None:
    page.goto(f"{url}/?{place}")
    settle(page)


@pytest.mark.parametrize(
    ("locale", "answered", "stored"),
    [("ja-JP", "回答を保存しました", "言い換え 1"), ("en-GB", "The answer is saved", "reworded 1")],
)
def test_an_author_answers_a_flag_and_only_the_touched_claim_reopens(
    room: str, locale: str, answered: str, stored: str
) -> None:
    assert "必ず髪を太くします" in SAMPLE.read_text(encoding="utf-8")
    with open_browser(locale) as page:
        sign_in(page, room, "author")
        visit(page, room, "room=author&version=1")
        thread = page.locator("[class*='st-key-thread_']").filter(has_text="必ず髪を太くします")
        while not thread.count():
            page.locator(".st-key-card_forth button").first.click(timeout=5_000)
            settle(page)
        expect(page.locator("[class*='st-key-thread_']")).to_have_count(1)
        expect(page.locator(".st-key-flagged_article mark.now").first).to_be_in_viewport()
        field = thread.locator("[class*='st-key-rewrite_'] textarea")
        field.fill(field.input_value().replace("必ず髪を太くします", "髪を太くする可能性があります"))
        page.keyboard.press("Tab")
        settle(page)
        thread.locator("[class*='st-key-answer_'] button").click()
        settle(page)
        expect(page.locator(".konkyo.message.saved")).to_contain_text(answered)
        expect(thread.locator("section.thread li").first).to_contain_text("髪を太くする可能性があります")
        page.locator(".st-key-next_version button").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("del").first).to_contain_text("必ず")
        dialog.locator(".st-key-build_next button").click()
        expect(page.locator(".konkyo.message.saved")).to_contain_text(stored)
        expect(dialog).to_have_count(0)
        page.reload()
        expect(page.locator(".st-key-flagged_article")).to_contain_text("髪を太くする可能性があります")
        visit(page, room, "room=author&version=2")
        expect(page.locator(".konkyo.changes")).to_contain_text(stored)
        expect(page.locator(".konkyo.changes ins").first).to_be_attached()


def test_the_gate_says_what_is_missing_and_a_return_needs_its_comment(room: str) -> None:
    with open_browser("en-GB") as page:
        sign_in(page, room, "editor")
        visit(page, room, "room=editor&version=1")
        expect(page.locator(".st-key-decision")).to_contain_text("Claims to be settled before approval")
        page.locator(".st-key-decide_in_review button").click()
        settle(page)
        page.locator(".st-key-confirm_decision button").click()
        settle(page)
        expect(page.locator("h1")).to_contain_text("Under review")
        expect(page.locator(".st-key-decide_approved button")).to_be_disabled()
        page.locator(".st-key-decide_changes_requested button").click()
        settle(page)
        page.locator(".st-key-confirm_decision button").click()
        settle(page)
        expect(page.locator(".konkyo.message.refused")).to_be_visible()
        page.locator('[class*="st-key-decision_comment"] textarea').fill("The flags first, please.")
        page.keyboard.press("Tab")
        settle(page)
        page.locator(".st-key-confirm_decision button").click()
        settle(page)
        expect(page.locator("h1")).to_contain_text("Changes requested")
        page.reload()
        settle(page)
        expect(page.locator("body")).to_contain_text("The flags first, please.")


def test_a_room_that_is_not_open_to_a_role_leads_back_to_my_work(room: str) -> None:
    with open_browser("en-GB") as page:
        sign_in(page, room, "author")
        for place in ("room=users", "room=audit", "room=overview", "room=wording", "room=nothing"):
            visit(page, room, place)
            expect(page.locator("h1")).to_contain_text("My work")


def test_a_file_of_another_kind_is_refused_in_the_readers_language_with_its_own_cause(
    room: str, tmp_path: Path
) -> None:
    files = {"tool.exe": (b"MZ\x90\x00\x03", ".exe"), "broken.pdf": (b"%PDF-1.4 broken", "壊れています")}
    with open_browser("ja-JP") as page:
        sign_in(page, room, "author")
        visit(page, room, "")
        for name, (content, told) in files.items():
            (tmp_path / name).write_bytes(content)
            page.reload()
            settle(page)
            page.locator(".st-key-upload summary").click()
            page.locator(".st-key-upload input[type=file]").set_input_files(tmp_path / name)
            settle(page)
            expect(page.locator(".st-key-upload")).not_to_contain_text("not allowed")
            page.locator(".st-key-bring_in button").click()
            expect(page.get_by_text(told, exact=False).first).to_be_visible()
