"""On a laptop, and on a tablet held either way, nothing is cut off and each button can be pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.journeys.clinic import open_demo
from tests.journeys.full_room import fill_room
from tests.journeys.places import PAGES, visit_all
from tests.journeys.room import open_browser

SIZES: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 800},
    {"width": 1024, "height": 768},
    {"width": 820, "height": 1180},
)
# An article's title and a person's name may be longer than their place, and end in an ellipsis.
_FIND_WRONG = """() => {
  const wrong = [], width = document.documentElement.clientWidth;
  const named = (what, e) => wrong.push(`${what}: ${e.tagName} "${e.textContent.trim().slice(0, 40)}"`);
  const shown = e => e.clientWidth > 1 && e.checkVisibility({visibilityProperty: true});
  const each = (elements, look) => [...document.querySelectorAll(elements)].filter(shown).forEach(look);
  if (document.scrollingElement.scrollWidth > width) wrong.push('the page is wider than the window');
  each('button, a, input, textarea, summary, table, h1, h2, h3, .konkyo', e => {
    const box = e.getBoundingClientRect();
    if (box.left < -1 || box.right > width + 1) named('beside the window', e);
  });
  each('.konkyo, .konkyo *, button *, [data-testid="stButtonGroup"] *', e => {
    const clips = getComputedStyle(e).overflowX !== 'visible' && !e.closest('.st-key-account, .trail');
    if (clips && e.scrollWidth > e.clientWidth + 1) named('cut off', e);
  });
  each('button:not(:disabled)', e => {
    e.scrollIntoView({block: 'nearest', inline: 'nearest'});
    const box = e.getBoundingClientRect();
    const met = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!e.contains(met)) named('out of reach', e);
  });
  return wrong;
}"""


def find_wrong(page: Page) -> list[str]:
    """What is cut off or cannot be pressed, at each size of the window."""
    found: list[str] = []
    for size in SIZES:
        page.set_viewport_size(size)
        page.wait_for_timeout(300)
        found += [f"{size['width']}: {line}" for line in page.evaluate(_FIND_WRONG)]
    page.set_viewport_size(SIZES[0])
    return found


@pytest.mark.parametrize("locale", ["ja-JP", "en-GB"])
def test_every_page_fits_a_laptop_and_a_tablet(tmp_path: Path, room: str, locale: str) -> None:
    reworded = fill_room(open_demo(tmp_path))
    with open_browser(locale) as page:
        found = {place: find_wrong(page) for place in visit_all(page, room, reworded, PAGES)}
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_what_is_too_wide_cut_or_covered_is_found() -> None:
    with open_browser("en-GB") as page:
        page.set_content(
            "<table style='width: 1400px'><tr><td>wide</table>"
            "<button><p style='width: 20px; overflow: hidden; white-space: nowrap'>a long word</p></button>"
            "<p style='position: fixed; inset: 0'></p>"
        )
        kinds = {line.split(": ")[1] for line in find_wrong(page)}
    assert kinds == {"the page is wider than the window", "beside the window", "cut off", "out of reach"}
