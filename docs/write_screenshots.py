"""Write docs/screenshots: the review room with the sample article, in both languages, light and dark."""

from __future__ import annotations

import tempfile
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page

from reviewer.cli import konkyo
from tests.journeys.room import make_sample, open_browser, serve_sample, settle, sign_in
from tests.references.manuscripts import JAPANESE, PAPERS

FOLDER = Path(__file__).with_name("screenshots")
# Who looks at which pages: name of the picture → place in the room.
PAGES = {
    "reviewer-a": {"articles": "", "queue": "version=1", "grading": "claim=7", "account": "room=account"},
    "author": {"flags": "room=author&version=1"},
    "editor": {
        "publication": "room=editor&version=1",
        "searches": "room=searches&version=1",
        "references": "room=references&version=2",
        "overview": "room=overview",
        "agreement": "room=agreement",
        "audit": "room=audit",
    },
    "admin": {"accounts": "room=users", "wording-rules": "room=wording"},
}


def main() -> None:
    """Write one picture a page and language, of a room in which three claims are graded already."""
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as home:
        sample = make_sample(Path(made))
        _bring_citing_article(sample)
        _photograph_room(sample, Path(home))


def _bring_citing_article(sample: Path) -> None:
    """Have an article that cites papers as version 2, and what it cites looked up in the library."""
    papers, article = sample.parent / "papers.xml", sample.parent / "article.md"
    papers.write_text(f"<PubmedArticleSet>{''.join(PAPERS)}</PubmedArticleSet>", encoding="utf-8")
    article.write_text(JAPANESE, encoding="utf-8")
    env = {"KONKYO_HOME": str(sample), "KONKYO_DATABASE_URL": None, "KONKYO_DEMO": "1"}
    for command in (
        ["library", "import", str(papers)],
        ["ingest", str(article)],
        ["search", "2", "--source", "library"],
    ):
        done = CliRunner().invoke(konkyo, command, env=env)
        if done.exit_code:
            raise RuntimeError(done.output)


def _photograph_room(sample: Path, home: Path) -> None:
    with serve_sample(sample, home) as url:
        with open_browser("ja-JP") as page:
            _grade_some(page, url)
        for locale in ("ja", "en"):
            with open_browser(locale) as page:
                _photograph(page, url, locale)
            with open_browser(locale, theme="dark") as page:
                _photograph(page, url, locale, "-dark")


def _grade_some(page: Page, url: str) -> None:
    sign_in(page, url)
    page.goto(f"{url}/?claim=5")
    settle(page)
    for key in ("s", "4", "j", "s", "3", "j", "s"):
        page.keyboard.press(key)
        settle(page)


def _photograph(page: Page, url: str, locale: str, theme: str = "") -> None:
    page.goto(f"{url}/sign-in?lang={locale}")
    page.screenshot(path=FOLDER / f"sign-in-{locale}{theme}.png")
    for person, places in PAGES.items():
        sign_in(page, url, person)
        for name, place in places.items():
            page.goto(f"{url}/?lang={locale}&{place}")
            settle(page)
            page.wait_for_timeout(800)
            page.screenshot(path=FOLDER / f"{name}-{locale}{theme}.png")


if __name__ == "__main__":
    main()
