"""Sealed keys, one a person, on both databases."""

from __future__ import annotations

from collections.abc import Callable

from claims.records.people import Role, SealedKey, User
from db.unit_of_work import UnitOfWork
from tests.factories import make_audit_entry, make_moment

Begin = Callable[[], UnitOfWork]


def add_person(begin: Begin, name: str) -> User:
    with begin() as work:
        user = work.people.add_user(name, name, (Role.REVIEWER,), "")
        work.commit(make_audit_entry())
    return user


def test_the_latest_key_of_each_person_is_kept_until_it_is_removed(begin: Begin) -> None:
    sato, suzuki = add_person(begin, "sato"), add_person(begin, "suzuki")
    first = SealedKey("sealed 1", "", make_moment())
    second = SealedKey("sealed 2", "sato@example.org", make_moment(1))
    with begin() as work:
        work.ncbi_keys.keep(sato, first)
        assert work.ncbi_keys.find(sato) == first
        work.ncbi_keys.keep(sato, second)
        work.ncbi_keys.keep(suzuki, first)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.ncbi_keys.find(sato) == second
        assert work.ncbi_keys.remove(sato)
        assert not work.ncbi_keys.remove(sato)
        work.commit(make_audit_entry())
    with begin() as work:
        assert (work.ncbi_keys.find(sato), work.ncbi_keys.find(suzuki)) == (None, first)


def test_every_sign_in_but_one_ends_and_the_others_are_counted(begin: Begin) -> None:
    sato, suzuki = add_person(begin, "sato"), add_person(begin, "suzuki")
    with begin() as work:
        for user, token in ((sato, "a"), (sato, "b"), (sato, "c"), (suzuki, "d")):
            work.people.open_sign_in(user, token, make_moment(), make_moment(10))
        assert work.people.end_all_sign_ins(sato, but="b") == 2
        standing = [work.people.find_signed_in(token, make_moment(1)) for token in "abcd"]
        assert standing == [None, sato, None, suzuki]
        assert work.people.end_all_sign_ins(sato) == 1
