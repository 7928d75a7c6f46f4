"""Whatever a page offers, and whatever a route takes, is nobody's to do once the sign-in is over or changed.

The pages are those of the registry, the routes those that are served; a button, a field or a route that is
new is tried with them, and one that nothing here presses is missed by name.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from sqlalchemy import create_engine, text, update

import reviewer.dashboard
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from db.base import Base
from db.models.people import SignInRow
from reviewer.accounts.managing import add_user, change_roles
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from reviewer.accounts.signing_in import sign_out
from reviewer.accounts.tokens import COOKIE, hash_token
from reviewer.api.routes import list_routes
from reviewer.bootstrap import Application
from reviewer.dashboard.page_registry import OWN_ROOM, ROOMS, VERSION_ROOMS
from reviewer.workflow.amending import dismiss_claim
from reviewer.workflow.assigning import assign_review, declare_interests
from reviewer.workflow.flagging import raise_flag
from tests.factories import make_audit_entry
from tests.journeys.room import serve_home
from tests.journeys.short_room import open_short_room
from tests.room_client import Tab, enter, open_tab

End = Callable[[Application, str, str, User], None]
CLOSED_WITHIN_SECONDS = 5
TYPED = "# 見本成分\n見本成分は毛を太くします。\n"
# Each page, and with each claim the dialogs that open over it.
PAGES = [
    *("", "version=1", "claim=1", "claim=3"),
    *(f"room={room}" for room in (*ROOMS, OWN_ROOM)),
    *(f"room={room}&version=1" for room in VERSION_ROOMS),
]
DIALOGS = {
    "claim=1": ("to_flag", "to_search", "to_edit"),
    "claim=3": ("to_edit",),
    "version=1": ("by_hand",),
    "room=editor&version=1": ("decide_changes_requested",),
}
PLACES = [(page, "") for page in PAGES] + [(page, key) for page, keys in DIALOGS.items() for key in keys]
# Where some of all that is pressed at once is a step in the house as it is; the last may change the account.
STEPS = [
    *(("", ""), ("claim=1", ""), ("claim=3", "")),
    *((page, key) for page, keys in DIALOGS.items() if "claim" in page for key in keys),
    *(("room=author&version=1", ""), ("room=users", "")),
]
WITHOUT_ROLE = f"room={OWN_ROOM}"
# Drawn in states of a version or a house that this one is not in: who they ask, tests/structure says.
ELSEWHERE = {
    *(
        "cancel_job",
        "settle_",
        "declare",
        "keep_",
        "open_newer",
        "reject_",
        "reopen",
        "search_now",
    ),
    *("more_articles", "more_claims", "more_obstacles_", "show_everything", "show_related", "remove_key"),
    *("conflict_", "end_sign_in_", "search_now", "build_next", "know_finished", "reopen_fewer"),
    # Where something is new, marked or opened first.
    *("know_named", "know_news", "news_", "room_news", "to_thread_", "renew"),
    *("begin_practice", "leave_practice", "library_more", "name_field(field)"),
    # Where something is published, came since, stands twice or was settled before, or is approved for reuse.
    *("set_review_day", "unset_review_day", "to_new_", "new_record_"),
    *("take_over", "give_repeats", "insert_", "confirm_withdraw"),
    # After something was chosen on the page.
    *(
        "choose_all",
        "choose_none",
        "search_chosen",
        "dismiss_chosen",
        "reopen_chosen",
        "assign_chosen",
        "confirm_closing",
    ),
}


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    application = open_short_room(tmp_path_factory.mktemp("home"))
    with application.work() as work:
        assign_review(work, 1, ReviewPlan(), work.people.get_user("editor"), application.now())
    return application


@pytest.fixture(scope="module")
def url(application: Application) -> Iterator[str]:
    home = application.settings.home
    # Nobody answers there: what is searched fails at once.
    with serve_home(home, home / "serve.log", KONKYO_ENTREZ_URL="http://127.0.0.1:9/entrez/eutils/") as url:
        yield url


@pytest.fixture(scope="module")
def everybody(application: Application) -> User:
    """Somebody in every role, to whom every page and every step is open."""
    with application.work() as work:
        roles, now = tuple(Role), application.now()
        user = add_user(work, OPERATOR, "everybody", SAMPLE_PASSWORD, roles, now, keeps_password=True)
    with application.work() as work:
        declare_interests(work, 1, "none", "Dermatologist", user, application.now())
    with application.work() as work:
        dismiss_claim(work, work.claims.get_claim(3), "beside the point", user, application.now())
    with application.work() as work:
        raise_flag(work, 1, "where from?", user, application.now())
    return user


def read_rows(application: Application) -> dict[str, list[tuple[object, ...]]]:
    """All that is stored, but for who is signed in."""
    engine = create_engine(application.settings.database_url)
    with engine.connect() as connection:
        rows = {
            name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))), key=repr)
            for name in Base.metadata.tables
            if name != SignInRow.__tablename__
        }
    engine.dispose()
    return rows


def open_place(url: str, token: str, page: str, opener: str, stack: ExitStack) -> Tab:
    tab = stack.enter_context(open_tab(url, token))
    assert tab.open(f"{page}&lang=en")
    if opener:
        assert tab.press(opener, f"{page}&lang=en")
    return tab


def press_key(tab: Tab) -> str:
    """A grade by its key, as the browser sends it from the claim that the page shows."""
    screen = json.loads(tab.told["room_keys"])["screen"] or {"claim": 1, "revision": 1, "part": "grades"}
    value = {
        **screen,
        "tab": "tab",
        "seq": 1,
        "name": "grade_4",
        "comment": "typed",
        "pmid": "",
        "choice": "",
    }
    return json.dumps([{"event": "press", "value": value}])


def press_all(tab: Tab, page: str) -> bool:
    """Every button of the place at once, and the key of a grade beside them."""
    return tab.press_all(f"{page}&lang=en", TYPED, room_keys=press_key(tab))


def leave(application: Application, url: str, token: str, user: User) -> None:
    with application.work() as work:
        sign_out(work, token, application.secret, application.now())


def be_closed(application: Application, url: str, token: str, user: User) -> None:
    with application.work() as work:
        change_roles(work, OPERATOR, user.name, user.roles, False, application.now())


def expire(application: Application, url: str, token: str, user: User) -> None:
    engine = create_engine(application.settings.database_url)
    with engine.begin() as connection:
        own = SignInRow.token_hash == hash_token(application.secret, token)
        connection.execute(update(SignInRow).where(own).values(ends_at=application.now()))
    engine.dispose()


def become_another(application: Application, url: str, token: str, user: User) -> None:
    enter(url, "reviewer-b", former=token)


def change_to(application: Application, user: User, roles: tuple[Role, ...]) -> None:
    """An account keeps one role at least: as when they go, one after the other, while a page is open."""
    with application.work() as work:
        work.people.change_user(user.name, roles=roles, active=True)
        work.commit(make_audit_entry())


@pytest.fixture
def restored(application: Application, everybody: User) -> Iterator[User]:
    yield everybody
    change_to(application, everybody, everybody.roles)


def ask_routes(url: str, token: str) -> set[int]:
    """The statuses of the answers to every route that is for who is signed in alone."""
    place = {"claim_id": "1"}
    return {
        requests.request(
            method,
            url + route.path.format(**place),
            data=TYPED.encode(),
            cookies={COOKIE: token},
            timeout=60,
            allow_redirects=False,
        ).status_code
        for route in list_routes(lambda: pytest.fail("no house is opened"))
        if not route.path.startswith(("/sign-", "/new-password", "/unsubscribe"))
        for method in sorted(route.methods or ())
    }


def try_places(
    application: Application, url: str, user: User, end: End, places: list[tuple[str, str]], *, loses: bool
) -> None:
    """Press all in every place after the end, and where the person ``loses`` their roles, before it, too."""
    token = enter(url, user.name)
    with ExitStack() as stack:
        tabs = [(page, open_place(url, token, page, opener, stack)) for page, opener in places]
        idle = open_place(url, token, "", "", stack)
        files = [open_place(url, token, page, "", stack) for page, tab in tabs if tab.files]
        if places == PLACES:
            drawn = {key for _, tab in tabs for key in tab.elements}
            assert {key for key in list_keys() if not any(one.startswith(key) for one in drawn)} == ELSEWHERE
        if loses:
            change_to(application, user, ())
            before = read_rows(application)
            for page, tab in tabs:
                # What one does with the own account needs no role.
                assert page == WITHOUT_ROLE or press_all(tab, page)
                assert read_rows(application) == before, page
            assert {tab.download() for tab in files} == {"Failed to generate file for download"}
            assert ask_routes(url, token) == {204, 403}
            change_to(application, user, user.roles)
        end(application, url, token, user)
        before = read_rows(application)
        assert [page for page, tab in tabs if press_all(tab, page)] == []
        assert [tab.download() for tab in files] == [None] * len(files)
        assert {tab.close_code for _, tab in tabs} == {1008}
        assert ask_routes(url, token) == {403}
        assert idle.wait_until_closed(CLOSED_WITHIN_SECONDS) == 1008
        assert read_rows(application) == before


def test_nothing_that_any_page_offers_is_done_without_the_roles_and_after_the_end(
    application: Application, url: str, restored: User
) -> None:
    try_places(application, url, restored, leave, PLACES, loses=True)


@pytest.mark.parametrize(("third", "end"), list(enumerate((be_closed, expire, become_another))))
def test_nothing_is_done_after_any_other_end(
    application: Application, url: str, restored: User, third: int, end: End
) -> None:
    """Each place with one of them: one look at the sign-in finds them all."""
    try_places(application, url, restored, end, PLACES[third::3], loses=False)


@pytest.mark.parametrize(("page", "opener"), STEPS)
def test_in_a_sign_in_in_force_the_same_presses_are_steps(
    application: Application, url: str, everybody: User, page: str, opener: str
) -> None:
    """Else the tests above would say nothing. They come last: what they do stays."""
    with ExitStack() as stack:
        tab = open_place(url, enter(url, everybody.name), page, opener, stack)
        before = read_rows(application)
        press_all(tab, page)
        assert read_rows(application) != before


def list_keys() -> set[str]:
    """The keys of all that something is done by on a page, as the code of the pages names them."""
    found = set[str]()
    for file in Path(reviewer.dashboard.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                # What is only opened draws the page again, and does nothing.
                words = {w.arg: w.value for w in call.keywords if ast.unparse(w.value) != "'rerun'"}
                if words.keys() & {"on_click", "on_change"} and "key" in words:
                    found.add(read_key(words["key"]))
    return found


def read_key(node: ast.expr) -> str:
    """How such a key begins, up to what stands for a number or a name in it."""
    return re.split(r"[{']", ast.unparse(node).replace('"', "'").removeprefix("f").strip("'"))[0]
