"""A key judges what was on the screen when it fell: fast, held, twice, late, and from any keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.people import User
from reviewer.bootstrap import Application
from reviewer.workflow.amending import reword_reading
from tests.factories import make_pmid
from tests.journeys.clinic import expect_message, press
from tests.journeys.room import open_browser, serve_home, settle, sign_in
from tests.journeys.typing import (
    REVIEWER,
    count_differences,
    load_rows,
    open_typing_room,
    place_keys,
    type_keys,
)

# As it is typed by who is used to a step after each verdict, and as it is meant.
RUN = ("s", "d", "p", "d", "n", "d", "x", "d", "n", "3", "j")
SHORT_RUN = ("s", "p", "n", "x", "n", "3", "Enter")
REST_RUN = ("s", "p", "r", "3", "Enter")


@contextmanager
def open_claim(
    home: Path, claim: int = 1, claims: int = 3, locale: str = "en-GB"
) -> Iterator[tuple[Application, Page]]:
    """A served room for typing, and the reviewer's page at a claim of it as soon as it can be read."""
    application = open_typing_room(home, claims)
    with serve_home(home, home / "serve.log") as url, open_browser(locale) as page:
        page.set_default_timeout(120_000)
        sign_in(page, url, REVIEWER)
        page.goto(f"{url}/?claim={claim}")
        page.locator(".st-key-judge_s button").wait_for()
        yield application, page


def count_judgements(application: Application, claim_id: int = 1) -> int:
    """How many judgements of the claim were ever stored, those included that another replaced."""
    with application.work() as work:
        return len(work.audit.list_about([f"claim:{claim_id}"], AuditAction.CITATION_JUDGED))


@pytest.mark.parametrize("pace_ms", [60, 150, 250])
def test_keys_typed_fast_come_to_what_they_come_to_one_by_one(tmp_path: Path, pace_ms: int) -> None:
    keys = (*RUN, *REST_RUN, *SHORT_RUN, *REST_RUN)
    with open_claim(tmp_path, claims=5) as (application, page):
        type_keys(page, keys, pace_ms)
        assert count_differences(load_rows(application), place_keys(application, keys)) == 0
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 5")


