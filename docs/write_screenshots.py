"""Write docs/screenshots: the review room with the demo, in both languages, light and dark."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.room import make_sample, open_browser, serve_sample, settle, sign_in

FOLDER = Path(__file__).with_name("screenshots")
# Who looks at which pages: name of the picture → place in the room.
PAGES = {
    "reviewer-a": {
        "work": "",
        "queue": "version=2",
        "grading": "claim=7",
        "practice": "room=practice",
        "library": "room=library",
        "account": "room=account",
    },
    "author": {"work-author": "", "flags": "room=author&version=2"},
    "editor": {
        "publication": "room=editor&version=2",
        "searches": "room=searches&version=2",
        "references": "room=references&version=2",
        "board": "room=overview",
        "agreement": "room=agreement",
        "watch": "room=watch",
        "audit": "room=audit",
    },
    "admin": {"accounts": "room=users", "wording-rules": "room=wording"},
}

_IS_DRAWN = """() => !document.querySelector('[data-testid="stSkeleton"]')"""


def main() -> None:
    """Write one picture a page and language, of a room in which half of the article is reviewed."""
    with (
        tempfile.TemporaryDirectory() as made,
        tempfile.TemporaryDirectory() as home,
        serve_sample(make_sample(Path(made), reviewed=True), Path(home)) as url,
    ):
        for locale in ("ja", "en"):
            with open_browser(locale) as page:
                _photograph(page, url, locale)
            with open_browser(locale, theme="dark") as page:
                _photograph(page, url, locale, "-dark")


def _photograph(page: Page, url: str, locale: str, theme: str = "") -> None:
    page.goto(f"{url}/sign-in?lang={locale}")
    page.screenshot(path=FOLDER / f"sign-in-{locale}{theme}.png")
    for person, places in PAGES.items():
        sign_in(page, url, person)
        for name, place in places.items():
            page.goto(f"{url}/?lang={locale}&{place}")
            settle(page)
            # What is drawn in the browser comes after the page on a busy machine.
            page.wait_for_function(_IS_DRAWN)
            page.wait_for_timeout(800)
            page.screenshot(path=FOLDER / f"{name}-{locale}{theme}.png")


if __name__ == "__main__":
    main()
