"""Escape takes the opening of a dialog back, and no key that falls on a dialog vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.room import settle
from tests.journeys.test_keys import open_claim
from tests.journeys.test_typed_text import REMARK
from tests.journeys.typing import Rows, load_rows, type_keys

DIALOG = '[role="dialog"]'
FIELD = f"{DIALOG} textarea"
_COUNT_RUNS = """() => {
    window.runs = 0;
    new MutationObserver(() => { window.runs += 1; }).observe(
        document.querySelector('[data-testid="stApp"]'), {attributeFilter: ['data-test-script-state']});
}"""
_CLICK_AS_SOON_AS_DRAWN = """selector => {
    const button = document.querySelector(selector);
    button?.click();
    return Boolean(button);
}"""


@pytest.mark.parametrize("opener", ["g", "w"])
def test_escape_right_after_the_key_of_a_dialog_cancels_it(tmp_path: Path, opener: str) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        page.keyboard.press(opener)
        page.keyboard.press("Escape")
        type_keys(page, ("s",), 60)
        settle(page)
        expect(page.locator(DIALOG)).to_have_count(0)
        assert len(load_rows(application).judgements) == 1
        page.keyboard.press(opener)
        page.locator(DIALOG).wait_for()
        page.keyboard.press("Escape")
        expect(page.locator(DIALOG)).to_have_count(0)


@pytest.mark.parametrize("opener", ["g", "h"])
def test_keys_that_fall_on_a_dialog_are_told_together_until_it_is_closed(tmp_path: Path, opener: str) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        told = page.locator("#konkyo-told")
        page.keyboard.press(opener)
        page.keyboard.type("2s")
        page.locator(DIALOG).wait_for()
        expect(told).to_contain_text("Not taken while this window is open: 2 s.")
        page.keyboard.type("Nx")
        expect(told).to_contain_text("Not taken while this window is open: 2 s n x.")
        page.keyboard.press("Escape")
        expect(page.locator(DIALOG)).to_have_count(0)
        expect(told).to_be_empty(timeout=3_000)
        assert load_rows(application) == Rows()


@pytest.mark.parametrize("opener", ["f", "l", "w"])
def test_words_typed_towards_a_dialog_outlive_the_escape_that_takes_it_back(
    tmp_path: Path, opener: str
) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        field = page.locator(FIELD).first
        page.keyboard.press(opener)
        expect(field).to_be_focused()
        settle(page)
        before = field.input_value()
        page.keyboard.press("Escape")
        expect(page.locator(DIALOG)).to_have_count(0)
        settle(page)
        page.keyboard.press(opener)
        page.keyboard.type(REMARK)
        page.keyboard.press("Escape")
        type_keys(page, ("s",), 60)
        expect(page.locator(DIALOG)).to_have_count(0)
        expect(page.locator("#konkyo-typing")).to_have_count(0)
        assert len(load_rows(application).judgements) == 1
        page.keyboard.press(opener)
        expect(field).to_have_value(before + REMARK)


@pytest.mark.parametrize("opener", ["", "f"])
def test_no_letter_beside_a_field_runs_the_page_anew(tmp_path: Path, opener: str) -> None:
    with open_claim(tmp_path) as (_, page):
        settle(page)
        if opener:
            page.keyboard.press(opener)
            expect(page.locator(FIELD).first).to_be_focused()
            page.locator(DIALOG).click(position={"x": 8, "y": 8})
            settle(page)
        page.evaluate(_COUNT_RUNS)
        # Beside a dialog the r is a key of the claim: it puts the rest of the list aside.
        page.keyboard.type("rRcr" if opener else "cCvV")
        settle(page)
        assert page.evaluate("() => window.runs") == 0
        expect(page.locator(DIALOG)).to_have_count(len(opener))


def test_a_click_in_a_dialog_that_still_fills_waits_for_its_text_and_ends_the_typing(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (_, page):
        settle(page)
        field = page.locator(FIELD).first
        page.keyboard.press("f")
        page.keyboard.type(REMARK)
        expect(field).to_have_value(REMARK)
        page.keyboard.press("Escape")
        expect(page.locator(DIALOG)).to_have_count(0)
        settle(page)
        page.keyboard.press("f")
        page.wait_for_function(_CLICK_AS_SOON_AS_DRAWN, arg=".st-key-flag button")
        expect(page.locator(".konkyo.message.saved")).to_contain_text("The flag is raised")
        settle(page)
        expect(page.locator("#konkyo-typing")).to_have_count(0)
        page.keyboard.press("f")
        expect(field).to_have_value("")
        expect(field).to_be_focused()


def test_what_was_not_taken_is_told_no_more_as_soon_as_the_next_key_is_taken(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        told = page.locator("#konkyo-told")
        type_keys(page, ("4", "n"), 0)
        expect(told).to_contain_text("Not taken: n.")
        page.wait_for_timeout(2_000)
        page.keyboard.press("s")
        expect(told).to_be_empty(timeout=2_000)
        settle(page)
        assert len(load_rows(application).judgements) == 1
