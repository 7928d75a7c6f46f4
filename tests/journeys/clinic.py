"""The sample article as two review it, and the steps that a person takes with the keyboard."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from claims.records.plan import ReviewPlan
from reviewer.bootstrap import Application, open_application
from reviewer.settings import Settings
from reviewer.workflow.assigning import assign_review
from tests.journeys.room import settle


def open_demo(home: Path) -> Application:
    """The house of the sample room that is served from ``home``."""
    folder = home / "demo"
    return open_application(Settings(folder, f"sqlite:///{folder / 'konkyo.db'}", demo=True))


def assign_two(application: Application) -> None:
    """Let both sample reviewers grade each claim, and the sample adjudicator settle what differs."""
    with application.work() as work:
        plan = ReviewPlan(("reviewer-a", "reviewer-b"), "adjudicator", needed=2)
        assign_review(work, 1, plan, work.people.get_user("editor"), application.now())


def press(page: Page, *keys: str) -> None:
    """Press the keys one after the other, each once the page stands still."""
    for key in keys:
        page.keyboard.press(key)
        settle(page)


def expect_message(page: Page, words: str) -> None:
    """Wait until the sentence under the grades says this."""
    expect(page.locator(".konkyo.message").first).to_contain_text(words)


def decide_conflict(page: Page, key: str, reason: str) -> None:
    """Choose a grade, write the reason and decide, as an adjudicator does once the opinions are shown."""
    press(page, key)
    page.locator(".st-key-comment textarea").fill(reason)
    page.keyboard.press("Tab")
    settle(page)
    page.locator(".st-key-decide button").click()
    settle(page)
