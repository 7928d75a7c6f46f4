"""The own account: the password, and the key for NCBI that is never shown again."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from claims.records.people import Role, User
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.own_keys import find_own_key
from reviewer.accounts.passwords import verify_password
from reviewer.accounts.signing_in import open_sign_in
from reviewer.bootstrap import Application
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.factories import make_moment

KEY, PASSWORD = "0123456789abcdef" * 2 + "5a5a", "a long password"


PASSWORDS = ("own_password", "own_new_password", "own_new_password_again")


@pytest.fixture
def sato(application: Application) -> User:
    with application.work() as work:
        return add_user(work, OPERATOR, "sato", PASSWORD, (Role.AUTHOR,), make_moment(), "Dr. Sato")


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (button for button in app.button if button.label == label)
    return button.click().run()


def find_fields(app: AppTest, *names: str) -> list[TextInput]:
    """The fields of these names, however often they were emptied before."""
    return [
        next(drawn for drawn in app.text_input if re.fullmatch(rf"{name}(_\d+)?", drawn.key or ""))
        for name in names
    ]


def are_emptied(app: AppTest, before: list[TextInput], *names: str) -> bool:
    """Whether the fields are empty and new to the browser: under its old key each would keep the text."""
    now = find_fields(app, *names)
    return all(new.value == "" and new.id != old.id for new, old in zip(now, before, strict=True))


def type_password(app: AppTest, current: str, new: str, again: str) -> AppTest:
    for field, value in zip(find_fields(app, *PASSWORDS), (current, new, again), strict=True):
        field.input(value)
    return press(app, "Change the password")


def test_everybody_comes_to_their_account_by_their_name(sato: User, open_room: OpenRoom) -> None:
    room = open_room(sato).button("to_own_account").click().run()
    assert "Dr. Sato" in read_page(room)
    assert "Sign out everywhere" in read_page(room)


def test_the_password_is_changed_by_who_knows_it_and_types_the_new_one_twice(
    application: Application, sato: User, open_room: OpenRoom
) -> None:
    room = open_room(sato, room="account")
    new = "another long password"
    assert "not your present password" in message(type_password(room, "a guess", new, new))
    assert "typed in two ways" in message(type_password(room, PASSWORD, new, new + "x"))
    assert "too short" in message(type_password(room, PASSWORD, "short", "short"))
    before = find_fields(room, *PASSWORDS)
    assert "counts from now on" in message(type_password(room, PASSWORD, new, new))
    assert are_emptied(room, before, *PASSWORDS)
    with application.work() as work:
        found = work.people.find_credentials("sato")
    assert found is not None
    assert verify_password(new, found.password_hash)


def test_a_key_is_kept_known_by_its_ending_and_removed(
    application: Application, sato: User, open_room: OpenRoom
) -> None:
    room = open_room(sato, room="account")
    room.text_input("own_key").input(KEY)
    room.text_input("own_email").input("sato@example.org")
    before = find_fields(room, "own_key")
    assert "ends in 5a5a is kept" in message(press(room, "Save key"))
    assert are_emptied(room, before, "own_key")
    with application.work() as work:
        kept = find_own_key(work, sato, application.secret)
    assert kept is not None
    assert kept.api_key == KEY
    again = open_room(sato, room="account")
    assert "ends in 5a5a" in read_page(again)
    assert KEY not in str(again.main), "not even in a field"
    assert KEY not in repr(room.session_state)
    assert "is removed" in message(again.button("remove_key").click().run())
    with application.work() as work:
        assert find_own_key(work, sato, application.secret) is None


def test_what_is_no_key_is_told_and_forgotten(sato: User, open_room: OpenRoom) -> None:
    room = open_room(sato, room="account")
    for _ in range(2):
        before = find_fields(room, "own_key")
        before[0].input("not a key")
        refused = press(room, "Save key")
        assert "This is no API key" in message(refused)
        assert "not a key" not in read_page(refused)
        assert are_emptied(refused, before, "own_key")


def test_a_key_that_no_longer_opens_can_be_given_again_or_removed(
    application: Application, sato: User, open_room: OpenRoom
) -> None:
    room = open_room(sato, room="account", lang="ja")
    room.text_input("own_key").input(KEY)
    press(room, "キーを登録")
    (application.settings.home / "session_secret").write_text(
        "another secret of this installation", encoding="ascii"
    )
    from reviewer.bootstrap import open_shared_application

    open_shared_application.cache_clear()
    room = open_room(sato, room="account", lang="ja")
    assert "もう一度登録" in room.error[0].value
    room.text_input("own_key").input(KEY)
    press(room, "キーを差し替える")
    assert "5a5a" in read_page(open_room(sato, room="account", lang="ja"))


def test_another_sign_in_is_listed_and_ended_here(
    application: Application, sato: User, open_room: OpenRoom
) -> None:
    with application.work() as work:
        open_sign_in(work, sato, application.secret, application.now())
    room = open_room(sato, room="account")
    assert "this browser" in read_page(room)
    assert "The sign-in is ended" in message(press(room, "End"))
    assert not [button for button in room.button if button.label == "End"]


def test_a_person_agrees_to_be_named_in_articles_and_takes_it_back(
    application: Application, sato: User, open_room: OpenRoom
) -> None:
    def may_be_named() -> bool:
        with application.work() as work:
            return work.people.get_user(sato.name).may_be_named

    room = open_room(sato, room="account")
    assert not may_be_named()
    room = press(room, "Agree to be named")
    assert may_be_named()
    press(room, "Be named no more")
    assert not may_be_named()
