"""Every page and dialog, both languages, light and dark: nothing that axe finds, nothing cut off, no code or
English word stands on a Japanese page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.accessibility import BY_COLOUR, find_in_both_themes, find_violations
from tests.journeys.clinic import open_demo
from tests.journeys.full_room import fill_room
from tests.journeys.latin import find_latin
from tests.journeys.places import PAGES, visit_all
from tests.journeys.room import Theme, open_browser
from tests.journeys.widths import find_wrong


@pytest.mark.parametrize(("locale", "theme"), [("ja-JP", "light"), ("en-GB", "dark")])
def test_nothing_stands_between_anybody_and_the_room(
    tmp_path: Path, room: str, locale: str, theme: Theme
) -> None:
    """Dialogs are looked at by axe; how a window of their size holds them is Streamlit's."""
    reworded, pages = fill_room(open_demo(tmp_path)), {"sign-in", *map(str, PAGES)}
    found: dict[str, list[str]] = {}
    with open_browser(locale, theme=theme) as page:
        for place in visit_all(page, room, reworded):
            found[place] = find_in_both_themes(page, theme)
            found[place] += find_wrong(page) if place in pages else []
            found[place] += find_latin(page) if locale == "ja-JP" else []
    assert len(pages) < len(found)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_what_nobody_could_read_or_press_is_found() -> None:
    with open_browser("en-GB") as page:
        page.set_content(
            "<html lang='en'><title>t</title><main><button></button><p style='color:#ccc'>pale</p></main>"
        )
        assert {line.split(":")[0] for line in find_violations(page)} == {"button-name", "color-contrast"}
        assert [line.split(":")[0] for line in find_violations(page, BY_COLOUR)] == ["color-contrast"]


def test_a_code_on_a_japanese_page_is_found() -> None:
    with open_browser("ja-JP") as page:
        page.set_content(
            "<html lang='ja'><title>t</title><main><p>account:5 の評価</p><p class='said'>their words</p>"
            "<p>PubMed を検索</p><code>claim_settled</code>"
        )
        assert find_latin(page) == ["account in “account:5 の評価”"]


def test_what_is_too_wide_cut_or_covered_is_found() -> None:
    with open_browser("en-GB") as page:
        page.set_content(
            "<table style='width: 1400px'><tr><td>wide</table>"
            "<button><p style='width: 20px; overflow: hidden; white-space: nowrap'>a long word</p></button>"
            "<p style='position: fixed; inset: 0'></p>"
        )
        kinds = {line.split(": ")[1] for line in find_wrong(page)}
    assert kinds == {
        "the page is wider than the window",
        "beside the window",
        "cut off",
        "out of reach",
        "too small",
    }
