"""Guessing of passwords is bounded by name and by address, whether or not there is such a name."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select, update

from claims.errors import SignInRefused
from claims.records.audit import AuditAction
from claims.records.people import Role
from db.models import TryRow
from db.unit_of_work import UnitOfWork
from reviewer.accounts import guessing, signing_in
from reviewer.accounts.guessing import (
    TRIES_OF_A_NAME,
    TRIES_OF_AN_ADDRESS,
    TRIES_OF_BOTH,
    WINDOW,
    count_try,
    name_network,
    place_guess,
)
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.signing_in import change_own_password, sign_in
from tests.factories import make_moment

Begin = Callable[[], UnitOfWork]
SECRET, NOON = "secret of the test", make_moment()
HOME, AWAY = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were looked at; how they are hashed is told elsewhere."""
    looks: list[str] = []

    def look(password: str, password_hash: str | None) -> bool:
        looks.append(password)
        return password == "right" and password_hash is not None

    monkeypatch.setattr(signing_in, "verify_password", look)
    return looks


@pytest.fixture
def house(begin: Begin) -> Begin:
    with begin() as work:
        for name in ("sato", "mori"):
            add_user(work, OPERATOR, name, "a long password", (Role.REVIEWER,), NOON, keeps_password=True)
    return begin


def try_in(house: Begin, name: str = "sato", password: str = "wrong", address: str = HOME) -> str:
    """What became of the try: its refusal's code, or that somebody came in."""
    with house() as work:
        try:
            sign_in(work, name, password, address, SECRET, NOON)
        except SignInRefused as refused:
            return refused.code
    return "in"


def change(house: Begin, **values: float) -> None:
    with house() as work:
        work._session.execute(update(TryRow).values(**values))
        work.commit_passing()


@pytest.mark.parametrize("name", ["sato", "nobody"])
def test_of_many_guesses_at_once_exactly_as_many_are_looked_at_as_are_allowed(
    house: Begin, looked_at: list[str], name: str
) -> None:
    together = Barrier(24)

    def guess(number: int) -> str:
        together.wait()
        return try_in(house, name, f"guess {number}")

    with ThreadPoolExecutor(24) as pool:
        told = sorted(pool.map(guess, range(24)))
    assert len(looked_at) == TRIES_OF_BOTH
    assert told == ["sign_in_locked"] * (24 - TRIES_OF_BOTH) + ["sign_in_wrong"] * TRIES_OF_BOTH


def test_names_that_there_are_and_names_that_are_none_are_refused_alike(house: Begin) -> None:
    told = {name: [try_in(house, name) for _ in range(TRIES_OF_BOTH + 2)] for name in ("sato", "nobody")}
    assert told["sato"] == told["nobody"] == ["sign_in_wrong"] * TRIES_OF_BOTH + ["sign_in_locked"] * 2


def test_too_many_wrong_passwords_refuse_the_right_one_until_the_window_is_over(house: Begin) -> None:
    for _ in range(TRIES_OF_BOTH):
        try_in(house)
    assert try_in(house, password="right") == "sign_in_locked"
    change(house, counts_until=0.0, void_at=0.0)
    assert try_in(house, password="right") == "in"


def test_a_right_password_forgives_the_wrong_ones_before_it(house: Begin) -> None:
    for _ in range(3):
        assert [try_in(house) for _ in range(TRIES_OF_BOTH - 1)] == ["sign_in_wrong"] * (TRIES_OF_BOTH - 1)
        assert try_in(house, password="right") == "in"


def test_strangers_elsewhere_do_not_lock_out_who_came_in_from_here_before(house: Begin) -> None:
    assert try_in(house, password="right") == "in"
    codes = [try_in(house, address=f"203.0.113.{number}") for number in range(TRIES_OF_A_NAME + 1)]
    assert codes == ["sign_in_wrong"] * TRIES_OF_A_NAME + ["sign_in_locked"], "many addresses, one name"
    assert try_in(house, password="right", address=AWAY) == "sign_in_locked"
    assert try_in(house, password="right", address=HOME) == "in"


