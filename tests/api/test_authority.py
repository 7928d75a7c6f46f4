"""Whose steps count: a served room, real sockets, and people who lost what their open page still shows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import requests
from sqlalchemy import update

from claims.records.audit import AuditAction
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from db.engine import open_engine
from db.models.people import SignInRow
from reviewer.accounts.managing import add_user, change_password, change_roles
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from reviewer.accounts.signing_in import sign_out
from reviewer.accounts.tokens import COOKIE, SIGN_IN_HEADER, hash_token
from reviewer.bootstrap import Application
from reviewer.workflow.assigning import assign_review, declare_interests
from reviewer.workflow.loading import load_dossiers
from tests.journeys.room import serve_home
from tests.journeys.short_room import open_short_room
from tests.room_client import Tab, enter, is_kept_out, open_tab

CLAIM, VERSION = "claim=1&lang=en", "version=1&lang=en"
CLOSED_WITHIN_SECONDS = 15
_names = (f"person-{number}" for number in itertools.count())
End = Callable[[Application, str, User, str], None]


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    application = open_short_room(tmp_path_factory.mktemp("home"))
    with application.work() as work:
        # Anybody may grade: each test has a reviewer of its own.
        assign_review(work, 1, ReviewPlan(), work.people.get_user("editor"), application.now())
    return application


@pytest.fixture(scope="module")
def url(application: Application) -> Iterator[str]:
    home = application.settings.home
    with serve_home(home, home / "serve.log") as url:
        yield url


def make_person(application: Application) -> User:
    """A reviewer who has declared their interests, with the password of the sample people."""
    with application.work() as work:
        user = add_user(
            work,
            OPERATOR,
            next(_names),
            SAMPLE_PASSWORD,
            (Role.REVIEWER,),
            application.now(),
            keeps_password=True,
        )
    with application.work() as work:
        declare_interests(work, 1, "none", "Dermatologist", user, application.now())
    return user


@pytest.fixture
def person(application: Application) -> User:
    return make_person(application)


def steps_of(application: Application, person: User) -> set[AuditAction]:
    """What the person did but signing in and out and leaving a claim."""
    with application.work() as work:
        done = {entry.action for entry in work.audit.list_entries(actor=person.name)}
    return done - {
        AuditAction.SIGN_IN_OPENED,
        AuditAction.SIGN_IN_ENDED,
        AuditAction.INTERESTS_DECLARED,
        AuditAction.EFFORT_RECORDED,
    }


def leave(application: Application, url: str, person: User, token: str) -> None:
    with application.work() as work:
        sign_out(work, token, application.secret, application.now())


def leave_everywhere(application: Application, url: str, person: User, token: str) -> None:
    with application.work() as work:
        sign_out(work, token, application.secret, application.now(), everywhere=True)


def be_closed(application: Application, url: str, person: User, token: str) -> None:
    with application.work() as work:
        change_roles(work, OPERATOR, person.name, person.roles, False, application.now())


def get_another_password(application: Application, url: str, person: User, token: str) -> None:
    with application.work() as work:
        change_password(work, OPERATOR, person.name, "another long password", application.now())


def come_in_as_another(application: Application, url: str, person: User, token: str) -> None:
    """The same browser signs somebody else in, in another tab."""
    enter(url, "reviewer-b", former=token)


def grade(tab: Tab) -> bool:
    return tab.press("judge_s", CLAIM)


def raise_flag_in_the_dialog(tab: Tab) -> bool:
    return tab.press("flag", CLAIM, flag_1="written after the end")


@pytest.mark.parametrize(
    "end", [leave, leave_everywhere, be_closed, get_another_password, come_in_as_another]
)
def test_an_ended_sign_in_takes_no_step_in_a_page_that_is_open(
    application: Application, url: str, person: User, end: End
) -> None:
    token = enter(url, person.name)
    with (
        open_tab(url, token) as callback,
        open_tab(url, token) as dialog,
        open_tab(url, token) as download,
        open_tab(url, token) as idle,
    ):
        assert callback.open(CLAIM)
        assert dialog.open(CLAIM)
        assert dialog.press("to_flag", CLAIM)
        assert download.open(VERSION)
        assert idle.open(VERSION)
        end(application, url, person, token)
        assert not grade(callback)
        assert not raise_flag_in_the_dialog(dialog)
        assert download.download() is None
        assert idle.wait_until_closed(CLOSED_WITHIN_SECONDS) == 1008
        assert [tab.close_code for tab in (callback, dialog, download)] == [1008] * 3
    assert steps_of(application, person) == set()
    assert is_kept_out(url, token)


def test_a_sign_in_that_expires_takes_no_step_in_a_page_that_is_open(
    application: Application, url: str, person: User
) -> None:
    token = enter(url, person.name)
    with open_tab(url, token) as callback, open_tab(url, token) as download:
        assert callback.open(CLAIM)
        assert download.open(VERSION)
        end_sign_in(application, token)
        assert not grade(callback)
        assert download.download() is None
    assert steps_of(application, person) == set()
    assert is_kept_out(url, token)


def test_a_sign_in_goes_on_as_its_page_is_used_and_not_as_it_stands_open(
    application: Application, url: str, person: User
) -> None:
    """The page asks on its own whether it is signed in, and that is no use."""
    token = enter(url, person.name)
    almost_over = application.now() + timedelta(minutes=2)
    with open_tab(url, token) as tab:
        assert tab.open(CLAIM)
        end_sign_in(application, token, almost_over)
        for _ in range(3):
            assert requests.get(f"{url}/signed-in", cookies={COOKIE: token}, timeout=30).status_code == 204
        assert ends_at(application, token) == almost_over
        assert grade(tab)
    assert ends_at(application, token) > almost_over + timedelta(minutes=50)


def ends_at(application: Application, token: str) -> datetime:
    with application.work() as work:
        person = work.people.find_signed_in(hash_token(application.secret, token) or "", application.now())
        assert person is not None
        (one,) = work.people.list_sign_ins(person, application.now(), "")
    return one.ends_at


def end_sign_in(application: Application, token: str, at: datetime | None = None) -> None:
    """Its time is over now, or ``at`` another moment: nobody ended it."""
    engine = open_engine(application.settings.database_url)
    with engine.begin() as connection:
        own = SignInRow.token_hash == hash_token(application.secret, token)
        connection.execute(update(SignInRow).where(own).values(ends_at=at or application.now()))
    engine.dispose()


def test_a_role_that_was_taken_away_is_missed_at_the_next_step(
    application: Application, url: str, person: User
) -> None:
    token = enter(url, person.name)
    with open_tab(url, token) as callback, open_tab(url, token) as dialog:
        assert callback.open(CLAIM)
        assert dialog.open(CLAIM)
        assert dialog.press("to_flag", CLAIM)
        with application.work() as work:
            change_roles(work, OPERATOR, person.name, (Role.AUTHOR,), True, application.now())
        assert grade(callback)
        assert "message refused" in callback.shown
        assert raise_flag_in_the_dialog(dialog)
    assert steps_of(application, person) == set()


def test_nothing_is_read_for_an_author_whose_role_was_taken_away(application: Application, url: str) -> None:
    with application.work() as work:
        roles = (Role.AUTHOR,)
        author = add_user(
            work, OPERATOR, next(_names), SAMPLE_PASSWORD, roles, application.now(), keeps_password=True
        )
    with open_tab(url, enter(url, author.name)) as tab:
        assert tab.open("room=author&version=1&lang=en")
        with application.work() as work:
            change_roles(work, OPERATOR, author.name, (Role.REVIEWER,), True, application.now())
        # Read, the empty field would be refused for being empty.
        assert tab.press("bring_in", "room=author&version=1&lang=en", upload_text="")
        assert "may not do this" in tab.shown


def test_without_a_cookie_there_is_no_socket_even_for_a_session_that_was_left(url: str, person: User) -> None:
    with open_tab(url, enter(url, person.name)) as tab:
        assert tab.open(CLAIM)
    assert is_kept_out(url)
    assert is_kept_out(url, session_id=tab.session_id)
    assert is_kept_out(url, "forged.cookie", tab.session_id)


def ask_claim(claim_id: int) -> str:
    return f"claim={claim_id}&lang=en"


def grade_with_what_the_browser_sends(tab: Tab, before: Tab, claim_id: int) -> bool:
    """Grade after the browser, reconnected, has sent the page and the comment that it held ``before``."""
    tab.elements, tab.page_hash = dict(before.elements), before.page_hash
    place = ask_claim(claim_id)
    sent = tab.press("keys", place, **{f"comment_{claim_id}": "half a thought"})
    return sent and tab.press("judge_s", place) and tab.press("grade_4", place)


def find_comment(application: Application, claim_id: int, person: User) -> str | None:
    """The comment that the person's grade went with."""
    with application.work() as work:
        (dossier,) = load_dossiers(work, (work.claims.get_claim(claim_id),), person)
    given = dossier.find_grade(person.name)
    return None if given is None else given.comment


