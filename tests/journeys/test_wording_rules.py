"""An editor changes the clinic's rules, is told the line at fault, and meets the reason at the next claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.room import open_browser, settle, sign_in

RULE = "phrase\tlanguage\treason\talternative\nきらめき点滴\tja\t名前に効能を入れない\t成分の名前で書く\n"
FAULTY = RULE + "奇跡の水\tja\t\t\n"


@pytest.mark.parametrize(
    ("locale", "fault", "in_force"),
    [
        ("ja-JP", "rules.tsv の 3 行目の reason が空です", "この画面の院内ルール：1 件"),
        ("en-GB", "rules.tsv line 3: the cell reason is empty", "Rules kept here: 1"),
    ],
)
def test_an_editor_changes_the_rules_and_the_next_article_is_read_by_them(
    room: str, tmp_path: Path, locale: str, fault: str, in_force: str
) -> None:
    table = tmp_path / "rules.tsv"
    with open_browser(locale) as page:
        sign_in(page, room, "editor")
        page.locator(".st-key-room_wording button").click()
        settle(page)
        page.locator(".st-key-change_rules summary").click()
        settle(page)
        put = page.locator(".st-key-put_in_force button")
        for written, lines, told in ((FAULTY, 2, fault), (RULE, 1, in_force)):
            table.write_text(written, encoding="utf-8")
            with page.expect_file_chooser() as chooser:
                page.locator(".st-key-change_rules section button").last.click()
            chooser.value.set_files(table)
            expect(page.locator(".st-key-change_rules tbody tr")).to_have_count(lines)
            settle(page)
            put.click()
            settle(page)
            expect(page.locator(".konkyo.message")).to_contain_text(told)
        expect(page.locator("table.konkyo").first).to_contain_text("名前に効能を入れない")
        with page.expect_download() as download:
            page.locator(".st-key-rules_download button").click()
        assert download.value.path().read_text(encoding="utf-8-sig") == RULE
        page.locator(".st-key-room_work button").click()
        settle(page)
        page.locator(".st-key-upload summary").click()
        page.locator(".st-key-upload_text textarea").fill(f"きらめき点滴は髪を増やします（{locale}）。")
        page.locator(".st-key-bring_in button").click()
        settle(page)
        page.locator("[class*='st-key-claim_'] button").first.click()
        settle(page)
        caution = page.locator("details.caution")
        caution.locator("summary").click()
        expect(caution).to_contain_text("名前に効能を入れない")
        expect(caution).to_contain_text("成分の名前で書く")
