"""Who comes in: the right password, a token of ours, an account that is open."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from itsdangerous import URLSafeSerializer
from itsdangerous.encoding import base64_decode

from claims.errors import NotFound, RoleRefused, RuleRefused, SignInRefused, VersionConflict
from claims.records.audit import AuditAction
from claims.records.people import Role, User
from reviewer.accounts.guessing import TRIES_OF_BOTH
from reviewer.accounts.managing import add_user, change_password, change_roles, end_sign_ins
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.passwords import hash_password, verify_password
from reviewer.accounts.signing_in import (
    change_own_password,
    end_own_sign_in,
    find_signed_in,
    list_own_sign_ins,
    note_use,
    sign_in,
    sign_out,
)
from reviewer.accounts.tokens import hash_token, make_token
from reviewer.settings import IDLE_LASTS, SIGN_IN_LASTS
from tests.conftest import OpenWork
from tests.factories import make_moment

SECRET, PASSWORD = "secret of the test", "a long password"
NOON = make_moment()
_WHOLE = SIGN_IN_LASTS // timedelta(minutes=1)


@pytest.fixture
def sato(open_work: OpenWork) -> User:
    with open_work() as work:
        return add_user(
            work, OPERATOR, "Sato", PASSWORD, (Role.REVIEWER,), NOON, "Dr. Sato", keeps_password=True
        )


def enter(open_work: OpenWork, password: str = PASSWORD, minutes: int = 0, name: str = "sato") -> str:
    with open_work() as work:
        return sign_in(work, name, password, "192.0.2.1", SECRET, make_moment(minutes))


def who(open_work: OpenWork, token: str, minutes: int = 0, secret: str = SECRET) -> User | None:
    with open_work() as work:
        return find_signed_in(work, token, secret, make_moment(minutes))


def test_the_token_of_a_sign_in_stands_for_the_person(open_work: OpenWork, sato: User) -> None:
    assert who(open_work, enter(open_work)) == sato
    assert who(open_work, enter(open_work, name=" SATO ")) == sato, "names are the same in capitals"


def test_a_token_stands_for_nobody_once_it_is_forged_or_has_expired(open_work: OpenWork, sato: User) -> None:
    token = enter(open_work)
    assert who(open_work, ("A" if token[0] != "A" else "B") + token[1:]) is None
    assert who(open_work, token, secret="another installation's") is None
    assert who(open_work, "") is None
    for minutes in range(0, _WHOLE, 50):
        assert use(open_work, token, minutes) == sato
    assert who(open_work, token, minutes=_WHOLE - 1) == sato
    assert who(open_work, token, minutes=_WHOLE) is None, "however much it was used"


@pytest.mark.parametrize("idle", [IDLE_LASTS, timedelta(minutes=5), timedelta(hours=13)])
def test_a_sign_in_that_nobody_uses_ends_and_one_that_is_used_goes_on(
    open_work: OpenWork, sato: User, idle: timedelta
) -> None:
    minutes = min(idle, SIGN_IN_LASTS) // timedelta(minutes=1)
    with open_work() as work:
        token = sign_in(work, "sato", PASSWORD, "192.0.2.1", SECRET, NOON, idle=idle)
    assert who(open_work, token, minutes - 1) == sato
    assert who(open_work, token, minutes) is None
    assert use(open_work, token, minutes, idle) is None, "what has ended does not come back"
    assert who(open_work, token, minutes - 1) == sato
    assert use(open_work, token, minutes - 1, idle) == sato
    assert (who(open_work, token, minutes) == sato) == (idle < SIGN_IN_LASTS)


def test_a_use_is_kept_once_a_minute(open_work: OpenWork, sato: User) -> None:
    token = enter(open_work)
    with open_work() as work:
        kept = [
            note_use(work, token, SECRET, make_moment() + timedelta(seconds=at))
            for at in (0, 59, 60, 61, 120)
        ]
    assert kept == [False, False, True, False, True]
    with open_work() as work:
        assert not note_use(work, "forged.token", SECRET, NOON)


def use(open_work: OpenWork, token: str, minutes: int, idle: timedelta = IDLE_LASTS) -> User | None:
    """Who the token stands for at a moment at which it is used."""
    with open_work() as work:
        note_use(work, token, SECRET, make_moment(minutes), idle)
        work.commit_passing()
    return who(open_work, token, minutes)


def test_a_token_is_random_and_signed_with_sha_256() -> None:
    first, second = make_token("secret"), make_token("secret")
    value, _, signature = first.rpartition(".")
    assert len(base64_decode(value)) >= 32
    assert len(base64_decode(signature)) == hashlib.sha256().digest_size
    assert first != second
    assert hash_token("secret", URLSafeSerializer("secret", salt="konkyo.session").dumps("x")) is None


@pytest.mark.parametrize("name", ["sato", "nobody", "", "x" * 1000])
def test_a_wrong_password_and_an_unknown_name_are_refused_alike(
    open_work: OpenWork, sato: User, name: str
) -> None:
    with pytest.raises(SignInRefused) as refused:
        enter(open_work, "wrong", name=name)
    assert refused.value.code == "sign_in_wrong"


def test_a_right_password_forgives_the_failures_before_it(open_work: OpenWork, sato: User) -> None:
    for _ in range(2):
        for _ in range(TRIES_OF_BOTH - 1):
            with pytest.raises(SignInRefused):
                enter(open_work, "wrong")
        assert who(open_work, enter(open_work)) == sato


def test_signing_out_ends_one_sign_in_and_everywhere_ends_all(open_work: OpenWork, sato: User) -> None:
    here, there, phone = (enter(open_work) for _ in range(3))
    with open_work() as work:
        sign_out(work, here, SECRET, NOON)
    assert [who(open_work, token) for token in (here, there, phone)] == [None, sato, sato]
    with open_work() as work:
        sign_out(work, there, SECRET, NOON, everywhere=True)
    assert [who(open_work, token) for token in (here, there, phone)] == [None, None, None]


def test_own_sign_ins_are_seen_and_ended_one_by_one_and_nobody_elses(open_work: OpenWork, sato: User) -> None:
    here, there = enter(open_work), enter(open_work, minutes=1)
    with open_work() as work:
        mori = add_user(work, OPERATOR, "mori", PASSWORD, (Role.ADMIN,), NOON)
        seen = list_own_sign_ins(work, sato, here, SECRET, make_moment(2))
    assert [(one.opened_at, one.is_here) for one in seen] == [(make_moment(1), False), (NOON, True)]
    with open_work() as work, pytest.raises(NotFound, match="sign_in_not_found"):
        end_own_sign_in(work, mori, seen[0].id, make_moment(2))
    with open_work() as work:
        end_own_sign_in(work, sato, seen[0].id, make_moment(2))
    assert [who(open_work, token) for token in (here, there)] == [sato, None]
    with open_work() as work, pytest.raises(NotFound, match="sign_in_not_found"):
        end_own_sign_in(work, sato, seen[0].id, make_moment(2))


def test_an_administrator_ends_anothers_sign_ins_and_nobody_else_does(
    open_work: OpenWork, sato: User
) -> None:
    tokens = [enter(open_work) for _ in range(2)]
    with open_work() as work, pytest.raises(RoleRefused):
        end_sign_ins(work, sato, "sato", NOON)
    assert [who(open_work, token) for token in tokens] == [sato, sato]
    with open_work() as work:
        assert end_sign_ins(work, OPERATOR, "sato", NOON) == 2
        last = work.audit.list_entries()[0]
    assert (last.action, last.actor) == (AuditAction.SIGN_IN_ENDED, OPERATOR.name)
    assert [who(open_work, token) for token in tokens] == [None, None]


def test_a_closed_account_is_signed_out_and_cannot_come_in_again(open_work: OpenWork, sato: User) -> None:
    token = enter(open_work)
    with open_work() as work:
        change_roles(work, OPERATOR, "sato", (Role.REVIEWER,), False, NOON)
    assert who(open_work, token) is None
    with pytest.raises(SignInRefused):
        enter(open_work)


def test_a_new_password_ends_the_sign_ins_made_with_the_old(open_work: OpenWork, sato: User) -> None:
    token = enter(open_work)
    with open_work() as work:
        change_password(work, OPERATOR, "sato", "another long password", NOON)
    assert who(open_work, token) is None
    with pytest.raises(SignInRefused):
        enter(open_work)


def test_only_an_administrator_manages_the_accounts_of_others(open_work: OpenWork, sato: User) -> None:
    with open_work() as work, pytest.raises(RoleRefused):
        add_user(work, sato, "suzuki", PASSWORD, (Role.REVIEWER,), NOON)
    with open_work() as work, pytest.raises(RoleRefused):
        change_roles(work, sato, "sato", (Role.ADMIN,), True, NOON)
    for name in ("somebody-else", "sato"):
        with open_work() as work, pytest.raises(RoleRefused):
            change_password(work, sato, name, PASSWORD, NOON)


def change_own(open_work: OpenWork, sato: User, current: str, new: str, token: str) -> int:
    with open_work() as work:
        return change_own_password(work, sato, current, new, token, SECRET, NOON)


def test_the_own_password_is_changed_by_who_knows_it_and_other_sign_ins_end(
    open_work: OpenWork, sato: User
) -> None:
    here, there, phone = (enter(open_work) for _ in range(3))
    assert change_own(open_work, sato, PASSWORD, "another long password", here) == 2
    assert [who(open_work, token) for token in (here, there, phone)] == [sato, None, None]
    with pytest.raises(SignInRefused):
        enter(open_work)
    assert who(open_work, enter(open_work, "another long password")) == sato


def test_without_the_present_password_or_with_a_short_new_one_nothing_changes(
    open_work: OpenWork, sato: User
) -> None:
    here, there = enter(open_work), enter(open_work)
    with pytest.raises(SignInRefused, match="own_password_wrong"):
        change_own(open_work, sato, "a guess", "another long password", here)
    with pytest.raises(RuleRefused, match="password_short"):
        change_own(open_work, sato, PASSWORD, "short", here)
    assert [who(open_work, token) for token in (here, there)] == [sato, sato]
    assert who(open_work, enter(open_work)) == sato


def test_guessing_the_own_password_locks_the_account_as_signing_in_does(
    open_work: OpenWork, sato: User
) -> None:
    token = enter(open_work)
    for _ in range(TRIES_OF_BOTH):
        with pytest.raises(SignInRefused):
            change_own(open_work, sato, "a guess", "another long password", token)
    with pytest.raises(SignInRefused, match="sign_in_locked"):
        change_own(open_work, sato, PASSWORD, "another long password", token)


def test_the_last_administrator_stays_one(open_work: OpenWork) -> None:
    with open_work() as work:
        admin = add_user(work, OPERATOR, "mori", PASSWORD, (Role.ADMIN,), NOON, keeps_password=True)
    for roles, active in (((Role.EDITOR,), True), ((Role.ADMIN,), False)):
        with open_work() as work, pytest.raises(RuleRefused) as refused:
            change_roles(work, admin, "mori", roles, active, NOON)
        assert refused.value.code == "last_administrator"


@pytest.mark.parametrize("name", ["", "a", "山田", "two words", "-dash", "x" * 65, "<b>", "cli:sato"])
def test_a_name_that_is_no_name_is_refused(open_work: OpenWork, name: str) -> None:
    with open_work() as work, pytest.raises(RuleRefused) as refused:
        add_user(work, OPERATOR, name, PASSWORD, (Role.AUTHOR,), NOON)
    assert refused.value.code == "name_unusable"


def test_a_name_belongs_to_one_person_for_good(open_work: OpenWork, sato: User) -> None:
    with open_work() as work:
        change_roles(work, OPERATOR, "sato", (Role.REVIEWER,), False, NOON)
    with open_work() as work, pytest.raises(VersionConflict):
        add_user(work, OPERATOR, "SATO", PASSWORD, (Role.REVIEWER,), NOON, keeps_password=True)


def test_every_try_stands_in_the_trail_without_any_password(open_work: OpenWork, sato: User) -> None:
    with pytest.raises(SignInRefused):
        enter(open_work, "wrong but secret")
    enter(open_work)
    with open_work() as work:
        entries = work.audit.list_entries()
    actions = [entry.action for entry in entries]
    assert actions[:3] == [
        AuditAction.SIGN_IN_OPENED,
        AuditAction.SIGN_IN_REFUSED,
        AuditAction.ACCOUNT_CREATED,
    ]
    assert "secret" not in str(entries)
    assert PASSWORD not in str(entries)


def test_a_password_is_kept_as_a_salted_hash_and_a_short_one_is_refused() -> None:
    one, other = hash_password(PASSWORD), hash_password(PASSWORD)
    assert one != other
    assert PASSWORD not in one
    assert verify_password(PASSWORD, one)
    assert not verify_password(PASSWORD, None)
    assert not verify_password(PASSWORD, "no hash at all")
    with pytest.raises(RuleRefused):
        hash_password("short")


def test_a_hash_of_weaker_parameters_is_made_anew_as_its_owner_comes_in(
    open_work: OpenWork, sato: User
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    with open_work() as work:
        work.people.change_password("sato", weak, given=True)
        work.commit_passing()
    with pytest.raises(SignInRefused):
        enter(open_work, "another password")
    assert find_hash(open_work) == weak
    enter(open_work)
    renewed = find_hash(open_work)
    assert renewed != weak
    assert verify_password(PASSWORD, renewed)
    enter(open_work)
    assert find_hash(open_work) == renewed, "once"
    with open_work() as work:
        found = work.people.find_credentials("sato")
    assert found is not None
    assert found.given, "it is still for its owner to choose another"


def find_hash(open_work: OpenWork) -> str:
    with open_work() as work:
        found = work.people.find_credentials("sato")
    assert found is not None
    return found.password_hash


def test_ended_sign_ins_do_not_pile_up(open_work: OpenWork, sato: User) -> None:
    after = int((SIGN_IN_LASTS + timedelta(minutes=1)).total_seconds() // 60)
    for minutes in (0, 0, after):
        enter(open_work, minutes=minutes)
    with open_work() as work:
        assert work.people.end_all_sign_ins(sato) == 1
