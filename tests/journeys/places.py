"""Every page of the room with its dialogs and folds: who opens it, by which address, keys and buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.room import settle, sign_in


@dataclass(frozen=True, slots=True)
class Place:
    """One page as ``person`` sees it, after the ``keys`` and then the elements ``pressed`` there."""

    person: str
    query: str = ""
    keys: tuple[str, ...] = ()
    pressed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.person, self.query, *self.keys, *self.pressed))


PLACES = (
    Place("reviewer-a"),
    Place("reviewer-a", "version=1"),
    Place("reviewer-a", "version=2", ("w",)),
    Place("reviewer-a", "version=2&show=open&sort=worst&find=毛", (), (".st-key-queue label",)),
    Place("reviewer-a", "claim=7"),
    Place("reviewer-a", "claim=8", ("l",)),
    Place("reviewer-a", "claim=8", ("w",)),
    Place("reviewer-a", "claim=8", ("f",)),
    Place("reviewer-a", "claim=8", ("g",)),
    Place("reviewer-a", "claim=8", ("a",)),
    Place("reviewer-a", "claim=8", (), (".st-key-citation_filter button",)),
    Place("reviewer-a", "claim=7", ("h",)),
    Place("reviewer-a", "claim=8", (), (".st-key-body button",)),
    Place("reviewer-a", "claim=8", (), (".st-key-level_menu button",)),
    Place("reviewer-a", "claim=6"),
    Place("reviewer-a", "claim={reworded}"),
    Place("reviewer-a", "claim=8", ("4",)),
    Place("reviewer-a", "room=agreement"),
    Place("reviewer-a", "room=library"),
    Place("reviewer-a", "room=account"),
    Place("reviewer-a", "room=practice"),
    Place("reviewer-a", "room=practice", (), (".st-key-begin_practice button",)),
    Place("adjudicator", "claim=7", ("2",)),
    Place("author", "room=author&version=1"),
    Place("author", "room=author&version=2", (), (".st-key-threads summary", ".st-key-upload summary")),
    Place("author"),
    Place("adjudicator"),
    Place("author", "room=editor&version=1"),
    Place("author", "", (), (".st-key-upload summary",)),
    Place("editor"),
    Place("editor", "room=editor&version=2"),
    Place("editor", "room=editor&version=2", (), (".st-key-decide_changes_requested button",)),
    Place("editor", "room=author&version=1"),
    Place("editor", "room=searches&version=1"),
    Place("editor", "room=references&version=1"),
    Place("editor", "room=overview"),
    Place("editor", "room=overview", (), ("[class*='st-key-assign_'] button",)),
    Place("editor", "room=agreement"),
    Place("editor", "room=watch"),
    Place("editor", "room=audit"),
    Place("editor", "room=wording", (), (".st-key-change_rules summary",)),
    Place("admin", "room=wording"),
    Place("admin", "room=users"),
    Place("admin", "room=users", (), (".st-key-new_account summary",)),
    Place("admin", "room=users", (), (".st-key-account button",)),
    Place("admin", "room=users", (), ("[class*='st-key-close_'] button",)),
)


# Those that stand by themselves, without anything opened upon them.
PAGES = tuple(place for place in PLACES if not place.keys and not place.pressed)


def visit_all(page: Page, url: str, reworded: int, places: tuple[Place, ...] = PLACES) -> Iterator[str]:
    """Open each place in turn, sign-in page first; what is given is its name, for the page that stands then.

    ``reworded`` is the claim whose words changed (``full_room``).
    """
    page.goto(f"{url}/sign-in")
    yield "sign-in"
    here = ""
    for place in places:
        if place.person != here:
            here = place.person
            sign_in(page, url, here)
        page.goto(f"{url}/?{place.query.format(reworded=reworded)}")
        settle(page)
        for key in place.keys:
            page.keyboard.press(key)
            settle(page)
        for element in place.pressed:
            page.locator(element).first.click()
            settle(page)
        yield str(place)