def test_one_address_does_not_try_a_password_on_every_name(house: Begin) -> None:
    codes = [try_in(house, f"name{number}", address=AWAY) for number in range(TRIES_OF_AN_ADDRESS + 1)]
    assert codes == ["sign_in_wrong"] * TRIES_OF_AN_ADDRESS + ["sign_in_locked"]
    assert try_in(house, password="right", address=AWAY) == "sign_in_locked"
    assert try_in(house, password="right", address=HOME) == "in"


def test_who_hammers_at_one_name_keeps_no_colleague_of_the_same_address_out(house: Begin) -> None:
    for _ in range(TRIES_OF_AN_ADDRESS + TRIES_OF_BOTH):
        try_in(house)
    assert try_in(house, "mori", "right") == "in"


def test_a_client_of_ipv6_is_the_network_that_one_customer_has(house: Begin) -> None:
    for host in range(TRIES_OF_BOTH):
        try_in(house, address=f"2001:db8:1:2::{host + 1}")
    assert try_in(house, password="right", address="2001:db8:1:2:ffff::1") == "sign_in_locked"
    assert try_in(house, password="right", address="2001:db8:1:3::1") == "in"
    assert name_network("not an address") == "not an address"


def test_what_strangers_leave_is_bounded_and_goes(house: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "TRIES_OF_AN_ADDRESS", 3)
    for number in range(10):
        try_in(house, f"name{number}")
    with house() as work:
        kept = work._session.scalar(select(func.count()).select_from(TryRow))
        refused = [
            entry for entry in work.audit.list_entries() if entry.action is AuditAction.SIGN_IN_REFUSED
        ]
    # Of four names that were counted: both, and the names that were looked at; and the address.
    assert (kept, len(refused)) == (4 + 3 + 1, 4)
    change(house, void_at=0.0)
    try_in(house, "sato")
    with house() as work:
        assert work._session.scalar(select(func.count()).select_from(TryRow)) == 3


def test_the_table_tells_neither_names_nor_addresses(house: Begin) -> None:
    try_in(house)
    with house() as work:
        buckets = work._session.scalars(select(TryRow.bucket)).all()
    guess = place_guess("sato", HOME, "another secret")
    assert {len(bucket) for bucket in buckets} == {64}
    assert not {guess.both, guess.name, guess.address} & set(buckets)


def test_a_clock_that_was_set_back_locks_nobody_out(house: Begin) -> None:
    for _ in range(TRIES_OF_BOTH):
        try_in(house)
    with house() as work:
        far = work._session.scalar(select(func.max(TryRow.counts_until))) or 0.0
    change(house, counts_until=far + 10 * WINDOW.total_seconds())
    assert try_in(house, password="right") == "in"


def test_guesses_of_strangers_do_not_count_for_who_is_signed_in(house: Begin, looked_at: list[str]) -> None:
    for _ in range(TRIES_OF_BOTH + 1):
        try_in(house)
    with house() as work:
        sato = work.people.get_user("sato")
    codes = []
    for password in ["right", *["wrong"] * (TRIES_OF_BOTH + 1)]:
        with house() as work:
            try:
                change_own_password(work, sato, password, "another long password", "", SECRET, NOON)
                codes.append("changed")
            except SignInRefused as refused:
                codes.append(refused.code)
    assert codes == ["changed", *["own_password_wrong"] * TRIES_OF_BOTH, "sign_in_locked"]


def test_tries_of_several_who_name_one_another_do_not_wait_for_each_other(house: Begin) -> None:
    together = Barrier(8)

    def hammer(number: int) -> int:
        together.wait()
        allowed = 0
        for step in range(6):
            guess = place_guess(f"name{(number + step) % 3}", f"192.0.2.{(number * step) % 3}", SECRET)
            with house() as work:
                allowed += count_try(work, guess).allowed
        return allowed

    with ThreadPoolExecutor(8) as pool:
        allowed = sum(pool.map(hammer, range(8)))
    assert 0 < allowed <= 9 * TRIES_OF_BOTH
    with house() as work:
        work._session.execute(delete(TryRow))
