"""Who is typing when the line breaks goes on typing: the letters are words of that field, and no keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.room import find_free_port, open_browser, serve_home, settle, sign_in
from tests.journeys.typing import REVIEWER, Rows, load_rows, open_typing_room, type_keys

BEFORE, MEANWHILE, AFTER = "First part. ", "s d p n x 3 more words ", "jknx 4 s, and the end."
COMMENT = ".st-key-comment textarea"
DIALOG = '[role="dialog"] textarea'
_RECONNECTED = """() =>
    document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState === 'CONNECTED'
    && !window.konkyo.sent && !window.konkyo.queue.length"""


def open_claim(page: Page, url: str) -> None:
    sign_in(page, url, REVIEWER)
    page.goto(f"{url}/?claim=1")
    page.locator(".st-key-judge_s button").wait_for()
    settle(page)


def await_line(page: Page) -> None:
    page.wait_for_function(_RECONNECTED, timeout=60_000)
    settle(page)


@pytest.mark.parametrize("pace_ms", [30, 200])
def test_a_comment_is_typed_on_through_an_outage_and_nothing_of_it_judges(
    tmp_path: Path, pace_ms: int
) -> None:
    application, port = open_typing_room(tmp_path, 2), find_free_port()
    with open_browser("en-GB") as page:
        field = page.locator(COMMENT)
        with serve_home(tmp_path, tmp_path / "first.log", port) as url:
            open_claim(page, url)
            type_keys(page, ("m",), 60)
            page.keyboard.type(BEFORE, delay=pace_ms)
        page.keyboard.type(MEANWHILE, delay=pace_ms)
        expect(page.locator("#konkyo-told")).to_contain_text("Connection lost")
        expect(field).to_have_value(BEFORE + MEANWHILE)
        with serve_home(tmp_path, tmp_path / "second.log", port):
            page.keyboard.type(AFTER, delay=pace_ms)
            await_line(page)
            expect(field).to_have_value(BEFORE + MEANWHILE + AFTER)
            expect(field).to_be_focused()
            page.keyboard.type("!")
            page.keyboard.press("Tab")
            settle(page)
            assert load_rows(application) == Rows()
            page.reload()
            expect(field).to_have_value(BEFORE + MEANWHILE + AFTER + "!")
            settle(page)
            page.locator(".konkyo.claim h3").click()
            type_keys(page, ("s",), 60)
            assert len(load_rows(application).judgements) == 1


@pytest.mark.parametrize("opener", ["f", "l", "w"])
def test_words_for_a_dialog_that_an_outage_took_away_wait_for_it(tmp_path: Path, opener: str) -> None:
    application, port = open_typing_room(tmp_path, 2), find_free_port()
    with open_browser("en-GB") as page:
        field = page.locator(DIALOG).first
        with serve_home(tmp_path, tmp_path / "first.log", port) as url:
            open_claim(page, url)
            page.keyboard.press(opener)
            expect(field).to_be_focused()
            settle(page)
            before = field.input_value()
            page.keyboard.type(BEFORE)
        page.keyboard.type(MEANWHILE, delay=60)
        with serve_home(tmp_path, tmp_path / "second.log", port):
            await_line(page)
            page.keyboard.type(AFTER, delay=60)
            assert load_rows(application) == Rows()
            if not page.locator(DIALOG).count():
                expect(page.locator("#konkyo-typing")).to_be_focused()
                expect(page.locator("#konkyo-told")).to_contain_text("what you type stands here")
                page.keyboard.press("Escape")
                expect(page.locator("#konkyo-typing")).to_have_count(0)
                settle(page)
                page.keyboard.press(opener)
            expect(field).to_have_value(before + BEFORE + MEANWHILE + AFTER)
            assert load_rows(application) == Rows()


def replace(field: Locator) -> None:
    """Let another field stand in the place of this one, as a page does that is drawn anew."""
    field.evaluate("field => field.replaceWith(field.cloneNode())")


def test_a_field_that_is_drawn_anew_or_closed_while_it_is_typed_in_takes_no_key_from_its_words(
    tmp_path: Path,
) -> None:
    application = open_typing_room(tmp_path, 2)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("ja-JP") as page:
        open_claim(page, url)
        field = page.locator(COMMENT)
        type_keys(page, ("m",), 60)
        page.keyboard.type("first")
        page.keyboard.press("ArrowLeft")
        replace(field)
        page.keyboard.type("3 s ")
        expect(field).to_have_value("firs3 s t")
        field.evaluate("field => { field.disabled = true; }")
        page.keyboard.type("x4")
        page.keyboard.press("Enter")
        page.keyboard.insert_text("知見")
        expect(page.locator("#konkyo-typing")).to_have_value("firs3 s x4\n知見t")
        field.evaluate("field => { field.disabled = false; }")
        expect(field).to_be_focused()
        page.keyboard.type("n")
        expect(field).to_have_value("firs3 s x4\n知見nt")
        assert load_rows(application) == Rows()


def test_a_letter_that_falls_as_the_field_closes_is_written_where_the_caret_was(tmp_path: Path) -> None:
    open_typing_room(tmp_path, 2)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("en-GB") as page:
        open_claim(page, url)
        type_keys(page, ("m",), 60)
        page.keyboard.type("first")
        # On a busy machine the caret's own event comes after the field was closed.
        page.evaluate(
            "() => window.addEventListener('selectionchange', e => e.stopImmediatePropagation(), true)"
        )
        page.keyboard.press("ArrowLeft")
        page.locator(COMMENT).evaluate(
            """field => {
                field.disabled = true;
                const letter = new KeyboardEvent('keydown', {key: 's', bubbles: true, cancelable: true});
                document.body.dispatchEvent(letter);
            }"""
        )
        expect(page.locator("#konkyo-typing")).to_have_value("firsst")


def test_a_letter_is_no_less_written_when_the_focus_is_taken_as_it_falls(tmp_path: Path) -> None:
    application = open_typing_room(tmp_path, 2)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("en-GB") as page:
        open_claim(page, url)
        type_keys(page, ("m",), 60)
        page.keyboard.type("first ")
        page.evaluate("() => document.addEventListener('keydown', () => document.activeElement.blur())")
        page.locator(COMMENT).evaluate("field => { field.disabled = true; }")
        page.keyboard.type("3 s and n", delay=30)
        expect(page.locator("#konkyo-typing")).to_have_value("first 3 s and n")
        assert load_rows(application) == Rows()


def test_a_composition_goes_on_through_an_outage_and_is_what_was_composed(tmp_path: Path) -> None:
    application, port = open_typing_room(tmp_path, 2), find_free_port()
    with open_browser("ja-JP") as page:
        field, input_method = page.locator(COMMENT), page.context.new_cdp_session(page)

        def compose(reading: str) -> None:
            typed = {"text": reading, "selectionStart": len(reading), "selectionEnd": len(reading)}
            input_method.send("Input.imeSetComposition", typed)

        with serve_home(tmp_path, tmp_path / "first.log", port) as url:
            open_claim(page, url)
            type_keys(page, ("m",), 60)
            compose("ち")
        compose("ちけん")
        expect(page.locator("#konkyo-told")).to_contain_text("接続が切れました")
        compose("知見")
        input_method.send("Input.insertText", {"text": "知見"})
        compose("の")
        input_method.send("Input.insertText", {"text": "の"})
        with serve_home(tmp_path, tmp_path / "second.log", port):
            await_line(page)
            page.keyboard.type("s3")
            expect(field).to_have_value("知見のs3")
            expect(field).to_be_focused()
            settle(page)
            assert load_rows(application) == Rows()
