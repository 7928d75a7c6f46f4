"""A claim whose words changed after it was graded: what was, what changed, and the grade given anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from claims.records.assessment import ClaimStatus, SupportGrade
from tests.journeys.clinic import press
from tests.journeys.room import open_browser, serve_home, settle, sign_in
from tests.journeys.short_room import grade_both, open_short_room, revise

WORDS = {
    "ja-JP": ("変更前の文と評価", "改めて評価してください", "支持される"),
    "en-GB": ("Before the words changed", "grade it anew", "Supported"),
}


@pytest.mark.parametrize(
    ("locale", "keys", "given"),
    [("ja-JP", ("s", "4"), SupportGrade.SUPPORTED), ("en-GB", ("2",), SupportGrade.OVERSTATED)],
)
def test_a_former_grade_is_shown_with_its_reason_and_confirmed_or_given_otherwise(
    tmp_path: Path, locale: str, keys: tuple[str, ...], given: SupportGrade
) -> None:
    before, anew, supported = WORDS[locale]
    application = open_short_room(tmp_path)
    grade_both(application, 2, SupportGrade.SUPPORTED, SupportGrade.SUPPORTED)
    claim_id = revise(application)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser(locale) as page:
        sign_in(page, url)
        page.goto(f"{url}/?claim={claim_id}")
        settle(page)
        card = page.locator(".st-key-context")
        expect(card).to_contain_text(before)
        expect(card.locator(".former del").first).to_contain_text("必ず")
        expect(card.locator(".former")).to_contain_text("Reviewer A (sample)")
        expect(card.locator(".former")).to_contain_text(supported)
        expect(card.locator(".former")).to_contain_text("reviewer-a の理由")
        expect(page.locator(".konkyo.message")).to_contain_text(anew)
        expect(page.locator(".st-key-comment textarea")).to_have_value("")
        press(page, *keys)
        expect(page.locator(".konkyo.message.saved")).to_be_visible()
        expect(card.locator(".former")).to_contain_text("reviewer-a の理由")
        sign_in(page, url, "reviewer-b")
        page.goto(f"{url}/?claim={claim_id}")
        settle(page)
        expect(page.locator(".konkyo.message")).to_contain_text(anew)
        press(page, *keys)
        expect(page.locator(".konkyo.message.saved")).to_be_visible()
    with application.work() as work:
        claim = work.claims.get_claim(claim_id)
        grades = work.assessments.load_assessments([claim_id])[claim_id]
    assert claim.status is ClaimStatus.GRADED
    assert [(grade.grade, grade.text_hash) for grade in grades] == [(given, claim.text_hash)] * 2