def test_a_verdict_goes_on_to_the_next_that_is_not_judged_and_from_the_top_again(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        # The third first, by two steps; the verdicts on 3, 4 and 5 lead back to 1.
        type_keys(page, ("d", "d", "s", "p", "n"), 60)
        expect(page.locator(".konkyo.where").last).to_contain_text("Citation 1 of 5")
        type_keys(page, ("x",), 60)
        expect(page.locator(".konkyo.where").last).to_contain_text("Citation 2 of 5")
        type_keys(page, ("n",), 60)
        expect(page.locator(".st-key-ladder_next")).to_be_visible()
        assert load_rows(application).judgements == {
            (1, make_pmid(1)): CitationJudgement.REFUTING,
            (1, make_pmid(2)): CitationJudgement.NOT_RELEVANT,
            (1, make_pmid(3)): CitationJudgement.SUPPORTING,
            (1, make_pmid(4)): CitationJudgement.PARTLY,
            (1, make_pmid(5)): CitationJudgement.NOT_RELEVANT,
        }


def test_what_was_taken_back_is_read_again_and_the_next_verdict_falls_on_it(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        type_keys(page, ("s", "p", "u", "x", "r", "u", "n"), 60)
        assert load_rows(application).judgements == {
            (1, make_pmid(1)): CitationJudgement.SUPPORTING,
            (1, make_pmid(2)): CitationJudgement.REFUTING,
            (1, make_pmid(3)): CitationJudgement.NOT_RELEVANT,
        }


def test_enter_stores_a_comment_that_was_changed_after_the_grade(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        type_keys(page, ("s", "3", "m"), 60)
        page.keyboard.type("small trial")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 2")
        type_keys(page, (), 0)
        with application.work() as work:
            (given,) = work.assessments.load_assessments([1])[1]
        assert (given.grade, given.comment) == (SupportGrade.PARTIALLY_SUPPORTED, "small trial")


def test_keys_wait_for_a_comment_field_that_comes_later_than_the_page(tmp_path: Path) -> None:
    hide = "() => document.querySelector('.st-key-comment').classList.replace('st-key-comment', 'late')"
    bring = "() => document.querySelector('.late').classList.replace('late', 'st-key-comment')"
    with open_claim(tmp_path) as (application, page):
        type_keys(page, ("s", "m"), 60)
        page.keyboard.type("small trial")
        page.keyboard.press("Escape")
        type_keys(page, (), 0)
        page.evaluate(hide)
        page.keyboard.press("3")
        page.keyboard.press("m")
        page.keyboard.type(" s n")
        page.wait_for_timeout(1_000)
        assert load_rows(application).grades == {}
        page.evaluate(bring)
        expect(page.locator(".st-key-comment textarea")).to_have_value("small trial s n")
        type_keys(page, (), 0)
        with application.work() as work:
            (given,) = work.assessments.load_assessments([1])[1]
        assert (given.grade, given.comment) == (SupportGrade.PARTIALLY_SUPPORTED, "small trial")
        assert list(load_rows(application).judgements) == [(1, make_pmid(1))]


def test_keys_that_waited_are_placed_before_those_that_did_not(tmp_path: Path) -> None:
    hide = "() => document.querySelector('.st-key-comment').classList.replace('st-key-comment', 'late')"
    bring_and_press = """() => {
        document.querySelector('.late').classList.replace('late', 'st-key-comment');
        const key = new KeyboardEvent('keydown', {key: 's', bubbles: true, cancelable: true});
        document.body.dispatchEvent(key);
    }"""
    with open_claim(tmp_path) as (application, page):
        type_keys(page, (), 0)
        page.evaluate(hide)
        page.keyboard.press("d")
        page.keyboard.press("d")
        page.evaluate(bring_and_press)
        type_keys(page, (), 0)
        assert load_rows(application).judgements == {(1, make_pmid(3)): CitationJudgement.SUPPORTING}


def test_enter_without_a_grade_stays_and_says_so_and_j_goes_on(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        type_keys(page, ("s", "Enter"), 60)
        expect_message(page, "Not graded yet")
        type_keys(page, ("j",), 60)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 2")
        assert load_rows(application).grades == {}


def test_after_a_click_enter_goes_on_and_presses_nothing_twice(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        page.locator(".st-key-judge_s button").click()
        type_keys(page, (), 0)
        page.locator(".st-key-grade_3 button").click()
        type_keys(page, ("Enter",), 60)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 2")
        assert load_rows(application).judgements == {(1, make_pmid(1)): CitationJudgement.SUPPORTING}
        assert load_rows(application).grades == {1: SupportGrade.PARTIALLY_SUPPORTED}


def test_tab_leads_from_the_comment_to_what_ends_the_claim(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        type_keys(page, ("s", "3", "m"), 60)
        page.keyboard.type("small trial")
        page.keyboard.press("Tab")
        settle(page)
        expect(page.locator(".st-key-save_next button")).to_be_focused()
        type_keys(page, ("Enter",), 60)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 2")
        assert load_rows(application).grades == {1: SupportGrade.PARTIALLY_SUPPORTED}


def test_enter_after_a_key_presses_no_step_that_tab_had_reached(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        type_keys(page, ("s",), 60)
        settle(page)
        page.locator(".st-key-undo button").first.focus()
        type_keys(page, ("3", "Enter"), 250)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 2")
        assert load_rows(application).grades == {1: SupportGrade.PARTIALLY_SUPPORTED}


def test_j_passes_over_what_is_graded_and_with_shift_goes_by_number(tmp_path: Path) -> None:
    with open_claim(tmp_path, claim=2) as (_, page):
        type_keys(page, ("s", "3", "k"), 60)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 1")
        type_keys(page, ("Shift+J",), 60)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 2")
        type_keys(page, ("k", "j"), 60)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 3")


def test_a_key_that_is_held_is_one_press(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        for _ in range(8):
            page.keyboard.down("d")
        page.keyboard.up("d")
        for _ in range(8):
            page.keyboard.down("s")
        page.keyboard.up("s")
        type_keys(page, (), 0)
        assert load_rows(application).judgements == {(1, make_pmid(2)): CitationJudgement.SUPPORTING}
        assert count_judgements(application) == 1


def test_capital_and_full_width_letters_are_the_same_keys_and_others_are_left_alone(tmp_path: Path) -> None:
    fall = """([key, more]) =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, ...more}))"""
    with open_claim(tmp_path) as (application, page):
        for more in ({"isComposing": True}, {"ctrlKey": True}, {"altKey": True}, {"metaKey": True}):
            page.evaluate(fall, ["s", more])
        for key in ("Ｓ", "d", "P", "３"):
            page.evaluate(fall, [key, {}])
        type_keys(page, (), 0)
        rows = load_rows(application)
    assert rows.judgements == {
        (1, make_pmid(1)): CitationJudgement.SUPPORTING,
        (1, make_pmid(2)): CitationJudgement.PARTLY,
    }
    assert rows.grades == {1: SupportGrade.PARTIALLY_SUPPORTED}


def test_a_key_for_words_that_somebody_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        with application.work() as work:
            reader: User = work.people.get_user("reviewer-b")
            reword_reading(
                work, work.claims.get_claim(1), "見本成分1号は毛を減らします。", reader, application.now()
            )
        type_keys(page, ("s", "n", "n"), 60)
        expect_message(page, "Somebody changed this claim in the meantime")
        expect(page.locator("#konkyo-told")).to_contain_text("Not taken: n n")
        assert load_rows(application).judgements == {}
        type_keys(page, ("p",), 60)
        assert load_rows(application).judgements == {(1, make_pmid(1)): CitationJudgement.PARTLY}


def test_a_press_that_is_sent_again_is_taken_once(tmp_path: Path) -> None:
    listen = """() => {
        const { konkyo } = window, { send } = konkyo;
        konkyo.send = press => { konkyo.heard = press; send(press); };
    }"""
    with open_claim(tmp_path) as (application, page):
        type_keys(page, (), 0)
        page.evaluate(listen)
        type_keys(page, ("s",), 60)
        page.evaluate("() => window.konkyo.send({...window.konkyo.heard, again: true})")
        settle(page)
        type_keys(page, ("d", "n"), 60)
        assert count_judgements(application) == 2


def test_what_is_typed_ahead_for_the_comment_of_the_next_claim_goes_there(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (_, page):
        settle(page)
        for key in ("s", "3", "j", "m", *"next"):
            page.keyboard.press(key)
        type_keys(page, (), 0)
        expect(page.locator(".konkyo.claim h3")).to_contain_text("Claim 2")
        expect(page.locator(".st-key-comment_2 textarea")).to_have_value("next")


def test_clicks_are_placed_like_keys_on_the_citation_that_was_shown(tmp_path: Path) -> None:
    click = "name => document.querySelector(`.st-key-${name} button`).click()"
    with open_claim(tmp_path) as (application, page):
        settle(page)
        for name in ("judge_s", "citation_forth", "judge_p", f"focus_on_{make_pmid(4)}", "judge_x"):
            page.evaluate(click, name)
        type_keys(page, (), 0)
        assert load_rows(application).judgements == {
            (1, make_pmid(1)): CitationJudgement.SUPPORTING,
            (1, make_pmid(3)): CitationJudgement.PARTLY,
            (1, make_pmid(4)): CitationJudgement.REFUTING,
        }


@pytest.mark.parametrize(
    ("locale", "told"),
    [("en-GB", "Nothing was saved for claim 1"), ("ja-JP", "主張 1 には何も保存されていません")],
)
def test_what_was_refused_is_told_before_the_claim_is_left(tmp_path: Path, locale: str, told: str) -> None:
    with open_claim(tmp_path, locale=locale) as (application, page):
        type_keys(page, ("4", "j"), 60)
        expect(page.locator(".konkyo.message.refused")).to_contain_text(told)
        press(page, "d", "e")
        expect(page.locator(".konkyo.message.refused")).to_be_visible()
        press(page, "j")
        expect(page.locator(".konkyo.claim h3")).to_contain_text("2")
        assert load_rows(application).grades == {}


def test_after_the_last_claim_the_room_says_so(tmp_path: Path) -> None:
    with open_claim(tmp_path, claim=3) as (_, page):
        type_keys(page, ("s", "3", "j"), 100)
        expect_message(page, "This was the last claim. Still waiting for you: 2")


SELECT = """([selector, from, to]) => {
    const holder = document.querySelector(selector), range = document.createRange();
    const walk = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    let seen = 0;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const end = seen + node.length;
        if (seen <= from && from < end) range.setStart(node, from - seen);
        if (seen < to && to <= end) range.setEnd(node, to - seen);
        seen = end;
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def test_words_selected_in_the_abstract_become_the_own_rationale(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        abstract = page.locator(".konkyo .abstract").inner_text()
        page.evaluate(SELECT, [".konkyo .abstract", 3, 24])
        page.locator("#konkyo-selected").click()
        type_keys(page, (), 0)
        expect(page.locator("mark.rationale.chosen")).to_have_text(abstract[3:24].strip())
        type_keys(page, ("s",), 60)
        with application.work() as work:
            (judged,) = work.assessments.load_judgements([1])[1]
        assert (judged.basis, judged.passage) == (Basis.ABSTRACT, abstract[3:24].strip())


def test_words_selected_in_the_claim_are_the_range_of_a_flag(tmp_path: Path) -> None:
    with open_claim(tmp_path) as (application, page):
        settle(page)
        page.evaluate(SELECT, [".konkyo .excerpt mark.now", 0, 4])
        page.locator("#konkyo-selected").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("mark.flagged")).to_have_text("見本成分")
        dialog.get_by_role("textbox").first.fill("which one?")
        dialog.get_by_role("button", name="Raise the flag").click()
        expect(dialog).to_have_count(0)
        with application.work() as work:
            (remark,) = work.flags.load_remarks([1])[1]
        assert (remark.start, remark.end, remark.words) == (0, 4, "which one?")
