"""A reviewer at work in a real browser, by keyboard: grades, is refused, and takes the report home."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.room import open_browser, settle, sign_in


def read_report(page: Page) -> list[dict[str, str]]:
    """The report that the page's button brings down."""
    with page.expect_download() as download:
        page.locator(".st-key-report_csv_1 button").click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        settle(page)


@pytest.mark.parametrize(
    ("locale", "supported", "refused"),
    [
        ("ja-JP", "支持される", "「支持」と判定した文献が必要です"),
        ("en-GB", "Supported", "you judged supporting"),
    ],
)
def test_a_claim_is_graded_by_keyboard_and_stands_in_the_report(
    room: str, locale: str, supported: str, refused: str
) -> None:
    with open_browser(locale) as page:
        sign_in(page, room)
        page.locator(".st-key-open_1 button").click()
        settle(page)
        press(page, "j", "4")
        expect(page.locator(".konkyo.message.refused")).to_contain_text(refused)
        press(page, "s", "m")
        page.keyboard.type("日本の女性で確認。= no formula")
        page.keyboard.press("Tab")
        settle(page)
        press(page, "4")
        expect(page.locator(".konkyo.message.saved")).to_contain_text(supported)
        press(page, "j")
        expect(page.locator(".konkyo.claim h3")).to_contain_text("2")
        press(page, "q")
        expect(page.locator(".konkyo.cells:not(.heads)").first).to_contain_text(supported)
        (first, *others) = read_report(page)
    assert (first["support_grade"], first["grade_label"]) == ("4", supported)
    assert first["comment"] == "日本の女性で確認。= no formula"
    assert first["graders"] == "reviewer-a (Sample: dermatologist, interests: Sample: none)"
    assert len(others) >= 19
    assert all(row["support_grade"] == "" for row in others)


def test_a_stranger_signs_in_first_and_a_grade_is_still_there_after_a_reload(room: str) -> None:
    with open_browser("en-GB") as page:
        page.goto(f"{room}/?claim=1")
        expect(page.locator("h1")).to_contain_text("Konkyo")
        page.locator("#name").fill("reviewer-b")
        page.locator("#password").fill("wrong password")
        page.keyboard.press("Enter")
        expect(page.locator(".refused")).to_contain_text("Name or password is wrong")
        page.locator('.people form:has(input[value="reviewer-b"]) button').click()
        settle(page)
        press(page, "s", "3")
        expect(page.locator(".konkyo.message.saved")).to_contain_text("Partially supported")
        page.reload()
        settle(page)
        expect(page.locator(".konkyo.message.standing")).to_contain_text("Your grade: Partially supported")
        expect(page.locator(".st-key-focus")).to_contain_text("SAMPLE")


def test_signing_out_in_one_window_ends_the_work_in_the_other(room: str) -> None:
    with open_browser("en-GB") as page:
        sign_in(page, room)
        other = page.context.new_page()
        other.goto(f"{room}/?claim=2")
        settle(other)
        page.locator(".st-key-account button").click()
        page.get_by_role("button", name="Sign out everywhere").click()
        expect(page.locator("h1")).to_contain_text("Konkyo")
        press(other, "j")
        expect(other.get_by_role("alert")).to_contain_text("Your sign-in has ended")
