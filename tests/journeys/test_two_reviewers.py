"""Two grade blind, a third settles what differs: in a real browser, by keyboard, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import assign_two, decide_conflict, expect_message, open_demo, press
from tests.journeys.room import open_browser, settle, sign_in

WORDS = {
    "ja-JP": ("もう一人の評価はまだ済んでいません", "評価が分かれ", "この主張への評価", "裁定", "一部支持"),
    "en-GB": ("not done yet", "differ", "What was said of this claim", "Decided", "Partially supported"),
}


@pytest.mark.parametrize("locale", list(WORDS))
def test_two_grade_blind_and_a_third_settles_the_conflict(tmp_path: Path, room: str, locale: str) -> None:
    waiting, differ, said, decided, partly = WORDS[locale]
    assign_two(open_demo(tmp_path))
    with open_browser(locale) as page:
        sign_in(page, room, "reviewer-a")
        page.goto(f"{room}/?claim=7")
        settle(page)
        press(page, "s", "n", "m")
        page.keyboard.type("first <b>opinion</b>")
        press(page, "Tab", "4")
        settle(page)
        press(page, "k", "Shift+J")
        expect_message(page, waiting)
    with open_browser(locale) as page:
        sign_in(page, room, "reviewer-b")
        page.goto(f"{room}/?claim=7")
        settle(page)
        expect(page.locator("body")).not_to_contain_text("opinion")
        press(page, "p", "n", "3", "k", "Shift+J")
        expect_message(page, differ)
        expect(page.locator("body")).not_to_contain_text("opinion")
    with open_browser(locale) as page:
        sign_in(page, room, "adjudicator")
        page.goto(f"{room}/?claim=7")
        settle(page)
        expect_message(page, "Reviewer A (sample), Reviewer B (sample)")
        expect(page.locator("body")).not_to_contain_text(said)
        press(page, "2")
        expect(page.locator(".st-key-context")).to_contain_text("first <b>opinion</b>")
        decide_conflict(page, "3", "Both were read again.")
        expect_message(page, decided)
        expect(page.locator(".konkyo .verdict")).to_contain_text(partly)


def test_the_editor_sees_who_differs_and_what_a_review_costs_and_never_an_open_grade(
    tmp_path: Path, room: str
) -> None:
    assign_two(open_demo(tmp_path))
    for person, keys in (("reviewer-a", ("s", "n", "4")), ("reviewer-b", ("p", "n", "3"))):
        with open_browser("en-GB") as page:
            sign_in(page, room, person)
            page.goto(f"{room}/?claim=7")
            settle(page)
            press(page, *keys, "j")
    with open_browser("en-GB") as page:
        sign_in(page, room, "editor")
        page.goto(f"{room}/?room=overview")
        settle(page)
        expect(page.locator("body")).to_contain_text("Conflicts: 1")
        expect(page.locator("body")).to_contain_text("Reviewer A (sample), Reviewer B (sample)")
        expect(page.locator("body")).not_to_contain_text("Partially supported")
        page.goto(f"{room}/?room=editor&version=1")
        settle(page)
        expect(page.locator("body")).to_contain_text("Graded over time")
        expect(page.locator("body")).to_contain_text("Seconds a claim (median)")


def test_a_comment_outlives_the_page_and_the_browser_and_a_step_is_taken_back(room: str) -> None:
    with open_browser("en-GB") as page:
        sign_in(page, room)
        page.goto(f"{room}/?claim=5")
        settle(page)
        press(page, "s", "m")
        page.keyboard.type("half a thought")
        press(page, "Tab")
        page.reload()
        settle(page)
        expect(page.locator(".st-key-comment textarea")).to_have_value("half a thought")
    with open_browser("en-GB") as page:
        sign_in(page, room)
        page.goto(f"{room}/?claim=5")
        settle(page)
        expect(page.locator(".st-key-comment textarea")).to_have_value("half a thought")
        press(page, "4", "u")
        expect_message(page, "Taken back: your grade")
        press(page, "u")
        expect_message(page, "Taken back: the judgement of a citation")


def test_a_forged_cookie_leads_to_the_sign_in_page(room: str) -> None:
    with open_browser("en-GB") as page:
        sign_in(page, room)
        (cookie,) = (c for c in page.context.cookies() if "konkyo" in c["name"])
        page.context.clear_cookies()
        page.context.add_cookies([{"name": cookie["name"], "value": "f" * 80, "url": room}])
        page.goto(f"{room}/?claim=7")
        expect(page.locator("#password")).to_be_visible()
