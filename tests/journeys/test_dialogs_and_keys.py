"""Escape takes the opening of a dialog back, and no key that falls on a dialog vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.room import settle
from tests.journeys.test_keys import open_claim
from tests.journeys.typing import Rows, load_rows, type_keys

DIALOG = '[role="dialog"]'


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
