"""axe finds nothing serious in what the room draws, in light and dark, with every dialog of a reviewer."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.room import Theme, open_browser, settle, sign_in

GRAVE = {"serious", "critical"}
# Rules that Streamlit's own elements break, each with its selector; empty since 1.67 breaks none here.
STREAMLITS_OWN: set[tuple[str, str]] = set()
PLACES = (
    ("", ()),
    ("version=1", ()),
    ("version=1", ("w",)),
    ("claim=7", ()),
    ("claim=7", ("l",)),
    ("claim=7", ("w",)),
    ("claim=7", ("f",)),
    ("claim=7", ("g",)),
    ("claim=7", ("h",)),
)


def find_violations(page: Page) -> list[str]:
    """The grave violations on the page: rule, element, and what is wrong."""
    page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if (rule["id"], str(node["target"][0])) not in STREAMLITS_OWN
    ]


@pytest.mark.parametrize(("locale", "theme"), [("ja-JP", "light"), ("en-GB", "dark")])
def test_nothing_serious_stands_between_a_reviewer_and_the_room(room: str, locale: str, theme: Theme) -> None:
    found: dict[str, list[str]] = {}
    with open_browser(locale, theme=theme) as page:
        page.goto(f"{room}/sign-in")
        found["sign-in"] = find_violations(page)
        sign_in(page, room)
        for place, keys in PLACES:
            page.goto(f"{room}/?{place}")
            settle(page)
            for key in keys:
                page.keyboard.press(key)
                settle(page)
            page.wait_for_timeout(500)
            found[f"{place} {keys}"] = find_violations(page)
    assert {place: broken for place, broken in found.items() if broken} == {}
