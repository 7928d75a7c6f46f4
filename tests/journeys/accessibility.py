"""What axe finds on a page, in the light and the dark theme."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.room import Theme, switch_theme

GRAVE = {"serious", "critical"}
# Rules that Streamlit's own elements break, each with its selector; empty since 1.67 breaks none here.
STREAMLITS_OWN: set[tuple[str, str]] = set()
BY_COLOUR = "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}"


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
    found += find_violations(page, BY_COLOUR)
    switch_theme(page, now)
    return found