@pytest.mark.parametrize(
    "origin",
    ["http://127.0.0.1:9999", "http://localhost:8501", "https://elsewhere.example", "null", "http://["],
)
def test_a_page_of_another_site_or_port_opens_no_socket(
    application: Application, url: str, person: User, origin: str
) -> None:
    token = enter(url, person.name)
    assert is_kept_out(url, token, origin=origin)
    assert not is_kept_out(url, token)


@pytest.mark.parametrize(("claim_id", "names_the_other"), [(2, False), (3, True)])
def test_who_reconnects_with_anothers_session_gets_a_new_one_and_nothing_of_the_old(
    application: Application, url: str, person: User, claim_id: int, names_the_other: bool
) -> None:
    """Neither by its id, nor with the other's page and fields, nor under the header of the gate."""
    token, place, other = enter(url, person.name), ask_claim(claim_id), make_person(application)
    with open_tab(url, token) as left:
        assert left.open(place)
        assert left.press("keys", place, **{f"comment_{claim_id}": "half a thought"})
    name = {SIGN_IN_HEADER.replace("-", "_"): hash_token(application.secret, token) or ""}
    cookie, headers = enter(url, other.name), name if names_the_other else {}
    with open_tab(url, cookie, left.session_id, **headers) as taken:
        assert grade_with_what_the_browser_sends(taken, left, claim_id)
        assert taken.session_id != left.session_id
    assert find_comment(application, claim_id, other) == ""
    assert steps_of(application, person) == set()
    with open_tab(url, token, left.session_id) as back:
        assert back.open(place)
        assert back.session_id == left.session_id, "who left it comes back to it"


