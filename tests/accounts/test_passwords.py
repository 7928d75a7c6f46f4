"""Passwords that others think of are refused, and one that another chose opens nothing but its change."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import RuleRefused
from claims.records.people import Role, User
from reviewer.accounts.guessable import list_own_words, require_unguessable
from reviewer.accounts.managing import add_user, change_password
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.signing_in import change_own_password, find_signed_in, find_unsettled, sign_in
from tests.conftest import OpenWork
from tests.examples import at_most
from tests.factories import make_moment

SECRET, NOON = "secret of the test", make_moment()
FIRST, OWN = "three owls read slowly", "seven carps swim upstream"
COMMON = (
    "123456789012",
    "password1234",
    "P@ssw0rd2026",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "abcdefghijkl",
    "qwertyuiop12",
    "zxcvbnm,./123",
    "1qaz2wsx3edc",
    " " * 12,
    "konkyokonkyo",
    "konkyo-2026!",
    "根拠根拠根拠根拠根拠根拠",
)


@pytest.mark.parametrize("password", COMMON)
def test_what_many_people_choose_is_refused_also_in_capitals_and_full_width(password: str) -> None:
    full_width = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in password)
    for written in (password, password.upper(), full_width):
        with pytest.raises(RuleRefused, match="password_guessable"):
            require_unguessable(written)


@pytest.mark.parametrize(
    "password",
    ["sato-hanako-sato", "Dr. Hanako Sato", "佐藤花子佐藤花子佐藤花子", "greenhill.2026", "dermatologist26"],
)
def test_the_own_name_address_and_house_are_no_password(open_work: OpenWork, password: str) -> None:
    with open_work() as work:
        sato = (Role.REVIEWER,), NOON, "Dr. Hanako Sato 佐藤花子", "Dermatologist"
        with pytest.raises(RuleRefused, match="password_guessable"):
            add_user(work, OPERATOR, "sato", password, *sato, "hanako@greenhill.example")


def test_a_colleagues_address_names_the_house(open_work: OpenWork) -> None:
    with open_work() as work:
        add_user(work, OPERATOR, "mori", FIRST, (Role.ADMIN,), NOON, email="mori@greenhill.example")
        assert "greenhill" in list_own_words(work, User(0, "sato", "Sato", (Role.AUTHOR,)))


@settings(max_examples=at_most(20))
@given(st.text(st.characters(codec="utf-8"), min_size=12, max_size=400))
def test_whatever_is_typed_is_judged_alike_however_its_signs_are_written(password: str) -> None:
    assert is_refused(password) == is_refused(normalize("NFKC", password))


def is_refused(password: str) -> bool:
    try:
        require_unguessable(password, ["sato"])
    except RuleRefused:
        return True
    return False


def enter(open_work: OpenWork, password: str) -> str:
    with open_work() as work:
        return sign_in(work, "sato", password, "192.0.2.1", SECRET, NOON)


def test_a_password_that_another_chose_opens_nothing_but_its_change(open_work: OpenWork) -> None:
    with open_work() as work:
        sato = add_user(work, OPERATOR, "sato", FIRST, (Role.REVIEWER,), NOON)
    for first in (FIRST, "nine cranes fly by night"):
        token = enter(open_work, first)
        with open_work() as work:
            assert find_signed_in(work, token, SECRET, NOON) is None
            assert find_unsettled(work, token, SECRET, NOON) == sato
            with pytest.raises(RuleRefused, match="password_same"):
                change_own_password(work, sato, first, first, token, SECRET, NOON)
        with open_work() as work:
            change_own_password(work, sato, first, OWN, token, SECRET, NOON)
        for known in (token, enter(open_work, OWN)):
            with open_work() as work:
                assert find_signed_in(work, known, SECRET, NOON) == sato
                assert find_unsettled(work, known, SECRET, NOON) is None
        with open_work() as work:
            change_password(work, OPERATOR, "sato", "nine cranes fly by night", NOON)


def test_who_chose_their_own_password_on_the_command_line_keeps_it(open_work: OpenWork) -> None:
    own = User(0, "cli:sato", "cli:sato", (Role.ADMIN,))
    with open_work() as work:
        sato = add_user(work, own, "sato", FIRST, (Role.ADMIN,), NOON)
    token = enter(open_work, FIRST)
    with open_work() as work:
        assert find_signed_in(work, token, SECRET, NOON) == sato
