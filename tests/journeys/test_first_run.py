"""Who opens the room for the first time is led through it once, by the keys, and grades nothing by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import press
from tests.journeys.room import open_browser, serve_home, settle, sign_in
from tests.journeys.short_room import open_short_room

WORDS = {
    "ja-JP": {
        "part": "文献を判定し",
        "judge": "s（支持）",
        "refused": "4",
        "grade": "文献はすべて判定済みです",
        "end": "どこにも保存されていません",
    },
    "en-GB": {
        "part": "judge the papers",
        "judge": "Press s (supports)",
        "refused": "4",
        "grade": "All papers are judged",
        "end": "Nothing of it was stored",
    },
}


@pytest.mark.parametrize("locale", list(WORDS))
def test_a_new_reviewer_tries_the_keys_leaves_comes_back_and_is_not_asked_again(
    tmp_path: Path, locale: str
) -> None:
    words, application = WORDS[locale], open_short_room(tmp_path)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser(locale) as page:
        sign_in(page, url, "reviewer-a")
        page.locator(".st-key-open_practice button").click()
        settle(page)
        told = page.locator('[data-testid="stMain"]')
        expect(told).to_contain_text(words["part"])
        page.locator(".st-key-begin_practice button").click()
        settle(page)
        expect(told).to_contain_text(words["judge"])
        press(page, "4")
        expect(page.locator(".konkyo.message.refused")).to_be_visible()
        press(page, "s")
        expect(page.locator(".verdict-mark.supporting")).to_have_count(1)
        page.locator(".st-key-leave_practice button").click()
        settle(page)
        press(page, "h")
        page.locator(".st-key-practice_keys button").click()
        expect(page.locator("[role=dialog]")).to_have_count(0)
        settle(page)
        expect(page.locator(".verdict-mark.supporting")).to_have_count(1)
        press(page, "p", "u", "p", "r")
        expect(told).to_contain_text(words["grade"])
        press(page, "g")
        expect(page.locator("[role=dialog] .criteria")).to_be_visible()
        press(page, "Escape")
        expect(page.locator("[role=dialog]")).to_have_count(0)
        press(page, "4")
        expect(page.locator(".konkyo.message.saved")).to_be_visible()
        press(page, "Enter")
        expect(told).to_contain_text(words["end"])
        page.locator(".st-key-leave_practice button").click()
        settle(page)
        expect(page.locator(".st-key-my_work")).to_be_visible()
        expect(page.locator(".st-key-practice_offer")).to_have_count(0)
    with open_browser(locale) as page, serve_home(tmp_path, tmp_path / "again.log") as url:
        sign_in(page, url, "reviewer-a")
        expect(page.locator(".st-key-practice_offer")).to_have_count(0)
    with application.work() as work:
        claims = [claim.id for claim in work.claims.list_claims(1)]
        assert not any(work.assessments.load_assessments(claims).values())
        assert not any(work.assessments.load_judgements(claims).values())