def test_what_was_typed_goes_on_with_the_same_person_who_signs_in_again(
    application: Application, url: str, person: User
) -> None:
    first = enter(url, person.name)
    with open_tab(url, first) as tab:
        assert tab.open(CLAIM)
    with open_tab(url, enter(url, person.name, former=first), tab.session_id) as again:
        assert grade_with_what_the_browser_sends(again, tab, 1)
    assert find_comment(application, 1, person) == "half a thought"


def test_a_file_is_fetched_by_the_sign_in_alone_that_it_was_made_for(
    application: Application, url: str, person: User
) -> None:
    """Its address may stand in a proxy's log, or be sent to somebody who may not have it."""
    token, again = enter(url, person.name), enter(url, person.name)
    other = enter(url, make_person(application).name)

    def fetch(cookie: str, address: str) -> int:
        return requests.get(url + address, cookies={COOKIE: cookie}, timeout=60).status_code

    with open_tab(url, token) as tab, open_tab(url, other) as beside:
        assert tab.open(VERSION)
        assert beside.open(VERSION)
        address = tab.download() or ""
        assert [fetch(cookie, address) for cookie in (token, other, again)] == [200, 403, 403]
        assert beside.download() == address, "of the same content it is one file"
        assert [fetch(cookie, address) for cookie in (token, other)] == [200, 200]


