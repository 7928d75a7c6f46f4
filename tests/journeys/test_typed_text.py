"""What is typed is text where a field is open, and is lost by no Escape, no refusal and no outage."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.records.assessment import SupportGrade
from tests.journeys.clinic import press
from tests.journeys.room import find_free_port, open_browser, serve_home, settle, sign_in
from tests.journeys.short_room import grade_both, open_short_room
from tests.journeys.test_keys import open_claim
from tests.journeys.typing import REVIEWER, Rows, load_rows, open_typing_room, type_keys

OPENERS = {"l": "to_search", "w": "to_edit"}
REMARK = "2 weeks is too short; n=30, p=0.04"


def dialog_field(page: Page) -> str:
    return page.locator('[role="dialog"] textarea, [role="dialog"] input[type="text"]').first.input_value()


@pytest.mark.parametrize("pace_ms", [0, 60])
def test_a_remark_typed_after_f_is_the_remark_and_no_grade(tmp_path: Path, pace_ms: int) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        page.keyboard.press("f")
        page.keyboard.type(REMARK, delay=pace_ms)
        field = page.locator('[role="dialog"] textarea').first
        expect(field).to_have_value(REMARK)
        expect(field).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator('[role="dialog"]')).to_have_count(0)
        settle(page)
        page.keyboard.press("f")
        expect(field).to_have_value(REMARK)
        page.locator(".st-key-flag button").click()
        expect(page.locator(".konkyo.message.saved")).to_contain_text("The flag is raised")
        settle(page)
        page.keyboard.press("f")
        expect(field).to_have_value("")
        assert load_rows(application) == Rows()


@pytest.mark.parametrize("pace_ms", [0, 60])
@pytest.mark.parametrize("opener", ["l", "w"])
def test_what_is_typed_ahead_follows_what_stands_in_the_field(
    tmp_path: Path, opener: str, pace_ms: int
) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        press(page, opener)
        field = page.locator('[role="dialog"] textarea').first
        expect(field).not_to_be_empty()
        before = field.input_value()
        page.reload()
        settle(page)
        page.keyboard.press(opener)
        page.keyboard.type(REMARK, delay=pace_ms)
        expect(field).to_have_value(before + REMARK)
        expect(field).to_be_focused()
        settle(page)
        page.keyboard.type("!")
        page.keyboard.press("Backspace")
        page.keyboard.press("Backspace")
        expect(field).to_have_value(before + REMARK[:-1])
        assert load_rows(application) == Rows()


@pytest.mark.parametrize("opener", ["l", "w"])
def test_a_click_that_opens_a_dialog_leaves_the_caret_behind_what_stands_there(
    tmp_path: Path, opener: str
) -> None:
    with open_claim(tmp_path) as (_, page):
        settle(page)
        page.locator(f".st-key-{OPENERS[opener]} button").click()
        field = page.locator('[role="dialog"] textarea').first
        expect(field).to_be_focused()
        before = field.input_value()
        page.keyboard.type(REMARK)
        expect(field).to_have_value(before + REMARK)


@pytest.mark.parametrize("opener", ["g", "l", "w", "h"])
def test_no_key_grades_behind_a_dialog(tmp_path: Path, opener: str) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        page.keyboard.press(opener)
        page.keyboard.type("2snx")
        page.locator('[role="dialog"]').wait_for()
        settle(page)
        page.keyboard.type("4sp")
        settle(page)
        assert load_rows(application) == Rows()
        page.keyboard.press("Escape")
        expect(page.locator('[role="dialog"]')).to_have_count(0)
        settle(page)
        assert load_rows(application) == Rows()
        type_keys(page, ("s",), 60)
        assert len(load_rows(application).judgements) == 1


def test_a_query_that_is_refused_stays_in_its_dialog_with_the_reason(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (_, page):
        settle(page)
        press(page, "l")
        page.locator(".st-key-query_1 textarea").fill("(minoxidil AND hair")
        page.locator(".st-key-search_query button").click()
        dialog = page.locator('[role="dialog"]')
        expect(dialog.locator(".konkyo.message.refused")).to_contain_text("parenthesis")
        expect(page.locator(".st-key-query_1 textarea")).to_have_value("(minoxidil AND hair")


def test_a_doubled_key_of_an_adjudicator_decides_nothing_and_a_decision_needs_its_reason(
    tmp_path: Path,
) -> None:
    application = open_short_room(tmp_path)
    grade_both(application, 1, SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("en-GB") as page:
        sign_in(page, url, "adjudicator")
        page.goto(f"{url}/?claim=1")
        page.locator(".st-key-grade_2 button").wait_for()
        type_keys(page, ("2", "2"), 250)
        with application.work() as work:
            assert len(work.adjudications.load_views([1])[1]) == 1
            assert work.adjudications.load_decided([1]) == {}
        type_keys(page, ("3", "Enter"), 250)
        expect(page.locator(".konkyo.message.refused")).to_contain_text("A decision needs its reason")
        press(page, "m")
        page.keyboard.type("B read the interval rightly.")
        page.keyboard.press("Tab")
        type_keys(page, (), 0)
        page.locator(".st-key-decide button").click()
        expect(page.locator(".konkyo.message.saved")).to_contain_text("Decided: Partially supported")
        with application.work() as work:
            decided = work.adjudications.load_decided([1])[1]
    assert (decided.grade, decided.comment) == (
        SupportGrade.PARTIALLY_SUPPORTED,
        "B read the interval rightly.",
    )


@pytest.mark.parametrize(("locale", "told"), [("en-GB", "Connection lost"), ("ja-JP", "接続が切れました")])
def test_a_comment_and_a_key_outlive_a_server_that_goes_down_while_they_are_typed(
    tmp_path: Path, locale: str, told: str
) -> None:
    application, port = open_typing_room(tmp_path, 2), find_free_port()
    with open_browser(locale) as page:
        with serve_home(tmp_path, tmp_path / "first.log", port) as url:
            sign_in(page, url, REVIEWER)
            page.goto(f"{url}/?claim=1")
            page.locator(".st-key-judge_s button").wait_for()
            settle(page)
            type_keys(page, ("m",), 60)
            page.keyboard.type("half a thought")
        expect(page.locator("#konkyo-told")).to_contain_text(told)
        expect(page.get_by_text("Connection error")).not_to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("s")
        page.keyboard.press("3")
        with serve_home(tmp_path, tmp_path / "second.log", port):
            page.wait_for_function("() => !window.konkyo.sent && !window.konkyo.queue.length", timeout=60_000)
            settle(page)
            expect(page.locator("#konkyo-told")).to_be_empty()
            expect(page.locator(".st-key-comment textarea")).to_have_value("half a thought")
            with application.work() as work:
                (grade,) = work.assessments.load_assessments([1])[1]
    assert (grade.grade, grade.comment) == (SupportGrade.PARTIALLY_SUPPORTED, "half a thought")


def test_an_answer_that_is_being_typed_outlives_a_reload(tmp_path: Path) -> None:
    application = open_short_room(tmp_path)
    grade_both(application, 1, SupportGrade.OVERSTATED, SupportGrade.OVERSTATED)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("en-GB") as page:
        sign_in(page, url, "author")
        page.goto(f"{url}/?room=author&version=1")
        field = page.locator(".st-key-threads textarea").first
        field.fill("")
        page.keyboard.type("We will soften it.")
        page.reload()
        expect(field).to_have_value("We will soften it.")
