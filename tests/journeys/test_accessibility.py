"""axe finds nothing serious in what the room draws: every page and dialog, both languages, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.clinic import open_demo
from tests.journeys.full_room import fill_room
from tests.journeys.places import visit_all
from tests.journeys.room import Theme, open_browser, switch_theme

GRAVE = {"serious", "critical"}
# Rules that Streamlit's own elements break, each with its selector; empty since 1.67 breaks none here.
STREAMLITS_OWN: set[tuple[str, str]] = set()
_BY_COLOUR = "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}"


def find_violations(page: Page, rules: str = "null") -> list[str]:
    """The grave violations on the page: rule, element, and what is wrong."""
    page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate(
        f"axe.run({{resultTypes: ['violations'], runOnly: {rules} ?? undefined}})"
    )
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if (rule["id"], str(node["target"][0])) not in STREAMLITS_OWN
    ]


def find_in_both_themes(page: Page, now: Theme) -> list[str]:
    """All grave violations in the theme that is on, and those that only another theme's colours can make."""
    found = find_violations(page)
    switch_theme(page, "light" if now == "dark" else "dark")
    found += find_violations(page, _BY_COLOUR)
    switch_theme(page, now)
    return found


@pytest.mark.parametrize(("locale", "theme"), [("ja-JP", "light"), ("en-GB", "dark")])
def test_nothing_serious_stands_between_anybody_and_the_room(
    tmp_path: Path, room: str, locale: str, theme: Theme
) -> None:
    reworded = fill_room(open_demo(tmp_path))
    with open_browser(locale, theme=theme) as page:
        found = {place: find_in_both_themes(page, theme) for place in visit_all(page, room, reworded)}
    assert {place: broken for place, broken in found.items() if broken} == {}


def test_what_nobody_could_read_or_press_is_found() -> None:
    with open_browser("en-GB") as page:
        page.set_content(
            "<html lang='en'><title>t</title><main><button></button><p style='color:#ccc'>pale</p></main>"
        )
        assert {line.split(":")[0] for line in find_violations(page)} == {"button-name", "color-contrast"}
        assert [line.split(":")[0] for line in find_violations(page, _BY_COLOUR)] == ["color-contrast"]