def make_author(application: Application) -> User:
    with application.work() as work:
        roles = (Role.AUTHOR,)
        return add_user(
            work, OPERATOR, next(_names), SAMPLE_PASSWORD, roles, application.now(), keeps_password=True
        )


def test_a_file_is_sent_into_ones_own_session_alone(application: Application, url: str) -> None:
    own, other = requests.Session(), requests.Session()
    own.cookies.set(COOKIE, token := enter(url, make_author(application).name))
    other.cookies.set(COOKIE, enter(url, make_author(application).name))
    with open_tab(url, token) as tab:
        assert tab.open(VERSION)
        sent = [upload(client, url, tab.session_id, 1) for client in (own, other, requests.Session())]
        assert sent == [204, 403, 403]
        assert upload(own, url, tab.session_id, 31) == 413


def put_draft(url: str, token: str, place: str) -> int:
    """The status of the answer to a draft that is sent to ``/drafts/`` and this place."""
    return requests.put(
        f"{url}/drafts/{place}", data=b"half a thought", cookies={COOKIE: token}, timeout=60
    ).status_code


def test_a_draft_is_kept_for_who_grades_the_claim_alone(
    application: Application, url: str, person: User
) -> None:
    reviewer, author = enter(url, person.name), enter(url, make_author(application).name)
    assert [put_draft(url, token, "2") for token in (reviewer, author, "")] == [204, 403, 403]
    with application.work() as work:
        work.drafts.give(2, person.name, application.now())
        work.commit_draft()
    assert [put_draft(url, reviewer, place) for place in ("2", "2?given=0", "2?given=1")] == [409, 409, 204]


def test_an_answer_is_drafted_by_the_author_and_by_no_reviewer(
    application: Application, url: str, person: User
) -> None:
    reviewer, author = enter(url, person.name), enter(url, make_author(application).name)
    assert [put_draft(url, token, "2?field=rewrite") for token in (reviewer, author)] == [403, 204]
    assert [put_draft(url, token, "2?field=reply") for token in (reviewer, author)] == [204, 204]
    assert put_draft(url, author, "2?field=poem") == 404


@pytest.mark.parametrize("place", ["0", "-1", str(2**63), "9" * 26, "9" * 5000, "seven", "七", "2?given=x"])
def test_a_draft_at_a_claim_that_cannot_be_is_not_found(url: str, person: User, place: str) -> None:
    assert put_draft(url, enter(url, person.name), place) == 404


@pytest.mark.parametrize("role", Role)
def test_every_role_sends_files_of_some_kind_and_nobody_whose_account_is_closed(
    application: Application, url: str, person: User, role: Role
) -> None:
    """Authors and editors send articles, who searches lists of papers, administrators rules on wording."""
    client = requests.Session()
    client.cookies.set(COOKIE, token := enter(url, person.name))
    with open_tab(url, token) as tab:
        assert tab.open(VERSION)
        with application.work() as work:
            change_roles(work, OPERATOR, person.name, (role,), True, application.now())
        assert upload(client, url, tab.session_id, 1) == 204
        with application.work() as work:
            change_roles(work, OPERATOR, person.name, (role,), False, application.now())
        assert upload(client, url, tab.session_id, 1) == 403
        with application.work() as work:
            change_roles(work, OPERATOR, person.name, (Role.REVIEWER,), True, application.now())
        assert upload(client, url, tab.session_id, 1) == 403


def test_a_person_has_a_bounded_number_of_large_files_on_the_server(
    application: Application, url: str
) -> None:
    author = make_author(application)
    first, second = requests.Session(), requests.Session()
    first.cookies.set(COOKIE, one := enter(url, author.name))
    second.cookies.set(COOKIE, two := enter(url, author.name))
    with open_tab(url, one) as tab:
        assert tab.open("lang=en")
        with open_tab(url, two) as beside:
            assert beside.open("lang=en")
            assert upload(first, url, tab.session_id, 25, "a") == 204
            assert upload(second, url, beside.session_id, 25, "b") == 204
            assert upload(first, url, tab.session_id, 25, "c") == 413
            assert upload(second, url, beside.session_id, 25, "c") == 413
            assert upload(first, url, tab.session_id, 25, "a") == 204, "in place of the same file"
            assert remove_upload(first, url, tab.session_id, "a") == 204
            assert upload(first, url, tab.session_id, 25, "c") == 204
            assert upload(first, url, tab.session_id, 1, "d") == 204
            other = make_author(application)
            third = requests.Session()
            third.cookies.set(COOKIE, three := enter(url, other.name))
            with open_tab(url, three) as another:
                assert another.open("lang=en")
                assert upload(third, url, another.session_id, 25, "a") == 204, "each person has their own"


def test_a_file_of_unknown_length_is_refused(application: Application, url: str) -> None:
    client = requests.Session()
    client.cookies.set(COOKIE, token := enter(url, make_author(application).name))
    with open_tab(url, token) as tab:
        assert tab.open("lang=en")
        place = f"{url}/_stcore/upload_file/{tab.session_id}/file"
        assert client.put(place, data=iter([b"in pieces"]), timeout=60).status_code == 411


def upload(client: requests.Session, url: str, session_id: str, megabytes: int, file_id: str = "file") -> int:
    """The status of the answer to a file of this size."""
    return client.put(
        f"{url}/_stcore/upload_file/{session_id}/{file_id}",
        files={"file": ("a.txt", bytes(megabytes * 1024 * 1024))},
        headers=forgery_token(client, url),
        timeout=60,
    ).status_code


def remove_upload(client: requests.Session, url: str, session_id: str, file_id: str) -> int:
    place = f"{url}/_stcore/upload_file/{session_id}/{file_id}"
    return client.delete(place, headers=forgery_token(client, url), timeout=60).status_code


def forgery_token(client: requests.Session, url: str) -> dict[str, str]:
    """The header that shows Streamlit a request of its own page."""
    client.get(f"{url}/_stcore/health", timeout=60)
    return {"X-Xsrftoken": str(client.cookies.get("_streamlit_xsrf", ""))}


@pytest.mark.parametrize(("name", "status"), [("admin", 200), ("reviewer-a", 403), ("", 403)])
def test_the_servers_figures_are_for_administrators(url: str, name: str, status: int) -> None:
    cookies = {COOKIE: enter(url, name)} if name else {}
    assert requests.get(f"{url}/_stcore/metrics", cookies=cookies, timeout=60).status_code == status


def test_a_file_is_made_for_the_sign_in_alone_that_its_button_was_drawn_for(
    application: Application, url: str, person: User
) -> None:
    other = make_person(application)
    token = enter(url, person.name)
    with open_tab(url, token) as own, open_tab(url, enter(url, other.name)) as another:
        assert own.open(VERSION)
        assert another.open(VERSION)
        another.files = own.files
        assert another.download() == "Failed to generate file for download"
        assert steps_of(application, person) == steps_of(application, other) == set()
        with open_tab(url, token) as beside:
            assert beside.open(VERSION)
            beside.files = own.files
            assert str(beside.download()).startswith("/media/")
        assert str(own.download()).startswith("/media/")
    assert len(steps_of(application, person)) == 1


def test_the_page_asks_whether_the_sign_in_is_in_force(
    application: Application, url: str, person: User
) -> None:
    token = enter(url, person.name)
    assert requests.get(f"{url}/signed-in", cookies={COOKIE: token}, timeout=60).status_code == 204
    leave(application, url, person, token)
    assert requests.get(f"{url}/signed-in", cookies={COOKIE: token}, timeout=60).status_code == 403


@pytest.mark.parametrize("asked", ["debug_shutdown_runtime", "debug_disconnect_websocket"])
def test_messages_for_who_develops_streamlit_do_nothing(
    application: Application, url: str, person: User, asked: str
) -> None:
    with open_tab(url, enter(url, person.name)) as tab:
        assert tab.open(CLAIM)
        tab.tell(asked)
        assert tab.open(CLAIM)
    assert requests.get(f"{url}/healthz", timeout=30).status_code == 200
